"""What has each step of a bench cost so far? Seconds by the clock on the wall, and of own work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

WALL: dict[str, float] = {}
WORK: dict[str, float] = {}


@contextmanager
def spent(name: str) -> Iterator[None]:
    """Add the time of the block to `name`."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    WALL[name] = WALL.get(name, 0.0) + time.perf_counter() - start
    WORK[name] = WORK.get(name, 0.0) + time.process_time() - worked


def report(count: int, *, wholes: tuple[str, ...]) -> None:
    """Print milliseconds a person for each step, then for all whose name begins with one of `wholes`."""
    print(f"{'ms per person':20} {'wall':>7} {'work':>7}")
    steps = [(name, name) for name in WALL] + [(f"{whole} in all", whole) for whole in wholes]
    for label, start in steps:
        wall, work = (
            1000 * sum(s for name, s in figures.items() if name.startswith(start)) / count
            for figures in (WALL, WORK)
        )
        print(f"{label:20} {wall:7.2f} {work:7.2f}")
