"""How fast does the register answer over HTTP, by number and for a file; and how fast without a network?

    python bench/bench_verification.py [seconds]      default 5; rates and milliseconds

A server of the house with two web processes and 300 published certificates, asked by four lines that
each wait for their answer. The baseline is the page for people in the same run, which says the same
in HTML. Budget: by number over 400 a second with a p95 under 15 ms, a PDF handed in under 250 ms at
p95, a check without network under 100 ms.
"""

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

PEOPLE, LINES, AT = 300, 4, datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
Ask = tuple[str, str, bytes]  # method, path, body


def share(values: Sequence[float], part: float) -> float:
    """Return the value below which this part of all lies, in milliseconds."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] * 1000


def press(port: int, next_ask: Callable[[random.Random], Ask], *, seconds: float) -> list[float]:
    """Return what each answer took; each line asks again as soon as it has its answer."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    def line(seed: int) -> None:
        rng, connection = random.Random(seed), http.client.HTTPConnection("127.0.0.1", port)
        while (began := time.perf_counter()) < end:
            method, path, body = next_ask(rng)
            connection.request(method, path, body or None)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} for {path}: {content[:200]!r}")
            took.append(time.perf_counter() - began)

    lines = [threading.Thread(target=line, args=(n,)) for n in range(LINES)]
    for one in lines:
        one.start()
    for one in lines:
        one.join()
    return took


def told(name: str, took: Sequence[float], seconds: float) -> None:
    """Print one line."""
    print(
        f"  {name:34}{len(took) / seconds:9.0f} a second   p50 {share(took, 0.5):6.1f} ms"
        f"   p95 {share(took, 0.95):6.1f} ms   p99 {share(took, 0.99):6.1f} ms",
        flush=True,
    )


def stocked() -> list[tuple[str, str, bytes]]:
    """Return reference, number and sheet of certificates that the house has issued."""
    import django
    from django.core.management import call_command

    django.setup()
    from bench_issuing import bench

    from kompeten.certificates import queries
    from kompeten.ops import prepare

    call_command("migrate", interactive=False, verbosity=0)
    prepare.load_schemes()
    prepare.make_keys()
    report = bench(PEOPLE, workers=0)
    assert report.wrong == 0
    return [(c.ref, c.number, queries.pdf(c)) for c in queries.published()]


def over_http(issued: Sequence[tuple[str, str, bytes]], seconds: float) -> None:
    """Ask a server in every way."""
    from kompeten.ops.bench.server import Server, free_port

    port = free_port()
    server = Server(
        ["kompeten", "serve", "--port", str(port)],
        port=port,
        knock="/periksa/",
        environment={
            "KOMPETEN_LOOKUPS_PER_MINUTE": "0",
            "KOMPETEN_WEB_WORKERS": "2",
            "KOMPETEN_WORK_IN_SERVE": "false",
        },
    )
    server.start()
    try:
        server.ready()
        ways: dict[str, Callable[[random.Random], Ask]] = {
            "API, by number": lambda rng: (
                "GET", f"/api/v1/certificates?number={quote(rng.choice(issued)[1])}", b""
            ),
            "API, by reference": lambda rng: (
                "GET", f"/api/v1/certificates/{rng.choice(issued)[0]}", b""
            ),
            "the page for people (baseline)": lambda rng: ("GET", f"/s/{rng.choice(issued)[0]}", b""),
            "API, a PDF handed in": lambda rng: (
                "POST", "/api/v1/verifications", rng.choice(issued)[2]
            ),
        }  # fmt: skip
        print(f"{PEOPLE} certificates, {LINES} lines, two web processes", flush=True)
        for name, ask in ways.items():
            press(port, ask, seconds=1)  # warm
            told(name, press(port, ask, seconds=seconds), seconds)
    finally:
        server.stop()


def offline(sheet: bytes) -> None:
    """Check a sheet without network: within a process, and as a command of its own."""
    from kompeten.register import queries

    queries.verify(sheet, at=AT)
    took = []
    for _ in range(100):
        began = time.perf_counter()
        verdict = queries.verify(sheet, at=AT)
        took.append(time.perf_counter() - began)
    assert verdict.ok, verdict
    print(f"  {'without network':34}{'':9}            p50 {statistics.median(took) * 1000:6.1f} ms"
          f"   p95 {share(took, 0.95):6.1f} ms")  # fmt: skip


def one(seconds: float) -> int:
    """Bench in this process, in the house that the environment names."""
    issued = stocked()
    over_http(issued, seconds)
    offline(issued[0][2])
    return 0


def main(words: list[str]) -> int:
    """Bench in a house that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="kompeten-bench-") as folder:
        environment = os.environ | {
            "KOMPETEN_DATA_DIR": folder,
            "KOMPETEN_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "kompeten.config.settings",
            "BENCH_SECONDS": words[0] if words else "5",
        }
        return subprocess.run([sys.executable, __file__], env=environment).returncode


if __name__ == "__main__":
    alone = os.environ.get("BENCH_SECONDS")
    sys.exit(one(float(alone)) if alone else main(sys.argv[1:]))
