"""Who rates whom, and what do their marks come to? For readings and performances alike.

A panel is the few raters of one case. Everything here is exact: marks are kept in whole parts of a
mark, so that no share is ever rounded.
"""

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kompeten.kernel.interval import Window

Marks = Mapping[str, int]  # by item; a blank stands as the points it is worth


@dataclass(frozen=True, slots=True)
class Case:
    """Something to be rated by `need` raters, none of them in `barred`, rather by those in `wanted`.

    With a `window` the raters have to be there at that time, and nobody is in two places at once.
    """

    key: int
    need: int
    barred: frozenset[int] = frozenset()
    wanted: frozenset[int] = frozenset()
    window: Window | None = None


def assign(
    cases: Sequence[Case],
    raters: Iterable[int],
    *,
    seed: int,
    load: Mapping[int, int] | None = None,
    busy: Mapping[int, Sequence[Window]] | None = None,
) -> dict[int, tuple[int, ...]]:
    """Return the raters of each case by its key; a case that cannot be filled whole is absent.

    Work is spread evenly on top of `load` (cases that a rater has already), and who meets whom is
    left to chance, so that severe and mild raters mix. Cases with the fewest free raters choose
    first, and a rater is moved to another window where that fills one more place. The same
    arguments give the same panels.
    """
    rng = random.Random(seed)  # noqa: S311 (fair, not secret)
    desk = _Desk(sorted(set(raters)), dict(load or {}), busy or {}, rng)
    luck = {case.key: desk.rng.random() for case in cases}
    found: dict[int, tuple[int, ...]] = {}
    for case in sorted(cases, key=lambda c: (-len(c.barred), luck[c.key])):
        if not desk.fill(case):
            desk.clear(case)
    for case in cases:
        if panel := desk.panels.get(case.key):
            found[case.key] = tuple(panel)
    return found


@dataclass(slots=True)
class _Desk:
    """The state of one assignment: who sits where, and what each rater already has."""

    raters: list[int]
    load: dict[int, int]
    busy: Mapping[int, Sequence[Window]]
    rng: random.Random
    panels: dict[int, list[int]] = field(default_factory=dict)
    diaries: dict[int, list[Case]] = field(default_factory=dict)

    def fill(self, case: Case) -> bool:
        """Give `case` its raters; False when one is lacking."""
        for rater in self._ranked(case):
            if len(self.panels.get(case.key, ())) == case.need:
                return True
            if self._is_free(rater, case):
                self._give(case, rater)
        while len(self.panels.get(case.key, ())) < case.need:
            moved = self._free_up(case, set()) if case.window else None
            if moved is None:
                return False
            self._give(case, moved)
        return True

    def clear(self, case: Case) -> None:
        """Take back whom `case` got."""
        for rater in list(self.panels.get(case.key, ())):
            self._take(case, rater)

    def _ranked(self, case: Case) -> list[int]:
        """Return who may rate `case`: those it wants first, then by load, then by chance."""
        draw = self.rng.random
        allowed = [r for r in self.raters if r not in case.barred]
        return sorted(allowed, key=lambda r: (r not in case.wanted, self.load.get(r, 0), draw()))

    def _free_up(self, case: Case, tried: set[int]) -> int | None:
        """Return a rater for `case`, moving one to make room where another can step in.

        Augmenting paths, as Kuhn's method for matchings: each rater is tried once. Who is being
        moved further up (`tried`) may not step in further down: they would be in two places.
        """
        held = {*self.panels.get(case.key, ()), *tried}
        ranked = [r for r in self._ranked(case) if r not in held]
        for rater in ranked:
            if self._is_free(rater, case):
                return rater
        for rater in ranked:
            clashes = self._clashes(rater, case)
            if rater in tried or len(clashes) != 1 or self._is_engaged(rater, case):
                continue
            tried.add(rater)
            stand_in = self._free_up(clashes[0], tried)
            if stand_in is not None:
                self._take(clashes[0], rater)
                self._give(clashes[0], stand_in)
                return rater
        return None

    def _is_free(self, rater: int, case: Case) -> bool:
        return not self._is_engaged(rater, case) and not self._clashes(rater, case)

    def _is_engaged(self, rater: int, case: Case) -> bool:
        """Say whether `rater` has something else then that cannot be moved."""
        window = case.window
        return window is not None and any(meet(window, w) for w in self.busy.get(rater, ()))

    def _clashes(self, rater: int, case: Case) -> list[Case]:
        if case.window is None:
            return []
        held = self.diaries.get(rater, ())
        return [c for c in held if c.window and meet(case.window, c.window)]

    def _give(self, case: Case, rater: int) -> None:
        self.panels.setdefault(case.key, []).append(rater)
        self.diaries.setdefault(rater, []).append(case)
        self.load[rater] = self.load.get(rater, 0) + 1

    def _take(self, case: Case, rater: int) -> None:
        self.panels[case.key].remove(rater)
        self.diaries[rater].remove(case)
        self.load[rater] -= 1


def meet(one: Window, other: Window) -> bool:
    """Say whether two windows share an instant; one that opens as another closes does not meet it."""
    return one.opens_at < other.closes_at and other.opens_at < one.closes_at


@dataclass(frozen=True, slots=True)
class Settled:
    """What a panel's marks come to: per item in parts, `parts` of which make one whole mark."""

    marks: Marks
    parts: int

    @property
    def points(self) -> int:
        """Return the sum over all items, in parts."""
        return sum(self.marks.values())

    def points_of(self, items: Collection[str]) -> int:
        """Return the sum over `items`, in parts."""
        return sum(mark for item, mark in self.marks.items() if item in items)

    def out_of(self, highest: int) -> int:
        """Return what `highest` whole marks are in parts."""
        return highest * self.parts


def settle(panel: Sequence[Marks], *, how: str) -> Settled:
    """Return what one, two or three raters' marks come to.

    One rater's marks stand, two are averaged, and three are settled as `how` says: `mean`;
    `third`, whose marks then stand alone; or `nearest_two`, the average of the two that lie
    closest together, item by item. Does not depend on the order of the raters but for `third`.

    :raises ValueError: no rater or more than three, or the raters marked different items

    >>> settle([{"a": 2}, {"a": 5}, {"a": 4}], how="nearest_two")
    Settled(marks={'a': 9}, parts=2)
    """
    if not 1 <= len(panel) <= 3 or any(marks.keys() != panel[0].keys() for marks in panel):
        raise ValueError("one to three raters mark the same items")
    if len(panel) < 3:
        return Settled(_each(sum, panel), len(panel))
    rule, parts = THREE[how]
    return Settled(_each(rule, panel), parts)


def nearest_two(three: Sequence[int]) -> int:
    """Return the sum of the two marks closest together; at equal distance, twice the middle one.

    >>> nearest_two((1, 4, 5)), nearest_two((1, 3, 5)), nearest_two((2, 2, 5))
    (9, 6, 4)
    """
    low, middle, high = sorted(three)
    if middle - low == high - middle:
        return 2 * middle
    return low + middle if middle - low < high - middle else middle + high


def _third(three: Sequence[int]) -> int:
    return three[2]


def _each(rule: Callable[[Sequence[int]], int], panel: Sequence[Marks]) -> dict[str, int]:
    return {item: rule([marks[item] for marks in panel]) for item in panel[0]}


# How three marks become one, and into how many parts a mark is cut for it.
THREE: dict[str, tuple[Callable[[Sequence[int]], int], int]] = {
    "nearest_two": (nearest_two, 2),
    "mean": (sum, 3),
    "third": (_third, 1),
}
