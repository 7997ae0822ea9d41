"""How fast does the public log grow, and how small is a proof? On a scratch SQLite file that waits for the disk.

    python bench/bench_log.py [entries]      default 20,000

The aims: 1,000 entries a second appended in batches, all steps together (salt, rows, tree, files, signed
head); a proof among 100,000 entries under 1.5 kB. The baseline adds one entry at a time, as a log would
that is asked once for each certificate.
"""

import sys
import time
from collections.abc import Callable

from scratch import house

house()

from django.core.management import call_command  # noqa: E402 (the house comes first)

from kompeten.kernel.tlog import merkle, tiles  # noqa: E402
from kompeten.kernel.tlog.policies import Party, Policy  # noqa: E402
from kompeten.kernel.tlog.proofs import LogProof  # noqa: E402
from kompeten.kernel.tlog.tiles import Nodes  # noqa: E402
from kompeten.register import tasks  # noqa: E402
from kompeten.register.adapters import folder, proof  # noqa: E402
from kompeten.register.models import Leaf  # noqa: E402
from kompeten.register.queries import log as queries  # noqa: E402
from kompeten.register.queries import logkeys  # noqa: E402
from tests.make.register import events  # noqa: E402
from tests.make.times import TUESDAY  # noqa: E402

ONE_BY_ONE = 200
LARGE = 100_000


def measured(name: str, count: int, run: Callable[[], object]) -> float:
    """Print how long something took for each of so many, by the wall and of own work; return the rate."""
    wall, work = time.perf_counter(), time.process_time()
    run()
    wall, work = time.perf_counter() - wall, time.process_time() - work
    print(
        f"{name:42} {count / wall:10,.0f}/s {1e3 * wall / count:9.3f} ms {1e3 * work / count:9.3f} ms",
        flush=True,
    )
    return count / wall


def follow(batch: int) -> None:
    """Let the follower work in batches of this size until nothing is left to do."""
    tasks.BATCH = batch
    while tasks.log(at=TUESDAY):
        pass


def tell_proof() -> None:
    """Print the size of the largest proof, and what it costs to make and to check."""
    leaf = Leaf.objects.select_related("event").order_by("index").first()
    assert leaf is not None
    policy = Policy((Party(logkeys.key().verifier),))
    measured("make a proof", 100, lambda: [queries.proof(leaf) for _ in range(100)])
    found = queries.proof(leaf)
    assert found is not None
    entry = bytes(leaf.entry)
    measured(
        "check a proof",
        1000,
        lambda: [proof.verify_proof(found.text, entry, policy=policy) for _ in range(1000)],
    )
    print(
        f"{'a proof among ' + format(queries.size(), ',') + ' entries':42} {len(found.text):10,} bytes"
    )


def tell_large() -> None:
    """Print the size of a proof among 100,000 entries, its checkpoint signed by this log."""
    leaves = [merkle.leaf_hash(n.to_bytes(33, "big")) for n in range(LARGE)]
    rows = {0: leaves}
    for level in (1, 2):
        below = rows[level - 1]
        full = range(0, len(below) - tiles.WIDTH + 1, tiles.WIDTH)
        rows[level] = [merkle.fold(below[start : start + tiles.WIDTH]) for start in full]
    node = Nodes(
        LARGE,
        lambda t: b"".join(rows[t.level or 0][t.number * tiles.WIDTH :][: t.width]),
    )
    path = merkle.inclusion(0, LARGE, node)
    newest = queries.head()
    assert newest is not None
    head = queries.note(newest)
    text = LogProof(0, tuple(path), head).text
    print(f"{'a proof among ' + format(LARGE, ',') + ' entries':42} {len(text):10,} bytes")


def main(count: int) -> None:
    """Print one figure beside its baseline for each path."""
    call_command("migrate", verbosity=0)
    logkeys.key()
    print(f"{'':42} {'rate':>12} {'wall':>12} {'work':>12}")
    events(ONE_BY_ONE)
    baseline = measured("one entry at a time", ONE_BY_ONE, lambda: follow(1))
    events(count, start=ONE_BY_ONE + 1)
    rate = measured("batches of 200", count, lambda: follow(200))
    print(f"{'times the baseline':42} {rate / baseline:10.0f}")
    tell_proof()
    tell_large()
    measured(
        "count the whole log anew",
        queries.size(),
        lambda: folder.examine(queries.read, policy=Policy((Party(logkeys.key().verifier),))),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
