"""Who came, how was it seen that it is they, and which pictures may be compared?"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from kompeten.applications import queries as applications
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries.carrying import GOING
from kompeten.exams.rules import arrivals as rules
from kompeten.exams.terms import Arrival
from kompeten.foundation import files, ledger
from kompeten.foundation.models import Event


def arrival(entry: Entry) -> Arrival | None:
    """Return the check-in of a seat that stands, or None. One query."""
    told = [(event.type, event.at, event.facts) for event in ledger.history("entry", entry.pk)]
    return rules.standing(told)


def arrivals(sitting: Sitting) -> dict[str, Arrival]:
    """Return the check-ins of a sitting that stand, by the entry's reference. Two queries."""
    refs = dict(sitting.entries.values_list("pk", "ref"))
    events = Event.objects.filter(
        subject="entry", subject_id__in=sitting.entries.values("pk"), type__in=rules.TOLD
    )
    told: dict[str, list[tuple[str, Any, Mapping[str, Any]]]] = {}
    for key, type_, at, facts in events.order_by("id").values_list(
        "subject_id", "type", "at", "facts"
    ):
        told.setdefault(refs[key], []).append((type_, at, facts))
    found = ((ref, rules.standing(of_one)) for ref, of_one in told.items())
    return {ref: standing for ref, standing in found if standing is not None}


def next_to_come(sitting: Sitting, *, after: Entry | None = None) -> Entry | None:
    """Return who follows by name among those not noted as come, from the top again at the end.

    None where everybody is noted, or `after` is the only one left. Two queries at most.
    """
    missing = sitting.entries.filter(state__in=GOING, checked_in_at__isnull=True)
    by_name = missing.select_related("person").order_by("person__name", "id")
    if after is None:
        return by_name.first()
    others = by_name.exclude(pk=after.pk)
    name = after.person.name
    behind = Q(person__name__gt=name) | Q(person__name=name, pk__gt=after.pk)
    return others.filter(behind).first() or others.first()


def photo(entry: Entry) -> bytes | None:
    """Return the photo of the check-in that stands, a JPEG that this house drew; None if there is none."""
    return _read(entry.photo)


def has_portrait(entry: Entry) -> bool:
    """Say whether the candidate handed in a portrait with the application. One query."""
    return bool(_portrait(entry))


def portrait(entry: Entry) -> bytes | None:
    """Return the portrait of the application as it was handed in: to be drawn anew before it is shown."""
    return _read(_portrait(entry))


def _portrait(entry: Entry) -> str:
    return applications.photos([entry.application_id]).get(entry.application_id, "")


def _read(digest: str) -> bytes | None:
    try:
        return files.read(digest) if digest else None
    except FileNotFoundError:
        # Deleted a moment ago; what the page still shows of it is not there any more.
        return None
