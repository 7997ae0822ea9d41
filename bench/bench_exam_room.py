"""What does the written exam cost for one candidate? On a scratch SQLite file.

    python bench/bench_exam_room.py [people] [synchronous]      default 400 FULL; milliseconds per person

Seating, opening, ten messages of ten answers with the hand-in in the last, into the vault and out of it
into the room, closing and scoring, by the room's own actions; the devices of forty candidates at a time,
which includes building and hashing their chains. Budget: 8 ms per person from opening to hand-in, 1 ms
for scoring. What the vault's door can take in a second is measured by `kompeten bench exam`.
"""

import random
import sys
from datetime import UTC, datetime, timedelta

from scratch import house

SYNCHRONOUS = sys.argv[2] if len(sys.argv) > 2 else "FULL"
house(SQLITE_SYNCHRONOUS=SYNCHRONOUS)

from accepted import accepted  # noqa: E402 (the house comes first)
from django.core.management import call_command  # noqa: E402
from spending import report, spent  # noqa: E402

from kompeten.applications.models import Application  # noqa: E402
from kompeten.exams import actions, queries, tasks  # noqa: E402
from kompeten.exams.terms import Sat  # noqa: E402
from kompeten.itembank import actions as itembank  # noqa: E402
from kompeten.itembank import queries as papers  # noqa: E402
from kompeten.kernel.actors import SYSTEM, Actor  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from kompeten.schemes import actions as schemes  # noqa: E402
from kompeten.schemes import queries as scheme_queries  # noqa: E402

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OPENS = AT + timedelta(days=7)
CLOSES = OPENS + timedelta(hours=3)
TOGETHER = 40
OFFICER = Actor(2, frozenset({Role.COORDINATOR, Role.INVIGILATOR}))
WRITER, REVIEWER = (Actor(key, frozenset({Role.ITEM_WRITER})) for key in (3, 4))
RNG = random.Random(7)


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
    rows = accepted(count, at=AT, rng=RNG)
    sat(rows)
    scored = queries.outcomes(row.pk for row in rows)
    assert len(scored) == count
    print(f"{count} people, synchronous={SYNCHRONOUS}")
    report(count, wholes=("exam",))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
