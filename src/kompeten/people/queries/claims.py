"""Which NIK is said to be theirs by two?"""

from django.db.models import QuerySet

from kompeten.foundation import privacy
from kompeten.kernel.actors import Actor
from kompeten.people.models import CLAIM_COLUMN, NikClaim, Person
from kompeten.people.terms import SETTLERS, ClaimRow, ClaimState


def last_claim(person_id: int) -> NikClaim | None:
    """Return the person's newest dispute over a NIK, or None; none from before they were forgotten. One query."""
    held = NikClaim.objects.filter(person_id=person_id).exclude(nik_index=b"")
    return held.order_by("-id").first()


def claims(actor: Actor, *, open_only: bool = True) -> QuerySet[NikClaim]:
    """Return the disputes that exist for `actor`, the oldest first: all for who settles, or none."""
    if not actor.may(SETTLERS):
        return NikClaim.objects.none()
    found = NikClaim.objects.order_by("id")
    return found.filter(state=ClaimState.OPEN) if open_only else found


def claim(ref: str, actor: Actor) -> NikClaim | None:
    """Return the dispute if it is visible to `actor`. One query."""
    return claims(actor, open_only=False).filter(ref=ref).first()


def claim_rows(found: QuerySet[NikClaim]) -> list[ClaimRow]:
    """Return disputes as rows, with who holds each NIK now. Two queries."""
    rows = list(found.select_related("person"))
    held = Person.objects.filter(nik_index__in=[bytes(r.nik_index) for r in rows])
    holders = {
        bytes(index or b""): (key, name)
        for index, key, name in held.values_list("nik_index", "pk", "name")
    }
    return [_claim_row(row, *holders.get(bytes(row.nik_index), (None, ""))) for row in rows]


def _claim_row(row: NikClaim, holder_id: int | None, holder: str) -> ClaimRow:
    sealed = bytes(row.nik_sealed)
    nik = privacy.unseal(sealed, column=CLAIM_COLUMN, row=row.ref) if sealed else ""
    state = ClaimState(row.state)
    return ClaimRow(
        row.ref, state, row.person_id, row.person.name, holder_id, holder, nik[-4:], row.opened_at
    )


def parties_of(ref: str) -> tuple[int, ...]:
    """Return the keys of who claims a NIK and of who holds it, by the claim's reference. Two queries."""
    claim = NikClaim.objects.filter(ref=ref).first()
    if claim is None:
        return ()
    held = Person.objects.filter(nik_index=bytes(claim.nik_index)).values_list("pk", flat=True)
    return (claim.person_id, *held)
