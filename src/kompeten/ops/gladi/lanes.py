"""How do a hundred whole sittings fit into a tea break? In two houses side by side.

Each lane is a process with a scratch house, server and disk of its own, so that what is done to one
house is never felt in the other. More lanes than cores would only make each other wait.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from kompeten.ops.bench import scratch
from kompeten.ops.gladi.exam import Report, together

LANES = 2


def rehearse(*, runs: int, whole: int, seed: int) -> Report:
    """Play `runs` sittings on made-up devices, then `whole` ones in two lanes.

    :raises Broken: a lane did not come to its end
    """
    begun = time.perf_counter()
    if connection.vendor != "sqlite":  # one database server, one house
        return _lane(runs, whole, seed, 0)
    reports = [_lane(runs, 0, seed, 0)] if runs else []
    shares = [share for n in range(LANES) if (share := (whole + n) // LANES)]
    with ThreadPoolExecutor(LANES) as lanes:
        numbers = range(1, len(shares) + 1)
        reports += lanes.map(lambda n, share: _lane(0, share, seed, n), numbers, shares)
    return together(reports, seconds=time.perf_counter() - begun)


def _lane(runs: int, whole: int, seed: int, number: int) -> Report:
    asked = {"--runs": runs, "--whole": whole, "--seed": seed, "--lane": number}
    words = [word for name, value in asked.items() for word in (name, str(value))]
    return Report(**scratch.ask(["gladi", "exam", *words]))
