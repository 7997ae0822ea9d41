"""What does the written exam cost for one candidate? On a scratch SQLite file.

    python bench/bench_exam_room.py [people] [synchronous]      default 400 FULL; milliseconds per person

Seating, opening, ten messages of ten answers with the hand-in in the last, into the vault and out of it
into the room, closing and scoring, by the room's own actions; the devices of forty candidates at a time,
which includes building and hashing their chains. Budget: 8 ms per person from opening to hand-in, 1 ms
for scoring. What the vault's door can take in a second is measured by `kompeten bench exam`.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

SCRATCH = tempfile.TemporaryDirectory(prefix="kompeten-bench-")
os.environ["KOMPETEN_DATA_DIR"] = SCRATCH.name
os.environ["KOMPETEN_SQLITE_SYNCHRONOUS"] = sys.argv[2] if len(sys.argv) > 2 else "FULL"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")

import django  # noqa: E402 (the environment comes first)

django.setup()

from django.core.management import call_command  # noqa: E402

from kompeten.applications import actions as applications  # noqa: E402
from kompeten.applications.chart import APPLICATION  # noqa: E402
from kompeten.applications.models import Application  # noqa: E402
from kompeten.applications.terms.application import Opening, Submission  # noqa: E402
from kompeten.exams import actions, queries, tasks  # noqa: E402
from kompeten.exams.terms import Sat  # noqa: E402
from kompeten.foundation import ledger  # noqa: E402
from kompeten.itembank import actions as itembank  # noqa: E402
from kompeten.itembank import queries as papers  # noqa: E402
from kompeten.kernel import refs  # noqa: E402
from kompeten.kernel.actors import SYSTEM, Actor  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from kompeten.people import actions as people  # noqa: E402
from kompeten.people.terms import Identity  # noqa: E402
from kompeten.schemes import actions as schemes  # noqa: E402
from kompeten.schemes import queries as scheme_queries  # noqa: E402
from kompeten.schemes.terms import Route  # noqa: E402

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OPENS = AT + timedelta(days=7)
CLOSES = OPENS + timedelta(hours=3)
SCHEME = "social_worker_generalist"
TOGETHER = 40
CLERK = Actor(1, frozenset({Role.APPLICANT, Role.SPONSOR, Role.VERIFIER}))
OFFICER = Actor(2, frozenset({Role.COORDINATOR, Role.INVIGILATOR}))
WRITER, REVIEWER = (Actor(key, frozenset({Role.ITEM_WRITER})) for key in (3, 4))
RNG = random.Random(7)

SPENT: dict[str, float] = {}  # seconds by the clock on the wall
WORKED: dict[str, float] = {}  # seconds of this process's own work


@contextmanager
def spent(name: str) -> Iterator[None]:
    """Add the time of the block to `name`."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    SPENT[name] = SPENT.get(name, 0.0) + time.perf_counter() - start
    WORKED[name] = WORKED.get(name, 0.0) + time.process_time() - worked


def candidates(count: int) -> list[Application]:
    """Return accepted applications of so many new people; not measured."""
    identities = [Identity(nik=f"12{n:014d}", name=f"Peserta {n}") for n in range(count)]
    keys = people.admit_many(identities, at=AT, rng=RNG)
    version = scheme_queries.current(SCHEME, on=AT.date())
    assert version is not None
    rows = [
        Application(
            ref=refs.new(RNG),
            person_id=key,
            scheme_version_id=version.id,
            scheme_code=version.scheme_code,
            route=Route.DIRECT_ASSESSMENT.value,
            filed_by_id=1,
            created_at=AT,
        )
        for key in keys.values()
    ]
    opening = Opening(version.scheme_code, version.number, Route.DIRECT_ASSESSMENT.value)
    ledger.enter_many(APPLICATION, rows, by=CLERK, at=AT, facts=lambda _: opening)
    handed, also = Submission(documents=()), {"submitted_at": AT}
    ledger.take_many(
        APPLICATION, "submit", rows, by=CLERK, at=AT, facts=lambda _: handed, also=also
    )
    applications.accept_many(rows, by=CLERK, at=AT)
    return rows


def sat(rows: list[Application]) -> None:
    """Hold one sitting for all, from its plan to its scores."""
    blueprint = scheme_queries.content(rows[0].scheme_version_id).cognitive.blueprint
    itembank.load_packaged(writer=WRITER, reviewer=REVIEWER, at=AT, rng=RNG)
    with spent("form"):
        form = itembank.assemble(blueprint, seed=1, title="Paket", by=WRITER, at=AT, rng=RNG)
    sitting = actions.plan(
        "Ujian",
        scheme_version_ids=[rows[0].scheme_version_id],
        form_ref=form.ref,
        opens_at=OPENS,
        closes_at=CLOSES,
        zone="Asia/Jakarta",
        by=OFFICER,
        at=AT,
        rng=RNG,
    )
    with spent("seat"):
        entries = actions.seat(sitting, rows, by=OFFICER, at=AT, rng=RNG)
    actions.open_sitting(sitting, by=OFFICER, at=OPENS)
    paper = [item.number for case in papers.paper(form.digest) for item in case.items]
    with spent("exam sit"):
        for start in range(0, len(entries), TOGETHER):
            some = [sat_by(e.ref, paper) for e in entries[start : start + TOGETHER]]
            actions.play(some, at=OPENS + timedelta(hours=1))
    with spent("close"):
        actions.close_sitting(sitting, by=OFFICER, at=CLOSES)
    with spent("score"):
        while tasks.score(at=CLOSES):
            continue


def sat_by(attempt: str, paper: list[int]) -> Sat:
    """Return how one candidate opens, answers everything in ten messages, and hands in."""
    taps = [
        (n, RNG.choice("abcd"), OPENS + timedelta(seconds=30 * place))
        for place, n in enumerate(paper, 1)
    ]
    return Sat(attempt, OPENS, taps, OPENS + timedelta(hours=1))


def main(count: int) -> None:
    """Measure, print, and check that nobody was lost on the way."""
    call_command("migrate", verbosity=0)
    schemes.load_packaged(by=SYSTEM, at=AT, rng=RNG)
    rows = candidates(count)
    sat(rows)
    scored = queries.outcomes(row.pk for row in rows)
    assert len(scored) == count
    print(f"{count} people, synchronous={os.environ['KOMPETEN_SQLITE_SYNCHRONOUS']}")
    print(f"{'ms per person':16} {'wall':>7} {'work':>7}")
    for name in SPENT:
        report(name, name, count)
    report("exam in all", "exam", count)


def report(label: str, start: str, count: int) -> None:
    """Print what everything whose name begins with `start` took."""
    wall, work = (
        1000 * sum(s for name, s in figures.items() if name.startswith(start)) / count
        for figures in (SPENT, WORKED)
    )
    print(f"{label:16} {wall:7.2f} {work:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
