"""How long until the national list is checked and written? Into a new SQLite database.

    python bench/bench_collective_import.py [people]      default 16920

The aim is under 10 s of the whole, the upload's digest to the last line kept, and 300 MB at most.
Beside it: the check alone, which writes nothing.
"""

import random
import resource
import sys
import time

from bench_collective_check import PEOPLE, national_list
from scratch import house

MOST_SECONDS, MOST_MB = 10, 300


def main(people: int) -> None:
    """Print seconds and memory, of which the aim is the whole."""
    house()
    from kompeten.applications import actions
    from kompeten.foundation import clock
    from kompeten.ops import operator, prepare

    prepare.migrate()
    at = clock.now()
    office = operator.organization(None, name="Dinas Sosial", at=at)
    by = operator.sponsor(office, at=at)
    content = national_list(people, rng=random.Random(2020))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    began, spent = time.perf_counter(), time.process_time()
    judged = actions.judge(content, at=at)
    checked = time.process_time() - spent
    del judged
    began, spent = time.perf_counter(), time.process_time()
    result = actions.receive_list(
        content,
        label="Nasional",
        organization_id=office.pk,
        by=by,
        at=at,
        rng=random.Random(1),
    )
    wall, cpu = time.perf_counter() - began, time.process_time() - spent
    assert result.good == people, result
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"collective import, {people:,} people on SQLite: {wall:.2f} s ({cpu:.2f} s CPU; check alone"
        f" {checked:.2f} s CPU), peak memory {peak:.0f} MB ({before:.0f} before);"
        f" aim {MOST_SECONDS} s, {MOST_MB} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
