"""Which reasons may a verifier give, and what did one say?"""

from collections.abc import Iterable

from kompeten.verification.models import Reason
from kompeten.verification.terms import Fault, ReasonRow, ReasonState


def reasons() -> list[ReasonRow]:
    """Return the reasons on the list, by kind and code. One query."""
    current = Reason.objects.filter(state=ReasonState.CURRENT).order_by("kind", "code")
    return [_row(reason) for reason in current]


def reasons_given(refs: Iterable[str]) -> dict[str, ReasonRow]:
    """Return reasons by reference, retired ones too. One query, none for no references."""
    wanted = {ref for ref in refs if ref}
    if not wanted:
        return {}
    return {r.ref: _row(r) for r in Reason.objects.filter(ref__in=wanted)}


def reason(code: str) -> Reason | None:
    """Return the wording of a code that stands on the list now. One query."""
    return Reason.objects.filter(code=code, state=ReasonState.CURRENT).first()


def versions(code: str) -> int:
    """Return how many wordings of a code there were. One query."""
    return Reason.objects.filter(code=code).count()


def is_listed() -> bool:
    """Say whether the house has a list of reasons, or ever had. One query."""
    return Reason.objects.exists()


def _row(held: Reason) -> ReasonRow:
    return ReasonRow(
        ref=held.ref,
        code=held.code,
        version=held.version,
        kind=Fault(held.kind),
        words=held.words,
        documents=tuple(held.documents),
        since_at=held.since_at,
    )
