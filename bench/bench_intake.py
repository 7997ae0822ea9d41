"""What does one message cost the intake, apart from the network and the disk?

    python bench/bench_intake.py [links]      default 2 links to a message; microseconds per message

Reading, judging and hashing; what an attempt has sent of late; answering with a signed receipt; and
keeping in the vault, alone and 200 together. Budget: 60 µs for judging and answering, of it under 1 µs
for the attempt's own budget, and 25 µs for a row in a batch. The whole, under
load, is what `kompeten bench exam` measures.
"""

import json
import random
import sys
import timeit
from itertools import cycle

from scratch import house

DATA = house()

from kompeten.exams.adapters import keys, receipts  # noqa: E402 (the house comes first)
from kompeten.exams.adapters.vault_sqlite import SqliteJournal  # noqa: E402
from kompeten.exams.rules import chain  # noqa: E402
from kompeten.ops.bench import people  # noqa: E402
from kompeten.web.examroom import intake  # noqa: E402
from kompeten.web.examroom.intake import Budgets, Desk, Pending, Settled  # noqa: E402

NOW = 1_780_000_060_000
SAVE = f"{intake.PREFIX}simpan"
TOGETHER = 200


def main(links: int) -> None:
    """Measure and print."""
    everybody = people.crowd(4_000, rng=random.Random(7))
    bodies = [p.answers(links)[0].partition(b"\r\n\r\n")[2] for p in everybody]
    desk = Desk()

    def judged(body: bytes) -> Pending:
        found = intake.judge("POST", SAVE, body, now=NOW, desk=desk)
        assert isinstance(found, Pending)
        return found

    pending = judged(bodies[0])
    row = pending.row
    assert row is not None
    ticket = everybody[0].ticket
    message = json.loads(bodies[0])
    tell("read a ticket, new", lambda: keys.read_ticket.__wrapped__(ticket))
    tell("read and hash the links", lambda: chain.read(message, attempt=everybody[0].attempt))
    words = (row.attempt, row.chain, row.first, row.last, row.head, NOW, row.via)
    tell("sign a receipt", lambda: receipts.sign(*words), number=500)
    turns, budgets = cycle(everybody), desk.budgets
    size = len(bodies[0])
    tell("take from an attempt's budget", lambda: budgets.take(next(turns).attempt, size, now=NOW))
    desk.budgets = Budgets()
    sent = cycle(bodies)
    tell("judge, in all", lambda: judged(next(sent)))
    desk.budgets = Budgets()
    tell("answer, in all", lambda: pending.then(Settled(NOW, [])), number=500)

    rows = [found.row for found in map(judged, bodies) if found.row]
    vault = SqliteJournal(DATA / "bench.sqlite3")
    singles, batches = rows[:400], [rows[n : n + TOGETHER] for n in range(400, 4_000, TOGETHER)]
    alone = timeit.timeit(lambda: [vault.append([one]) for one in singles], number=1)
    together = timeit.timeit(lambda: [vault.append(some) for some in batches], number=1)
    print(f"{'keep a row alone, on the disk':34} {alone / len(singles) * 1e6:8.1f}")
    print(f"{f'keep a row of {TOGETHER}, on the disk':34} {together / 3_600 * 1e6:8.1f}")
    vault.close()


def tell(name: str, act: object, *, number: int = 3_000) -> None:
    """Print what `act` takes at best of five turns."""
    best = min(timeit.repeat(act, number=number, repeat=5)) / number  # type: ignore[arg-type]
    print(f"{name:34} {best * 1e6:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
