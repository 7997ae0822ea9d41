"""What does it cost to issue certificates, whole, and does the cost stay the same for many?

    python bench/bench_issuing.py [people …]                default 200 1000; each size in a house of its own
    python bench/bench_issuing.py --workers 2 [people …]    by that many workers side by side

Reserved, recorded, signed, checked, logged, published and entered in the register by the house's own
followers: in one process with the pool it keeps for the slow steps, step by step, or by workers that
take turns at the inboxes as `kompeten work` does. The baseline is the smallest size: what each costs
there, each should cost among
16,920. Budget: 16,920 in under three minutes with two workers on two idle cores.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
STEPS = ("reserve", "intend", "sign", "check", "publish")
LOOK_SECONDS = 0.2
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


def bench(people: int, *, workers: int) -> Report:
    """Issue a certificate for each of `people` made-up persons, and look at what came out."""
    from granted import stock  # beside this file

    from kompeten.certificates import queries

    stock(people, at=AT, rng=random.Random(people))
    steps: tuple[Step, ...] = ()
    with _workers(workers):
        began, spent = time.perf_counter(), _cpu()
        if workers:
            _awaited(people)
        else:
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


@contextmanager
def _workers(count: int) -> Iterator[None]:
    """Run workers side by side, each a process with its own pool, at these followers only."""
    environment = os.environ | {"BENCH_SIZE": "0"}
    running = [subprocess.Popen([sys.executable, __file__], env=environment) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def work() -> None:
    """Take turns at the followers' inboxes, as a worker does, until somebody ends this process."""
    from kompeten.foundation.ledger import jobs

    while True:
        if not sum(jobs.pull_bell.call(name) for name in _followers()):
            time.sleep(LOOK_SECONDS)


def _awaited(people: int) -> None:
    """Wait until the register shows everybody, as the last step does."""
    from kompeten.certificates import queries
    from kompeten.register.models import Entry

    while queries.published().count() < people or Entry.objects.count() < people:
        time.sleep(LOOK_SECONDS)


def _drained() -> tuple[Step, ...]:
    """Pull the followers from the decision to the register until nothing is left, and time each."""
    from kompeten.foundation import ledger

    spent: dict[str, list[float]] = {}
    known = ledger.followers()
    while sum(_pulled(name, known[name].pull, spent) for name in _followers()):
        continue
    return tuple(Step(name, int(n), round(s, 2)) for name, (n, s) in spent.items() if n)


def _followers() -> list[str]:
    from kompeten.foundation import ledger

    registers = sorted(name for name in ledger.followers() if name.startswith("register."))
    return [*(f"certificates.{step}" for step in STEPS), *registers]


def _pulled(name: str, pull: Any, spent: dict[str, list[float]]) -> int:
    kept, total = spent.setdefault(name, [0, 0.0]), 0
    began = time.perf_counter()
    while settled := pull(at=AT):
        total += settled
    kept[0] += total
    kept[1] += time.perf_counter() - began
    return total


def _wrong() -> int:
    """Return how many of a sample do not hold before the register's verifier."""
    from kompeten.certificates import queries
    from kompeten.foundation import clock
    from kompeten.register import queries as register

    keys = list(queries.published().values_list("pk", flat=True))
    chosen = queries.by_ids(random.Random(1).sample(keys, min(SAMPLE, len(keys))))
    at = clock.now()
    return sum(not register.judge(queries.pdf(c), at=at)[0].ok for c in chosen.values())


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


def one(people: int, *, workers: int) -> int:
    """Bench one size in this process, in a house that is thrown away; of nobody, be one of its workers."""
    import django
    from django.core.management import call_command

    django.setup()
    if not people:
        work()
    from kompeten.ops import prepare

    call_command("migrate", interactive=False, verbosity=0)
    prepare.load_schemes()
    prepare.make_keys()
    report = bench(people, workers=workers)
    print("\n".join(told(report)), flush=True)
    return 1 if report.wrong else 0


def main(sizes: list[str], *, workers: int) -> int:
    """Bench each size in a process of its own; say whether all came out whole."""
    failed = 0
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="kompeten-bench-") as folder:
            environment = os.environ | {
                "KOMPETEN_DATA_DIR": folder,
                "KOMPETEN_LOG_LEVEL": "WARNING",
                "DJANGO_SETTINGS_MODULE": "kompeten.config.settings",
                "BENCH_SIZE": size,
            }
            command = [sys.executable, __file__, "--workers", str(workers)]
            failed += subprocess.run(command, env=environment).returncode
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("people", nargs="*", default=["200", "1000"])
    asked = parser.parse_args()
    alone = os.environ.get("BENCH_SIZE")
    if alone:
        sys.exit(one(int(alone), workers=asked.workers))
    sys.exit(main(asked.people, workers=asked.workers))
