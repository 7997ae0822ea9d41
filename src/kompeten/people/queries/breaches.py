"""Which breaches of personal data are known, who must still be told, and until when?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.people import rules
from kompeten.people.models import Breach, Concerned, Person
from kompeten.people.terms import DATA_READERS, BreachRow, BreachState, ConcernedState


def breaches(actor: Actor, *, open_only: bool = False) -> QuerySet[Breach]:
    """Return the breaches that exist for `actor`: all for who reads the register, the newest first."""
    if not actor.may(DATA_READERS):
        return Breach.objects.none()
    found = Breach.objects.order_by("-noticed_at", "-id")
    return found.filter(state=BreachState.OPEN) if open_only else found


def breach(ref: str, actor: Actor) -> Breach | None:
    """Return the breach if it is visible to `actor`. One query."""
    return breaches(actor).filter(ref=ref).first()


def breach_rows(found: QuerySet[Breach]) -> list[BreachRow]:
    """Return breaches as rows, with how many are named and still untold. One query."""
    waits = Q(concerned__state=ConcernedState.NAMED)
    counted = found.annotate(named=Count("concerned"), untold=Count("concerned", filter=waits))
    return [
        BreachRow(
            ref=b.ref,
            state=BreachState(b.state),
            title=b.title,
            noticed_at=b.noticed_at,
            due_at=rules.tell_by(b.noticed_at),
            authority_told_at=b.authority_told_at,
            people_told_at=b.people_told_at,
            named=b.named,
            untold=b.untold,
        )
        for b in counted
    ]


def hours_left(row: BreachRow, *, at: datetime) -> int:
    """Return the whole hours left to tell of a breach, negative once they are over. No query."""
    return rules.hours_left(row.noticed_at, at=at)


def concerned_by_ids(ids: Iterable[int]) -> dict[int, Concerned]:
    """Return whom breaches concern, with the breach, by key. One query."""
    rows = Concerned.objects.filter(pk__in=set(ids)).select_related("breach")
    return {row.pk: row for row in rows}


def persons_by_ref(refs: Iterable[str]) -> dict[str, int]:
    """Return the keys of persons by reference. One query per 500."""
    wanted = sorted(set(refs))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        rows = Person.objects.filter(ref__in=wanted[start : start + 500])
        found |= dict(rows.values_list("ref", "pk"))
    return found


def everybody() -> list[int]:
    """Return the keys of all persons. One query."""
    return list(Person.objects.order_by("id").values_list("pk", flat=True))
