"""Can everybody sit the exam at once? The real intake in a scratch house, and a crowd beside it.

Each phase tells rate, latency and cost; at the end the vault is read and held against every receipt.
"""

import gc
import os
import random
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import connection

from kompeten.kernel import refs
from kompeten.ops import prepare
from kompeten.ops.bench import baseline, people, proof
from kompeten.ops.bench.crowd import Crowd, Tally
from kompeten.ops.bench.people import Candidate, Job
from kompeten.ops.bench.processes import postgres_cpu
from kompeten.ops.bench.server import Server, free_port

START, AUTOSAVE, RESTART, FINISH = "start", "autosave", "restart", "finish"
BURST, SATURATION = "burst", "saturation"
PHASES = (START, AUTOSAVE, RESTART, FINISH, BURST, SATURATION)
START_SECONDS, EVERY_SECONDS, FINISH_SECONDS, BURST_SECONDS = 30.0, 30.0, 120.0, 5.0
KILLED_AFTER_SECONDS = 5.0
MOST_A_SECOND = 12_000  # requests made ready for each second of pressing
AT_ONCE = 256
BASELINE_AT_ONCE, BASELINE_MOST = 25, 3_000
Say = Callable[[str], None]
Act = Callable[[Candidate], tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Phase:
    """What one phase came to; `server_cpu` and its like are cores, so 1.0 is one core busy all the time."""

    phase: str
    answered: int
    rate: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    errors: int
    again: int
    server_cpu: float
    generator_cpu: float
    database_cpu: float
    rss_mb: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a bench says; the keys are a contract with other programs."""

    candidates: int
    connections: int
    way: str
    database: str
    errors: int
    acknowledged: int
    lost: int
    wrong: int
    phases: dict[str, Phase]
    baseline: Phase | None = None  # a page with one ORM write per answer, by the same crowd
    ratio: float | None = None  # how often the intake's saturation holds the baseline's


@dataclass(slots=True)
class Stage:
    """What the phases share."""

    server: Server
    crowd: Crowd
    people: list[Candidate]
    receipts: list[bytes]


def bench(
    candidates: int,
    *,
    seconds: float,
    phases: Sequence[str],
    connections: int,
    seed: int,
    with_baseline: bool,
    inside: bool,
    say: Say,
) -> Report:
    """Play `phases` with so many candidates, none longer than `seconds`, in the house at hand.

    With `inside` it is the web server that takes the answers, else the intake that stands beside it.
    """
    prepare.tables()
    connection.close()
    _open_many_files()
    rng = random.Random(f"{seed}{refs.new(random.SystemRandom())}")  # noqa: S311 (made-up people)
    since = proof.last_number()
    stage = _stage(candidates, connections=connections, inside=inside, rng=rng)
    found = _played(stage, phases, seconds=seconds, say=say)
    plain = _baseline(stage.people, seconds=seconds, rng=rng) if with_baseline else None
    if plain:
        say(line(plain))
    proven = proof.prove(stage.receipts, since=since, rng=rng)
    return Report(
        candidates=candidates,
        connections=connections,
        way="inside" if inside else "beside",
        database=_database(),
        errors=sum(phase.errors for phase in found.values()),
        acknowledged=proven.acknowledged,
        lost=proven.lost,
        wrong=proven.wrong,
        phases=found,
        baseline=plain,
        ratio=_ratio(found.get(SATURATION), plain),
    )


def _open_many_files() -> None:
    """Let this process and its server hold as many sockets as the machine allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _stage(candidates: int, *, connections: int, inside: bool, rng: random.Random) -> Stage:
    """Return a server that is not started yet, and the crowd that will press it."""
    port = free_port()
    words = ["kompeten", "serve", *([] if inside else ["--intake-only"]), "--port", str(port)]
    server = Server(words, port=port, knock=f"{people.PATH}/kunci")
    crowd = Crowd(("127.0.0.1", port), most=connections, rng=rng)
    return Stage(server, crowd, people.crowd(candidates, rng=rng), [])


def _played(stage: Stage, phases: Sequence[str], *, seconds: float, say: Say) -> dict[str, Phase]:
    """Start the server, play each phase, and stop it whatever happens; tell as it goes."""
    found = {}
    stage.server.start()
    try:
        stage.server.ready()
        for name in phases:
            found[name] = _phase(stage, name, seconds)
            say(line(found[name]))
    finally:
        stage.crowd.close()
        stage.server.stop()
    return found


def line(phase: Phase) -> str:
    """Return a phase in one line for a waiting person."""
    return (
        f"{phase.phase}: {phase.rate:,.0f} a second, p50 {phase.p50_ms} p95 {phase.p95_ms}"
        f" p99 {phase.p99_ms} ms, {phase.errors} errors, {phase.again} again,"
        f" server {phase.server_cpu}, generator {phase.generator_cpu} cores, {phase.rss_mb} MB"
    )


def _phase(stage: Stage, name: str, seconds: float) -> Phase:
    play = _plan(stage, name, seconds)
    gc.collect()
    gc.disable()
    before = (stage.server.cpu(), postgres_cpu())
    tally = play()
    after = (stage.server.cpu(), postgres_cpu())
    gc.enable()
    stage.receipts += tally.receipts
    spent = (after[0] - before[0], after[1] - before[1])
    return _told(name, tally, spent=spent, rss_mb=stage.server.rss_mb())


def _plan(stage: Stage, name: str, seconds: float) -> Callable[[], Tally]:
    """Make the requests of a phase ready; return what plays it."""
    everybody = stage.people
    saves: Act = partial(_answers, 2, False)
    ends: Act = partial(_answers, 6, True)
    if name == SATURATION:
        jobs = people.spread(everybody, saves, rate=MOST_A_SECOND, seconds=seconds)
        return partial(stage.crowd.press, jobs, at_once=AT_ONCE, seconds=seconds)
    within = {START: START_SECONDS, FINISH: FINISH_SECONDS, BURST: BURST_SECONDS}
    window = within.get(name, EVERY_SECONDS)
    lasting = min(within.get(name, 2 * EVERY_SECONDS), seconds)
    act: Act = {START: Candidate.opening, FINISH: ends, BURST: ends}.get(name, saves)
    planned: list[Job] = people.spread(
        everybody, act, rate=len(everybody) / window, seconds=lasting
    )
    events = []
    if name == RESTART:
        events = [(min(KILLED_AFTER_SECONDS, lasting / 4), partial(_power_cut, stage.server))]
    return partial(stage.crowd.play, planned, events=events)


def _baseline(everybody: list[Candidate], *, seconds: float, rng: random.Random) -> Phase:
    """Press the plain page as hard as it bears: with as many at once as a busy Moodle was given."""
    port = free_port()
    server = Server([baseline.__name__, str(port)], port=port, knock=baseline.PATH)
    crowd = Crowd(("127.0.0.1", port), most=BASELINE_AT_ONCE, rng=rng)
    jobs = [
        Job(0.0, baseline.request(everybody[n % len(everybody)].attempt, n % 100), people.OPENED)
        for n in range(int(seconds * BASELINE_MOST))
    ]
    server.start()
    try:
        server.ready()
        before = (server.cpu(), postgres_cpu())
        tally = crowd.press(jobs, at_once=BASELINE_AT_ONCE, seconds=seconds)
        spent = (server.cpu() - before[0], postgres_cpu() - before[1])
        return _told("baseline", tally, spent=spent, rss_mb=server.rss_mb())
    finally:
        crowd.close()
        server.stop()


def _ratio(saturation: Phase | None, plain: Phase | None) -> float | None:
    return round(saturation.rate / plain.rate, 1) if saturation and plain else None


def _answers(count: int, hands_in: bool, person: Candidate) -> tuple[bytes, bytes]:
    return person.answers(count, hands_in=hands_in)


def _power_cut(server: Server) -> None:
    server.kill()
    server.start()


def _told(name: str, tally: Tally, *, spent: tuple[float, float], rss_mb: int) -> Phase:
    took = sorted(tally.took)

    def at(share: float) -> float:
        place = min(len(took) - 1, int(share * len(took)))
        return round(1000 * took[place], 1) if took else 0.0

    return Phase(
        phase=name,
        answered=len(took),
        rate=round(len(took) / tally.seconds, 1),
        p50_ms=at(0.5),
        p95_ms=at(0.95),
        p99_ms=at(0.99),
        max_ms=at(1.0),
        errors=tally.errors,
        again=tally.again,
        server_cpu=round(spent[0] / tally.seconds, 2),
        generator_cpu=round(tally.generator_cpu / tally.seconds, 2),
        database_cpu=round(spent[1] / tally.seconds, 2),
        rss_mb=rss_mb,
    )


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"sqlite, synchronous={settings.OPTIONS.sqlite_synchronous}"
    return f"postgresql, {os.environ.get('KOMPETEN_INTAKE_WORKERS', '1')} workers"
