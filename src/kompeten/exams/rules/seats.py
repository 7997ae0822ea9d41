"""Who may be seated in a sitting? Accepted candidates whose route has a written exam, once."""

from collections.abc import Collection

from kompeten.exams.terms import HOLDING, EntryState
from kompeten.schemes.terms import Component


def seat_reasons(
    *,
    accepted: bool,
    components: Collection[Component],
    covered: bool,
    earlier: Collection[EntryState],
    makeup: bool,
) -> tuple[str, ...]:
    """Return why an application cannot be seated.

    `covered`: its scheme version is one of the sitting's. `earlier`: the states of its entries so
    far. A makeup seat is for who was absent or interrupted and holds no other seat; anybody else
    is seated the first time only.
    """
    reasons = []
    if not accepted:
        reasons.append("seat.not_accepted")
    if Component.COGNITIVE not in components:
        reasons.append("seat.no_written_exam")
    if not covered:
        reasons.append("seat.other_scheme")
    if any(state in HOLDING for state in earlier):
        reasons.append("seat.taken")
    elif earlier and not makeup:
        reasons.append("seat.needs_makeup")
    elif makeup and not earlier:
        reasons.append("seat.no_makeup")
    return tuple(reasons)
