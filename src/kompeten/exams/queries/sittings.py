"""Which sittings are there, and how do their candidates stand?"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Count, Exists, F, OuterRef, Q

from kompeten.exams.models import Entry, Remark, Sitting, SittingForm, Standing
from kompeten.exams.queries.entries import WATCHES
from kompeten.exams.queries.records import milliseconds
from kompeten.exams.rules import clock
from kompeten.exams.terms import IN_DOUBT, BoardRow, EntryState, RemarkState, SittingRow
from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window


def sittings(actor: Actor) -> list[SittingRow]:
    """Return all sittings, the next first, with their entries counted by state. Two queries."""
    if not actor.may(WATCHES):
        return []
    rows = list(Sitting.objects.select_related("site").order_by("-opens_at", "-id"))
    counted = _counts(row.pk for row in rows)
    return [_row(row, counted.get(row.pk, {})) for row in rows]


def sitting(ref: str, actor: Actor) -> Sitting | None:
    """Return a sitting as a record to act on, for those who plan or watch. One query."""
    if not actor.may(WATCHES):
        return None
    return Sitting.objects.filter(ref=ref).select_related("site").first()


def version_ids(sitting: Sitting) -> list[int]:
    """Return the scheme versions whose candidates may sit here, by key. One query."""
    return sorted(sitting.schemes.values_list("scheme_version_id", flat=True))


def used_forms() -> frozenset[str]:
    """Return the references of the forms that some sitting has, so that they may have been seen. One query."""
    first = Sitting.objects.values_list("form__ref", flat=True)
    return frozenset(first.union(SittingForm.objects.values_list("form__ref", flat=True)))


def form_digests(sitting: Sitting) -> tuple[str, ...]:
    """Return what pins the forms of a sitting, its first one first. One query."""
    further = sitting.further_forms.order_by("id").values_list("form_digest", flat=True)
    return (sitting.form_digest, *further)


def counts(sitting: Sitting) -> dict[str, int]:
    """Return how many entries stand in each state. One query."""
    return _counts([sitting.pk]).get(sitting.pk, {})


def persons_in(sitting: Sitting) -> list[int]:
    """Return the keys of everybody who has an entry in a sitting. One query."""
    return list(sitting.entries.values_list("person_id", flat=True))


def board(sitting: Sitting) -> list[BoardRow]:
    """Return every entry of a sitting by the candidate's name, with what its device told. One query.

    As of the last drain; a page that must know drains first (`actions.drain_all`).
    """
    doubts = Remark.objects.filter(entry_id=OuterRef("pk"), code=IN_DOUBT, state=RemarkState.OPEN)
    rows = sitting.entries.select_related("person", "standing")
    return [
        BoardRow(
            ref=row.ref,
            person_id=row.person_id,
            person_ref=row.person.ref,
            name=row.person.name,
            state=row.state,
            started_at=row.started_at,
            ends_at=_ends_at(sitting, row),
            handed_in_at=row.handed_in_at,
            saved_at=_contact(row),
            batches=row.standing.segments if hasattr(row, "standing") else 0,
            extra_minutes=row.extra_minutes,
            breaks=row.breaks,
            silent_since=_silent_since(row),
            waits_until=row.settles_at if row.state == EntryState.HANDED_IN else None,
            troubles=_troubles(row.standing) if hasattr(row, "standing") else (),
            left_page=row.standing.hidden if hasattr(row, "standing") else 0,
            checked_in_at=row.checked_in_at,
            application_ref=row.application_ref,
            in_doubt=row.in_doubt,
        )
        for row in rows.annotate(
            application_ref=F("application__ref"), in_doubt=Exists(doubts)
        ).order_by("person__name", "id")
    ]


def affected(
    *,
    sitting: Sitting | None = None,
    site_id: int | None = None,
    silent_since: datetime | None = None,
) -> list[Entry]:
    """Return who is at work in a sitting, or at a site, and has not been heard of since. One query.

    For one outage noted at once (`actions.interrupt_many`). Nobody if neither is named.
    """
    if sitting is None and site_id is None:
        return []
    working = Entry.objects.filter(state=EntryState.STARTED)
    if sitting is not None:
        working = working.filter(sitting=sitting)
    if site_id is not None:
        working = working.filter(sitting__site_id=site_id)
    if silent_since is not None:
        unheard = Q(standing=None) | Q(standing__contact__lt=milliseconds(silent_since))
        working = working.filter(unheard)
    return list(working.select_related("sitting").order_by("id"))


def _contact(row: Entry) -> datetime | None:
    if not hasattr(row, "standing") or not row.standing.contact:
        return None
    return datetime.fromtimestamp(row.standing.contact / 1_000, tz=UTC)


def _silent_since(row: Entry) -> datetime | None:
    """Return since when nothing has come from somebody who is at work."""
    if row.state != EntryState.STARTED:
        return None
    return max(filter(None, (_contact(row), row.started_at)), default=None)


def _troubles(standing: Standing) -> tuple[str, ...]:
    """Return codes of `labels.TROUBLE` for what the device noted and what joining found."""
    noted = (
        ("clock", standing.clock),
        ("still", standing.still),
        ("store", standing.store),
        ("conflict", standing.conflicts),
        ("late", standing.late),
        ("gap", standing.gaps),
    )
    return tuple(code for code, count in noted if count)


def _ends_at(sitting: Sitting, entry: Entry) -> datetime | None:
    if entry.started_at is None:
        return None
    return clock.ends_at(
        Window(sitting.opens_at, sitting.closes_at),
        minutes=sitting.minutes,
        started_at=entry.started_at,
        extra_minutes=entry.extra_minutes,
    )


def _counts(sitting_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    rows = Entry.objects.filter(sitting_id__in=list(sitting_ids)).order_by("sitting_id", "state")
    found: dict[int, dict[str, int]] = {}
    for key, state, number in rows.values_list("sitting_id", "state").annotate(n=Count("id")):
        found.setdefault(key, {})[state] = number
    return found


def _row(sitting: Sitting, counted: dict[str, int]) -> SittingRow:
    return SittingRow(
        ref=sitting.ref,
        title=sitting.title,
        state=sitting.state,
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        zone=sitting.zone,
        minutes=sitting.minutes,
        site=sitting.site.name if sitting.site else "",
        capacity=sitting.capacity,
        seats=sum(counted.values()),
        counts=counted,
    )
