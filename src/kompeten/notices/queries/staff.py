"""Which certificates does an office watch, and what is each worth today? What the public register shows."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import State
from kompeten.kernel.actors import Actor
from kompeten.notices.models import Watched
from kompeten.notices.queries.watching import offices
from kompeten.notices.terms import Group, StaffRow
from kompeten.register import queries as register

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

SOON = timedelta(days=183)


def staff(actor: Actor) -> "QuerySet[Certificate]":
    """Return what the actor's offices watch: certificates of those who came through them, and added ones."""
    mine = offices(actor)
    added = Watched.objects.filter(organization_id__in=mine).values("certificate_id")
    through = Q(application__organization_id__in=mine)
    return certificates.published().filter(through | Q(pk__in=added))


def sought(
    found: "QuerySet[Certificate]", *, text: str, group: Group, on: date
) -> "QuerySet[Certificate]":
    """Return those in `group` on the day `on` whose number or printed name holds `text`, the next to end first."""
    if text:
        found = found.filter(Q(number__icontains=text) | Q(content__holder__icontains=text))
    return found.filter(_groups(on)[group]).order_by("valid_until", "id")


def counts(found: "QuerySet[Certificate]", *, on: date) -> dict[Group, int]:
    """Return how many certificates are in each group on the day `on`. One query."""
    groups = {group.value: Count("pk", filter=said) for group, said in _groups(on).items()}
    counted = found.order_by().aggregate(**groups)
    return {group: counted[group.value] for group in Group}


def staff_rows(found: "Iterable[Certificate]", actor: Actor, *, on: date) -> list[StaffRow]:
    """Return certificates as rows. One query beside that of `found`."""
    rows = Watched.objects.filter(organization_id__in=offices(actor))
    added = frozenset(rows.values_list("certificate_id", flat=True))
    return [_row(certificate, on=on, is_added=certificate.pk in added) for certificate in found]


def _row(certificate: "Certificate", *, on: date, is_added: bool) -> StaffRow:
    content = certificates.content(certificate)
    return StaffRow(
        ref=certificate.ref,
        number=content.number,
        name=content.holder,
        title=content.scheme.title,
        status=register.standing(certificate, on=on),
        valid_until=content.valid_until,
        days_left=(content.valid_until - on).days,
        is_added=is_added,
    )


def _groups(on: date) -> dict[Group, Q]:
    """Return the condition of each group; they tell apart what `register.standing` tells apart."""
    published, lasting = Q(state=State.PUBLISHED), Q(valid_until__gte=on)
    return {
        Group.ALL: ~Q(pk__in=[]),
        Group.VALID: published & lasting,
        Group.ENDING: published & lasting & Q(valid_until__lte=on + SOON),
        Group.SUSPENDED: Q(state=State.SUSPENDED),
        Group.EXPIRED: published & ~lasting,
        Group.OUT: Q(state__in=[State.WITHDRAWN, State.REPLACED]),
    }
