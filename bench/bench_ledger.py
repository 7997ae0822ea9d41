"""What does a step cost by the ledger, and what would the bare statements cost? On a scratch SQLite file.

    python bench/bench_ledger.py [records]      default 2000; microseconds per record

The aim: one step under 1 ms of work, a batch under 0.1 ms per record. `work` is this process's own
share; the rest waits for the disk, since each single step is a durable transaction.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from scratch import house

house()

from django.core.management import call_command  # noqa: E402 (the house comes first)
from django.db import transaction  # noqa: E402

from kompeten.foundation.ledger import enter_many, take, take_many  # noqa: E402
from kompeten.foundation.models import Event  # noqa: E402
from kompeten.kernel import canonical, digest  # noqa: E402
from kompeten.kernel.actors import Actor  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from tests.make.letters import CHART, Letter, Sending, make_table  # noqa: E402

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ANI = Actor(1, frozenset({Role.APPLICANT}))
PAGES = Sending(pages=2)
RECORD = {"ref": "0123456789", "points": list(range(40)), "name": "Ani Rahayu", "at": AT}


def entered(count: int) -> list[Letter]:
    """Return so many letters in their first state; not measured."""
    letters = [Letter() for _ in range(count)]
    enter_many(CHART, letters, by=ANI, at=AT)
    return letters


def measured(name: str, count: int, run: Callable[[], object]) -> None:
    """Print microseconds per record, by the clock on the wall and of own work."""
    wall, work = time.perf_counter(), time.process_time()
    run()
    wall, work = time.perf_counter() - wall, time.process_time() - work
    print(f"{name:34} {1e6 * wall / count:9.1f} {1e6 * work / count:9.1f}", flush=True)


def bare(letters: list[Letter]) -> None:
    """Move each letter by the same two statements, without chart, role, guard or bell."""
    for letter in letters:
        with transaction.atomic():
            Letter._default_manager.filter(pk=letter.pk, state="draft").update(state="sent")
            Event(
                type="letter.sent",
                subject="letter",
                subject_id=letter.pk,
                source="draft",
                target="sent",
                actor_id=1,
                actor_role="applicant",
                at=AT,
                facts={"pages": 2},
            ).save(force_insert=True)


def main(count: int) -> None:
    """Print one figure beside its baseline for each path."""
    call_command("migrate", verbosity=0)
    make_table()
    print(f"{'microseconds per record':34} {'wall':>9} {'work':>9}")
    one = entered(count)
    measured(
        "take", count, lambda: [take(CHART, "send", x, by=ANI, at=AT, facts=PAGES) for x in one]
    )
    two = entered(count)
    measured("  bare UPDATE and INSERT", count, lambda: bare(two))
    three = entered(count)
    measured(
        "take_many",
        count,
        lambda: take_many(CHART, "send", three, by=ANI, at=AT, facts=lambda _: PAGES),
    )
    measured("enter_many", count, lambda: entered(count))
    measured("canonical bytes and digest", count, lambda: [digest.of(RECORD) for _ in range(count)])
    flat = canonical.plain(RECORD)
    measured(
        "  canonical bytes of plain data",
        count,
        lambda: [canonical.dumps(flat) for _ in range(count)],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
