"""Who may be seated in a sitting, and which of its forms do they get?"""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

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


def deal(
    seen: Sequence[Collection[str]],
    *,
    forms: Sequence[str],
    dealt: Mapping[str, int],
    rng: random.Random,
) -> list[str]:
    """Return which of `forms` each candidate gets, in their order.

    `seen` are the forms that each has had before: one that is new to somebody is taken if there is
    one. Else the form that fewest have so far, `dealt` counted in, and by lot among equals, so that
    forms are spread evenly and nobody can tell a neighbour's.

    >>> deal([(), ("a",), ()], forms=("a", "b"), dealt={"a": 5}, rng=random.Random(1))
    ['b', 'b', 'b']
    """
    counts = Counter({form: dealt.get(form, 0) for form in forms})
    found = []
    for before in seen:
        fresh = [form for form in forms if form not in before] or list(forms)
        least = min(counts[form] for form in fresh)
        form = rng.choice([form for form in fresh if counts[form] == least])
        counts[form] += 1
        found.append(form)
    return found
