"""Would the year go well? A whole national year in a scratch house, by the real actions."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from kompeten.applications import queries
from kompeten.applications.terms.application import State
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops import prepare
from kompeten.ops.walk import cast, exam, intake, lists, year
from kompeten.ops.walk.stage import Say, Stage
from kompeten.people import actions as people
from kompeten.regions import queries as regions

BEGINS = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FAULTS = 0.05  # share of lines that need repair
MENDED = 0.5  # share of these that an office mends within the year


@dataclass(frozen=True, slots=True)
class Report:
    """What a rehearsal says; the keys are a contract with other programs."""

    people: int
    certified: int
    not_yet_competent: int
    rejected: int
    in_repair: int
    lost: int
    seconds: float
    seconds_per_room: dict[str, float]
    peak_rss_mb: int


def in_scratch_house(arguments: list[str]) -> int:
    """Run `kompeten rehearse` again on a database and files that are thrown away; return its exit code.

    The scratch house does not wait for the disk: how durable a commit is has benches of its own.
    """
    with tempfile.TemporaryDirectory(prefix="kompeten-gladi-") as folder:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_")}
        scratch = {
            "KOMPETEN_DATA_DIR": folder,
            "KOMPETEN_SQLITE_SYNCHRONOUS": "OFF",
            "KOMPETEN_DEMO": "true",
            "KOMPETEN_MAIL_FOLDER": f"{folder}/surat",
            "KOMPETEN_LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "-m", "kompeten", "rehearse", *arguments, "--here"]
        return subprocess.run(command, env=kept | scratch, check=False).returncode  # noqa: S603


def rehearse(people_count: int, *, seed: int, say: Say, wave: int = year.WAVE) -> Report:
    """Play the year with `people_count` made-up people in the house at hand, which must be empty.

    Waves of `wave` people go one after another, so the calendar of a large year is longer than a
    year; what is measured is its work.
    """
    prepare.migrate()
    begun = time.perf_counter()
    rng = random.Random(seed)  # noqa: S311 (the same year for a seed)
    players = cast.assemble(
        at=BEGINS,
        rng=rng,
        assessors=max(12, min(120, people_count // 40)),
        sponsors=1,
        passwords=False,
    )
    stage = Stage(players, rng, BEGINS, say)
    exam.stock_bank(stage)
    sponsor = players.one(Role.SPONSOR)
    content = lists.workbook(
        lists.lines(people_count, places=_places(), seed=seed, fault_share=FAULTS)
    )
    result = intake.receive(stage, content, label="nasional.xlsx", sponsor=sponsor)
    stage.later(days=3)
    mended = year.mend_some(stage, by=sponsor, share=MENDED)
    people.invite_many([a.person_id for a in mended], at=stage.at, rng=rng)
    drafts = list(queries.in_state(State.DRAFT).values_list("pk", flat=True))
    _in_waves(stage, drafts, size=wave, sponsor=sponsor)
    tally = year.tally(result.good + result.repair)
    return Report(
        people=tally.people,
        certified=tally.certified,
        not_yet_competent=tally.not_yet_competent,
        rejected=tally.rejected,
        in_repair=tally.in_repair,
        lost=tally.lost,
        seconds=round(time.perf_counter() - begun, 1),
        seconds_per_room={k: round(v, 2) for k, v in sorted(stage.seconds.items())},
        peak_rss_mb=_peak_rss_mb(),
    )


def _in_waves(stage: Stage, keys: list[int], *, size: int, sponsor: Actor) -> None:
    """Load each wave only when it goes, so that memory does not grow with the year."""
    for start in range(0, len(keys), size):
        cast.renew_licences(at=stage.at)
        wave = list(queries.by_ids(keys[start : start + size]).values())
        stage.say(f"gelombang {start // size + 1}: {len(wave)} orang")
        year.go(stage, wave, sponsor=sponsor)


def _places() -> list[lists.Place]:
    places = []
    for code in sorted(regions.codes()):
        region = regions.region(code)
        if region is not None:
            places.append(lists.Place(code, region.name))
    return places


def _peak_rss_mb() -> int:
    """Return the most memory this process and its largest helper held at once, in MB (Linux: kB units)."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + helpers) // 1024
