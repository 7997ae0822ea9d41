"""Which certificates would a recall reach, and which recalls are there?"""

from collections.abc import Sequence

from django.db.models import QuerySet

from kompeten.certificates.models import Certificate, Recall, RecallLine
from kompeten.certificates.queries.certificates import SEES, in_force
from kompeten.certificates.terms import RecallReach, RecallState, RecallWish
from kompeten.kernel import digest
from kompeten.kernel.actors import Actor


def recallable(wish: RecallWish) -> QuerySet[Certificate]:
    """Return the certificates in force that a recall would reach, the oldest first; none for an empty wish."""
    if wish.is_empty:
        return Certificate.objects.none()
    parts = {
        "application__scheme_code": wish.scheme,
        "decision__meeting__decree__number": wish.decree,
        "person__region_code__startswith": wish.province,
        "valid_from__gte": wish.first_on,
        "valid_from__lte": wish.last_on,
        "number__in": wish.numbers,
    }
    return in_force().filter(**{name: said for name, said in parts.items() if said})


def reach(wish: RecallWish, *, sample: int = 10) -> RecallReach:
    """Return what a recall would reach, with up to `sample` numbers and names. Four queries."""
    found = recallable(wish)
    shown = found.select_related("person")[:sample]
    known = set(found.filter(number__in=wish.numbers).values_list("number", flat=True))
    keys = list(found.values_list("pk", flat=True))
    return RecallReach(
        len(keys),
        digest_of(keys),
        tuple((c.number, c.person.full_name) for c in shown),
        tuple(number for number in wish.numbers if number not in known),
        tuple(c.person_id for c in shown),
    )


def digest_of(keys: Sequence[int]) -> str:
    """Return the fingerprint of a set of certificates, by key."""
    return digest.of(sorted(keys))


def recalls(actor: Actor) -> QuerySet[Recall]:
    """Return the recalls that exist for `actor`, the newest first: all for staff who see certificates."""
    if not actor.may(SEES):
        return Recall.objects.none()
    return Recall.objects.order_by("-id")


def recall(ref: str, actor: Actor) -> Recall | None:
    """Return the recall if it exists for `actor`. One query."""
    return recalls(actor).filter(ref=ref).first()


def recall_lines(recall: Recall) -> QuerySet[RecallLine]:
    """Return the certificates that a recall names, in the order of their numbers."""
    return recall.lines.select_related("certificate__person", "withdrawn").order_by("id")


def recalls_waiting() -> int:
    """Return how many recalls wait for the director. One query."""
    return Recall.objects.filter(state=RecallState.PROPOSED).count()
