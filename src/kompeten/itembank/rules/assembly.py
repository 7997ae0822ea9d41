"""Which cases make a form? Whole ones, so that domain and difficulty quotas are met to the item.

Every case draws a lot (`kernel.lots`) and the choice with the smallest sum of lots wins: it is the
optimum of a small integer programme, which is one choice whatever the machine, and not the first
thing a search came upon. Cases used before draw higher lots, so that exposure evens out.

Source: shares of the blueprint as marginal quotas (WRIT17); van der Linden 2005, Linear Models for
Optimal Test Design, for item sets kept together.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kompeten.itembank.terms import FormImpossible, Shortage, UsableCase
from kompeten.kernel import lots
from kompeten.schemes.terms import Blueprint, Difficulty, Domain

# Lots of 20 bits: sums of hundreds stay exact in the solver's arithmetic, and two choices with the
# same sum are rarer than one seed in ten thousand (isolation lemma: cases / range).
LOT_RANGE = 1 << 20
USE_WEIGHT = LOT_RANGE // 4

Cell = tuple[Domain, Difficulty]


def assemble(
    blueprint: Blueprint,
    cases: Sequence[UsableCase],
    *,
    seed: int,
    uses: Mapping[str, int] | None = None,
) -> tuple[UsableCase, ...]:
    """Return whole cases that meet the blueprint exactly, in an order drawn by `seed`; essays stand last.

    `uses` says in how many forms a case stands already. The answer depends on the codes and cells
    of the cases and on nothing else. 64 cases take about 10 ms, 1,600 under a second.

    :raises FormImpossible: no choice of whole cases adds up; says which domain, difficulty or cell
        is short
    """
    pool = sorted((case for case in cases if not case.is_essay), key=lambda case: case.code)
    if short := shortages(blueprint, cases):
        raise FormImpossible(short)
    rows, quotas = _margins(blueprint, [_cells(case) for case in pool])
    choice = _drawn(pool, rows, quotas, seed=seed, uses=uses or {})
    if not blueprint.essays:
        return choice
    essays = sorted((case for case in cases if case.is_essay), key=lambda case: case.code)
    sizes = [[len(case.items) for case in essays]]
    return choice + _drawn(essays, sizes, [blueprint.essays], seed=seed, uses=uses or {})


def _drawn(
    pool: Sequence[UsableCase],
    rows: Sequence[Sequence[int]],
    quotas: Sequence[int],
    *,
    seed: int,
    uses: Mapping[str, int],
) -> tuple[UsableCase, ...]:
    """Return the cases of `pool` with the smallest sum of lots whose `rows` add up to `quotas`."""
    used = [uses.get(case.code, 0) for case in pool]
    least = min(used)
    # By item and not by case, or large cases would be cheap: every form has the same items.
    cost = [
        len(case.items) * (lots.lot(seed, case.code) % LOT_RANGE + USE_WEIGHT * (times - least))
        for case, times in zip(pool, used, strict=True)
    ]
    chosen = _cheapest(cost, rows, quotas)
    if chosen is None:
        raise FormImpossible((Shortage("bank.cases_do_not_combine"),))
    by_code = {case.code: case for case, is_in in zip(pool, chosen, strict=True) if is_in}
    return tuple(by_code[code] for code in lots.drawn(by_code, seed=seed))


def shortages(blueprint: Blueprint, cases: Sequence[UsableCase]) -> tuple[Shortage, ...]:
    """Return where the bank has fewer items than the blueprint asks, counting items and not cases.

    First by domain and difficulty; where each has enough by itself, by cell: the fewest items that
    would have to be written, and in which cells.
    """
    quotas = blueprint.per_domain.values(), blueprint.per_difficulty.values()
    if any(sum(quota) != blueprint.items for quota in quotas):
        return (Shortage("blueprint.does_not_add_up"),)
    essays = sum(len(case.items) for case in cases if case.is_essay)
    if essays < blueprint.essays:
        return (Shortage("bank.short_essays", have=essays, need=blueprint.essays),)
    stock = sum((_cells(case) for case in cases if not case.is_essay), Counter[Cell]())
    margins = []
    for domain, need in blueprint.per_domain.items():
        have = sum(n for cell, n in stock.items() if cell[0] is domain)
        if have < need:
            margins.append(Shortage("bank.short", domain=domain, have=have, need=need))
    for difficulty, need in blueprint.per_difficulty.items():
        have = sum(n for cell, n in stock.items() if cell[1] is difficulty)
        if have < need:
            margins.append(Shortage("bank.short", difficulty=difficulty, have=have, need=need))
    return tuple(margins) or _short_cells(blueprint, stock)


def _short_cells(blueprint: Blueprint, stock: Counter[Cell]) -> tuple[Shortage, ...]:
    """Return the cells in which items must be written, as few as possible; empty if none.

    Columns of the programme: for each cell first the items taken from stock, then those missing.
    """
    cells = [(d, g) for d in blueprint.domains for g in blueprint.difficulties]
    rows, quotas = _margins(blueprint, [Counter([cell]) for cell in cells] * 2)
    bounds = [stock[cell] for cell in cells] + [blueprint.items] * len(cells)
    cost = [0] * len(cells) + [1] * len(cells)
    missing = (_cheapest(cost, rows, quotas, bounds) or cost)[len(cells) :]
    return tuple(
        Shortage("bank.short", domain=d, difficulty=g, have=stock[d, g], need=stock[d, g] + n)
        for (d, g), n in zip(cells, missing, strict=True)
        if n
    )


def _cells(case: UsableCase) -> Counter[Cell]:
    return Counter((item.domain, item.difficulty) for item in case.items)


def _margins(
    blueprint: Blueprint, columns: Sequence[Counter[Cell]]
) -> tuple[list[list[int]], list[int]]:
    """Return one row per domain and difficulty, how much each column adds to it, and the quotas."""
    rows = [
        [sum(n for cell, n in column.items() if margin in cell) for column in columns]
        for margin in (*blueprint.domains, *blueprint.difficulties)
    ]
    return rows, [*blueprint.per_domain.values(), *blueprint.per_difficulty.values()]


def _cheapest(
    cost: Sequence[int],
    rows: Sequence[Sequence[int]],
    quotas: Sequence[int],
    bounds: Sequence[int] | None = None,
) -> list[int] | None:
    """Return the whole numbers from 0 to `bounds` (1) of least cost with `rows` equal to `quotas`."""
    import numpy as np  # noqa: PLC0415 (slow import)
    from scipy import optimize  # noqa: PLC0415 (slow import)

    if not cost:
        return None
    exact = np.asarray(quotas, dtype=float)
    found: Any = optimize.milp(
        np.asarray(cost, dtype=float),
        constraints=optimize.LinearConstraint(np.asarray(rows, dtype=float), exact, exact),
        integrality=np.ones(len(cost)),
        bounds=optimize.Bounds(0, np.asarray(bounds or [1] * len(cost), dtype=float)),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    chosen = [round(value) for value in found.x]
    # The solver reckons in floating point; what leaves this function is right in whole numbers.
    sums = [sum(a * n for a, n in zip(row, chosen, strict=True)) for row in rows]
    return chosen if sums == list(quotas) else None
