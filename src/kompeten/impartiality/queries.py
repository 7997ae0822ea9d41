"""Who may act on whom? Asked by whoever assigns people."""

from collections.abc import Iterable
from datetime import date

from kompeten.impartiality import rules
from kompeten.impartiality.models import Tie
from kompeten.impartiality.terms import Act, Known, TieKind
from kompeten.people import queries as people

Pair = tuple[int, int]


def conflicts(
    persons: Iterable[int], candidates: Iterable[int], act: Act, *, on: date
) -> dict[Pair, tuple[str, ...]]:
    """Return the reasons that bar `act`, by (person, candidate); pairs without a reason are absent.

    Nobody acts on themselves (`tie.self`); who works in the candidate's unit is `tie.same_unit`.
    Two queries per 500 people, whatever the number of pairs.
    """
    acting, subjects = set(persons), set(candidates)
    ties = _ties(acting, subjects)
    rows = people.persons(acting | subjects)
    found: dict[Pair, tuple[str, ...]] = {}
    units = {p: rows[p].employer_id for p in acting if p in rows}
    for candidate in subjects:
        unit = rows[candidate].employer_id if candidate in rows else None
        for person in acting:
            known = ties.get((person, candidate), [])
            if unit is not None and units.get(person) == unit:
                known = [*known, Known(TieKind.SAME_UNIT, date.min)]
            reasons = rules.reasons(known, act, on=on) if known else ()
            if person == candidate:
                reasons = ("tie.self",)
            if reasons:
                found[person, candidate] = reasons
    return found


def _ties(persons: set[int], candidates: set[int]) -> dict[Pair, list[Known]]:
    keys = sorted(candidates)
    found: dict[Pair, list[Known]] = {}
    for start in range(0, len(keys), 500):
        rows = Tie.objects.filter(candidate_id__in=keys[start : start + 500], person_id__in=persons)
        for row in rows:
            tie = Known(TieKind(row.kind), row.since, row.until)
            found.setdefault((row.person_id, row.candidate_id), []).append(tie)
    return found
