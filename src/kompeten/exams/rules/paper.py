"""In which order does one candidate see cases and options? By lot, the same on every device."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations

from kompeten.itembank.terms import PaperCase, PaperItem
from kompeten.kernel import lots


def personal(cases: Sequence[PaperCase], *, seed: int) -> tuple[PaperCase, ...]:
    """Return the cases in the order of `seed`, with the options of each item in an order of its own.

    Essays stay last. Items stay in order within their case, since one may build on another. Numbers
    and option codes stay what they are in the form: only what stands where is personal.
    """
    by_number = {case.number: case for case in cases}
    drawn = lots.drawn(by_number, seed=seed)
    order = sorted(drawn, key=lambda number: any(i.essay for i in by_number[number].items))
    return tuple(_shuffled(by_number[number], seed) for number in order)


def _shuffled(case: PaperCase, seed: int) -> PaperCase:
    items = tuple(_turned(item, seed) for item in case.items)
    return PaperCase(case.number, case.vignette, items)


def _turned(item: PaperItem, seed: int) -> PaperItem:
    """Draw one lot per item and read it as a permutation: a lot per option would take four times as long."""
    if item.essay is not None:
        return item
    orders = _orders(len(item.options))
    order = orders[lots.lot(seed, f"options/{item.number}") % len(orders)]
    return PaperItem(item.number, item.stem, tuple(item.options[place] for place in order))


@lru_cache(maxsize=8)
def _orders(count: int) -> tuple[tuple[int, ...], ...]:
    return tuple(permutations(range(count)))
