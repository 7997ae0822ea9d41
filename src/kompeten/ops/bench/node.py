"""Does a small laptop carry a room? A whole sitting on one core and 1 GB, a power cut in it, and home again.

The house at hand is headquarters; the site is a process of its own with its own disk and keys, which
knows of no other machine. Phones are raw sockets; ninety minutes pass in `seconds`.
"""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import State
from kompeten.exams import queries as exams
from kompeten.exams.queries import carrying
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.node import actions, queries
from kompeten.node.terms import Card, Unpacked
from kompeten.ops import prepare
from kompeten.ops.bench.crowd import Crowd, Tally
from kompeten.ops.bench.laptop import Laptop, Phone
from kompeten.ops.bench.people import OPENED, spread
from kompeten.ops.walk import cast, exam, intake, lists, year
from kompeten.ops.walk.stage import Say, Stage
from kompeten.regions import queries as regions

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

MINUTES = 90
SAVE_EVERY = 40.0  # seconds of the exam between two messages of one phone
MORE = 1.4  # so many apply for each seat: not everybody gets so far
BELL_SECONDS = 25.0  # from seating to the bell: the laptop is switched on, phones come in
BURST_SECONDS = 5.0
PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it; the keys are a contract with other programs.

    `lost` counts acknowledged messages that headquarters does not have, or with another content or
    instant, once the parcel is home; `copy_lacks` is what the second copy has less than the vault.
    Times in milliseconds are from when a message was due; `again` counts those sent once more.
    """

    phones: int
    messages: int
    lost: int
    errors: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    doors_p95_ms: float
    again: int
    cut_seconds: float
    peak_rss_mb: int
    parcel_kb: int
    unpack_seconds: float
    copy_lacks: int
    seconds: float


def bench(phones: int, *, seconds: float, seed: int, folder: Path, say: Say) -> Report:
    """Play the sitting and return what came of it."""
    begun = time.monotonic()
    rng = random.Random(seed)  # noqa: S311 (the same room for a seed)
    say("headquarters: people, papers, seats")
    stage = _stage(rng, say)
    candidates = _candidates(stage, phones)
    laptop = Laptop(folder)
    codes = _given(stage, candidates, laptop, to=folder / "keluar.parsel")
    try:
        laptop.start()
        laptop.ready()
        say(f"{len(codes)} phones at the door")
        held = laptop.doors(codes)
        tallies, cut = _sit(held, laptop, seconds=seconds, rng=rng, say=say)
        time.sleep(3)  # the second copy follows within a second or two
        peak = laptop.peak_rss_mb()
    finally:
        laptop.kill()
    say("home again")
    home = folder / "kembali.parsel"
    laptop.command("node", "return", "--to", str(home))
    taking = time.monotonic()
    done = _unpacked(stage, home)
    spent = time.monotonic() - taking
    receipts = [phone.opened for phone in held] + [r for t in tallies for r in t.receipts]
    calm = sorted(t for tally in (tallies[0], *tallies[2:]) for t in tally.took)
    doors = sorted(t for phone in held for t in phone.took)
    return Report(
        phones=len(held),
        messages=len(receipts),
        lost=_lost(receipts),
        errors=sum(t.errors for t in tallies) + sum(done.refused.values()),
        p50_ms=_share(calm, 0.5),
        p95_ms=_share(calm, 0.95),
        p99_ms=_share(calm, 0.99),
        doors_p95_ms=_share(doors, 0.95),
        again=sum(t.again for t in tallies),
        cut_seconds=round(cut, 1),
        peak_rss_mb=peak,
        parcel_kb=home.stat().st_size // 1024,
        unpack_seconds=round(spent, 1),
        copy_lacks=_copy_lacks(stage, laptop, done),
        seconds=round(time.monotonic() - begun, 1),
    )


def _stage(rng: random.Random, say: Say) -> Stage:
    prepare.migrate()
    at = clock.now() - timedelta(days=30)
    players = cast.assemble(at=at, rng=rng, assessors=12, sponsors=1, passwords=False)
    stage = Stage(players, rng, at, say)
    exam.stock_bank(stage)
    return stage


def _candidates(stage: Stage, count: int) -> list[object]:
    sponsor = stage.cast.one(Role.SPONSOR)
    places = [lists.Place(c, r.name) for c in sorted(regions.codes()) if (r := regions.region(c))]
    wanted = int(count * MORE) + 10
    rows = lists.lines(wanted, places=places, seed=1, fault_share=0.0)
    intake.receive(stage, lists.workbook(rows), label="tuk.xlsx", sponsor=sponsor)
    stage.later(days=3)
    year.apply(stage, list(applications.in_state(State.DRAFT)), sponsor=sponsor)
    found = exams.inbox(list(applications.accepted()))[:count]
    if len(found) < count:
        raise RuntimeError(f"only {len(found)} people got as far as a seat")
    return list(found)


def _given(stage: Stage, candidates: list[object], laptop: Laptop, *, to: Path) -> list[str]:
    """Seat the candidates, make the laptop known, and let it take the parcel in; return the seat codes."""
    card = laptop.command("node", "init", "--name", "TUK Uji")["node"]
    coordinator = stage.cast.one(Role.COORDINATOR)
    stage.at = clock.now() - timedelta(days=1) + timedelta(seconds=BELL_SECONDS)
    sitting: Sitting = exam.sitting(stage, candidates)  # type: ignore[arg-type]
    at = clock.now()
    node = actions.register(Card(**card), by=coordinator, at=at)  # type: ignore[arg-type]
    _, content = actions.pack(sitting, node, by=coordinator, at=at, rng=stage.rng)
    to.write_bytes(content)
    laptop.take_in(to)
    return list(queries.seat_codes(sitting).values())


def _sit(
    held: list[Phone], laptop: Laptop, *, seconds: float, rng: random.Random, say: Say
) -> tuple[list[Tally], float]:
    """Let ninety minutes pass in `seconds`: calm, a power cut, calm, and everybody hands in."""
    people = [phone.candidate for phone in held]
    rate = len(people) * MINUTES * 60 / SAVE_EVERY / seconds
    crowd = Crowd(("127.0.0.1", laptop.port), most=len(people), rng=rng)
    cut: list[float] = []

    def power_cut() -> None:
        laptop.kill()
        laptop.start()
        since = time.monotonic()

        def back() -> None:
            laptop.ready()
            cut.append(time.monotonic() - since)

        Thread(target=back).start()

    say(f"{rate:.0f} messages a second")
    third = seconds / 3
    tallies = [crowd.play(spread(people, lambda p: p.answers(1), rate=rate, seconds=third))]
    say("power cut")
    jobs = spread(people, lambda p: p.answers(1), rate=rate, seconds=third)
    tallies.append(crowd.play(jobs, events=[(1.0, power_cut)]))
    tallies.append(crowd.play(spread(people, lambda p: p.answers(1), rate=rate, seconds=third)))
    say("everybody hands in")
    rate = len(people) / BURST_SECONDS
    ends = spread(people, lambda p: p.answers(1, hands_in=True), rate=rate, seconds=BURST_SECONDS)
    tallies.append(crowd.play(ends))
    return tallies, cut[0] if cut else 0.0


def _unpacked(stage: Stage, path: Path) -> Unpacked:
    by = stage.cast.one(Role.COORDINATOR)
    return actions.unpack(path.read_bytes(), by=by, at=clock.now())


def _copy_lacks(stage: Stage, laptop: Laptop, done: Unpacked) -> int:
    """Take the second copies in, of before and after the cut: the newest must have it all."""
    rows = [_unpacked(stage, path).rows for path in sorted(laptop.usb.glob("*.parsel"))]
    return done.rows - max(rows, default=0)


def _lost(receipts: Iterable[bytes]) -> int:
    kept: dict[bytes, int] = {}
    number = 0
    while rows := carrying.after(number, limit=PAGE):
        for stored in rows:
            r = stored.row
            place = f"1.{r.attempt}.{r.chain}.{r.first}.{r.last}.{r.head}"
            opened = OPENED + f"{r.attempt}.{r.chain}".encode("ascii")
            kept[place.encode("ascii") if r.head else opened] = r.received
        number = rows[-1].id
    lost = 0
    for text in receipts:
        if text.startswith(OPENED):
            lost += text not in kept
        else:
            parts = text.split(b".")
            lost += kept.get(b".".join(parts[:6])) != int(parts[6])
    return lost


def _share(took: list[float], share: float) -> float:
    return round(took[min(len(took) - 1, int(len(took) * share))] * 1000, 1) if took else 0.0
