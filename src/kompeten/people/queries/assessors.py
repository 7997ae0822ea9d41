"""Who is licensed to examine, and until when?"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kompeten.people.models import Assessor
from kompeten.people.terms import LicenceRow


def assessors(*, on: date) -> list[int]:
    """Return the keys of persons whose assessor's licence holds on the day `on`."""
    rows = Assessor.objects.filter(licensed_until__gte=on)
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


def is_licensed(person_id: int, *, on: date) -> bool:
    """Say whether the person's assessor's licence holds on the day `on`. One query."""
    return Assessor.objects.filter(person_id=person_id, licensed_until__gte=on).exists()


def registrations(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the registration numbers (MET) of those who ever had one, by person. One query per 500."""
    keys = sorted(set(person_ids))
    found: dict[int, str] = {}
    for start in range(0, len(keys), 500):
        rows = Assessor.objects.filter(person_id__in=keys[start : start + 500])
        found |= dict(rows.values_list("person_id", "registration_number"))
    return found


def licences(*, text: str = "") -> QuerySet[Assessor]:
    """Return the licences of assessors whose name or number holds `text`, the first to end first."""
    found = Assessor.objects.order_by("licensed_until", "id")
    if text:
        found = found.filter(
            Q(person__name__icontains=text) | Q(registration_number__icontains=text)
        )
    return found


def licence_rows(found: QuerySet[Assessor]) -> list[LicenceRow]:
    """Return licences as rows for a list. One query."""
    return [
        LicenceRow(
            a.person.ref,
            a.person.full_name,
            a.person.region_code,
            a.registration_number,
            a.licensed_until,
        )
        for a in found.select_related("person").defer("person__nik_sealed", "person__nik_index")
    ]
