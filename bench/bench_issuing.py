"""What does it cost to issue certificates, whole, and does the cost stay the same for many?

    python bench/bench_issuing.py [people …]      default 200 1000; each size in a house of its own

Reserved, recorded, signed, checked, logged, published and entered in the register by the house's own
followers, in one process and the pool it keeps for the slow steps. The baseline is the smallest
size: what each costs there, each should cost among 16,920. Budget: 16,920 in under three minutes.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FOLLOWER = "certificates.issue"
SAMPLE = 50  # certificates checked anew at the end, by the register's own verifier


@dataclass(frozen=True, slots=True)
class Step:
    """One step for everybody: how many, in how many seconds."""

    name: str
    count: int
    seconds: float

    @property
    def ms_each(self) -> float:
        """Milliseconds by the clock for each."""
        return round(self.seconds * 1000 / self.count, 2) if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What was issued and what it cost; `wrong` are certificates that did not come out whole."""

    people: int
    wrong: int
    seconds: float
    cpu_seconds: float
    rss_mb: int
    steps: tuple[Step, ...]

    @property
    def cpu_ms_each(self) -> float:
        """Milliseconds of all cores together for each."""
        return round(self.cpu_seconds * 1000 / self.people, 2)


def bench(people: int) -> Report:
    """Issue a certificate for each of `people` made-up persons, and look at what came out."""
    from granted import stock  # beside this file

    from kompeten.certificates import queries

    stock(people, at=AT, rng=random.Random(people))
    began, spent = time.perf_counter(), _cpu()
    steps = _drained()
    seconds, cpu, rss_kb = time.perf_counter() - began, _cpu() - spent, _rss_kb()
    published = queries.published().count()
    return Report(
        people=people,
        wrong=people - published + _wrong(),
        seconds=seconds,
        cpu_seconds=cpu,
        rss_mb=rss_kb // 1024,
        steps=steps,
    )


def _drained() -> tuple[Step, ...]:
    """Pull the followers from the decision to the register until nothing is left, and time each step."""
    from kompeten.foundation import ledger

    spent: dict[str, list[float]] = {}
    pulls = [name for name in ledger.followers() if name.startswith("register.")]
    while sum(_pulled(name, spent) for name in (FOLLOWER, *sorted(pulls))):
        continue
    return tuple(Step(name, int(n), round(s, 2)) for name, (n, s) in spent.items())


def _pulled(name: str, spent: dict[str, list[float]]) -> int:
    total = 0
    for step, settled, seconds in _batches(name):
        kept = spent.setdefault(step, [0, 0.0])
        kept[0] += settled
        kept[1] += seconds
        total += settled
    return total


def _batches(name: str) -> Iterator[tuple[str, int, float]]:
    from kompeten.foundation import ledger

    pull = ledger.followers()[name].pull
    while True:
        step = _next_step() if name == FOLLOWER else name
        began = time.perf_counter()
        settled = pull(at=AT)
        if not settled:
            return
        yield step, settled, time.perf_counter() - began


def _next_step() -> str:
    """Return the step that the follower takes next; it takes those furthest on the way first."""
    from kompeten.certificates import actions, queries

    for state, take in reversed(actions.STEPS.items()):
        if queries.waiting(state).exists():
            return take.__name__
    return "reserve"


def _wrong() -> int:
    """Return how many of a sample do not hold before the register's verifier."""
    from kompeten.certificates import queries
    from kompeten.register import queries as register

    keys = list(queries.published().values_list("pk", flat=True))
    chosen = queries.by_ids(random.Random(1).sample(keys, min(SAMPLE, len(keys))))
    return sum(not register.judge(queries.pdf(c), at=AT)[0].ok for c in chosen.values())


def _cpu() -> float:
    """Return the processor seconds of this process and of its pool so far."""
    from kompeten.ops.bench import processes

    return sum(map(processes.cpu, processes.family(os.getpid())))


def _rss_kb() -> int:
    from kompeten.ops.bench import processes

    return sum(map(processes.rss_kb, processes.family(os.getpid())))


def told(report: Report) -> list[str]:
    """Return the table of one size."""
    return [
        f"{report.people} certificates",
        *(f"  {s.name:24}{s.ms_each:8.2f} ms each{s.seconds:9.2f} s" for s in report.steps),
        f"  {'whole':24}{report.seconds * 1000 / report.people:8.2f} ms each{report.seconds:9.2f} s"
        f"   {report.cpu_ms_each:.2f} ms of CPU each, {report.rss_mb} MB, {report.wrong} wrong",
    ]


def one(people: int) -> int:
    """Bench one size in this process, in a house that is thrown away."""
    import django
    from django.core.management import call_command

    django.setup()
    from kompeten.ops import prepare

    call_command("migrate", interactive=False, verbosity=0)
    prepare.load_schemes()
    prepare.make_keys()
    report = bench(people)
    print("\n".join(told(report)), flush=True)
    return 1 if report.wrong else 0


def main(sizes: list[str]) -> int:
    """Bench each size in a process of its own; say whether all came out whole."""
    failed = 0
    for size in sizes or ["200", "1000"]:
        with tempfile.TemporaryDirectory(prefix="kompeten-bench-") as folder:
            environment = os.environ | {
                "KOMPETEN_DATA_DIR": folder,
                "KOMPETEN_LOG_LEVEL": "WARNING",
                "DJANGO_SETTINGS_MODULE": "kompeten.config.settings",
                "BENCH_SIZE": size,
            }
            failed += subprocess.run([sys.executable, __file__], env=environment).returncode
    return failed


if __name__ == "__main__":
    alone = os.environ.get("BENCH_SIZE")
    sys.exit(one(int(alone)) if alone else main(sys.argv[1:]))
