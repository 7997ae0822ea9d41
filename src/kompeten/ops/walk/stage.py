"""On which stage is the year played? One clock that is moved by hand, one seed, seconds per room."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk.cast import Cast
from kompeten.people import queries as people

Say = Callable[[str], None]
ZONE = "Asia/Jakarta"


@dataclass(slots=True)
class Stage:
    """The year so far: `at` is its present instant; `seconds` what each room has cost in wall time."""

    cast: Cast
    rng: random.Random
    at: datetime
    say: Say
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: Counter[str] = field(default_factory=Counter)
    # For what the lot of the house decides the number of: second looks leave the year as it is.
    aside: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311 (a seed)
    sure: set[int] = field(default_factory=set)  # persons who are to come through

    @contextmanager
    def room(self, name: str, *, whole: bool = True) -> Iterator[None]:
        """Count the time of the block for `name`, in one transaction if `whole`."""
        begun = time.perf_counter()
        try:
            if whole:
                with transaction.atomic():
                    yield
            else:
                yield
        finally:
            self.seconds[name] += time.perf_counter() - begun

    def later(self, **span: float) -> datetime:
        """Move the clock on by `span` (days, hours, minutes) and return the new instant."""
        self.at += timedelta(**span)
        return self.at

    def drain(self) -> None:
        """Let every follower whose bell is rung pull its inbox; each counts for its own room."""
        while names := ledger.rung():
            for name in names:
                with self.room(name.partition(".")[0], whole=False):
                    ledger.drain(name, at=self.at)

    def chance(self, share: float) -> bool:
        """Say yes in `share` of all cases."""
        return self.rng.random() < share

    def mishap(self, share: float, person_id: int) -> bool:
        """Say yes in `share` of all cases, and never for somebody who is to come through."""
        return self.chance(share) and person_id not in self.sure

    def ability(self, person_id: int, *, lot: int) -> float:
        """Return how able a person is, in [0, 1): the same each time for one `lot`."""
        return 0.97 if person_id in self.sure else person_id * lot % 1000 / 1000

    def candidates(self, person_ids: Sequence[int]) -> dict[int, Actor]:
        """Return the persons as they act for themselves, by person key."""
        roles = frozenset({Role.APPLICANT})
        accounts = people.accounts_of(person_ids)
        return {p: Actor(accounts[p], roles, p) for p in person_ids}


def portions(everything: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Give `everything` in portions of at most `size`."""
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
