"""How many numbered sheets are there, which comes next, and what became of every number?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Q, QuerySet

from kompeten.certificates.models import Blank, BlankDelivery, Certificate
from kompeten.certificates.rules import steps as rules
from kompeten.certificates.terms import Account, BlankState, Range, State
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role

if TYPE_CHECKING:
    from kompeten.decisions.models import Decree

SEES_BLANKS = frozenset({Role.REGISTRAR, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN})


def blanks(actor: Actor, *, text: str = "", state: str = "") -> QuerySet[Blank]:
    """Return the sheets that exist for `actor`, by number: found by serial, certificate or holder."""
    if not actor.may(SEES_BLANKS):
        return Blank.objects.none()
    found = Blank.objects.select_related("certificate").order_by("delivery_id", "number")
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(serial__icontains=text)
            | Q(certificate__number__icontains=text)
            | Q(certificate__person__name__icontains=text)
        )
    return found


def blank(key: int, actor: Actor) -> Blank | None:
    """Return the sheet if it is visible to `actor`. One query."""
    return blanks(actor).select_related("certificate__person", "delivery").filter(pk=key).first()


def blanks_of(certificate: Certificate) -> list[Blank]:
    """Return every sheet the certificate was printed on, spoiled ones too, the first one first."""
    return list(Blank.objects.filter(certificate=certificate).order_by("issued_at", "id"))


def blank_counts() -> dict[str, int]:
    """Return how many sheets are in each state. One query."""
    return dict(Blank.objects.values_list("state").annotate(n=Count("id")))


def in_stock(*, start: str = "") -> QuerySet[Blank]:
    """Return the sheets in stock in the order they are used, from the sheet `start` on if it is named."""
    found = Blank.objects.filter(state=BlankState.STOCK).order_by("delivery_id", "number")
    if not start:
        return found
    at = Blank.objects.filter(serial=start).values_list("delivery_id", "number").first()
    if at is None:
        return found.none()
    delivery, number = at
    return found.filter(Q(delivery_id__gt=delivery) | Q(delivery_id=delivery, number__gte=number))


def to_print(decree: "Decree | None" = None) -> QuerySet[Certificate]:
    """Return certificates in force that stand on no sheet, of one decree or of all, the oldest first."""
    printed = Blank.objects.filter(state=BlankState.ISSUED).values("certificate_id")
    found = Certificate.objects.filter(state=State.PUBLISHED).exclude(pk__in=printed)
    if decree is not None:
        found = found.filter(decision__meeting=decree.meeting_id)
    return found.order_by("id")


def to_print_count() -> int:
    """Return how many certificates wait for a sheet; none do where no sheets are kept. One query."""
    return to_print().filter(Exists(Blank.objects.all())).count()


def on_sheets(decree: "Decree") -> QuerySet[Blank]:
    """Return the sheets on which certificates of a decree are printed, by number of the certificate."""
    found = Blank.objects.filter(
        state=BlankState.ISSUED, certificate__decision__meeting=decree.meeting_id
    )
    return found.select_related("certificate__application", "certificate__person").order_by(
        "certificate__number"
    )


def known_serials(serials: Iterable[str]) -> list[str]:
    """Return those of the serials that are in the books, in order. One query per 500."""
    wanted = list(serials)
    found: list[str] = []
    for start in range(0, len(wanted), 500):
        rows = Blank.objects.filter(serial__in=wanted[start : start + 500])
        found += rows.values_list("serial", flat=True)
    return sorted(found)


def account() -> list[tuple[BlankDelivery, Account]]:
    """Return what became of each delivered range, the first delivery first. Two queries."""
    counted = Blank.objects.values_list("delivery_id", "state").annotate(n=Count("id"))
    counts: dict[int, dict[str, int]] = {}
    for key, state, n in counted:
        counts.setdefault(key, {})[state] = n
    return [
        (
            delivery,
            Account(
                _range(delivery),
                *(counts.get(delivery.pk, {}).get(state.value, 0) for state in BlankState),
            ),
        )
        for delivery in BlankDelivery.objects.order_by("id")
    ]


def gaps() -> tuple[Range, ...]:
    """Return the numbers between deliveries that never came, as ranges. One query."""
    return rules.gaps([_range(delivery) for delivery in BlankDelivery.objects.order_by("id")])


def void_blanks() -> QuerySet[Blank]:
    """Return every spoiled sheet with why, the first that was spoiled first."""
    found = Blank.objects.filter(state=BlankState.VOID)
    return found.select_related("certificate").order_by("voided_at", "id")


def _range(delivery: BlankDelivery) -> Range:
    return Range(delivery.prefix, delivery.first, delivery.last, delivery.digits)
