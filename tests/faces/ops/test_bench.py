"""Does the bench drive the real intake, kill it, and find everything that was acknowledged? On either database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.make import races

PATIENCE = 240


@pytest.fixture
def bench(tmp_path: Path, bare: races.Bare) -> Any:
    """Return a function that runs a bench against a database made for it."""

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        with races.scratch(bare) as url:
            done = subprocess.run(
                [sys.executable, "-m", "kompeten", "bench", "exam", *words, "--json"],
                env=os.environ
                | {
                    "KOMPETEN_DATABASE_URL": url,
                    "KOMPETEN_INTAKE_WORKERS": "1" if url == "sqlite" else "2",
                    "TMPDIR": str(tmp_path),
                },
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        return done.returncode, json.loads(done.stdout or "{}")

    return run


def test_an_intake_killed_half_way_has_lost_nothing_it_acknowledged(bench: Any) -> None:
    code, report = bench(
        "--candidates", "3000", "--seconds", "5", "--phases", "start,restart,saturation"
    )

    assert (code, report["errors"], report["lost"], report["wrong"]) == (0, 0, 0, 0)
    start, restart, saturation = (report[n] for n in ("start", "restart", "saturation"))
    assert report["phases"] == {"start": start, "restart": restart, "saturation": saturation}
    assert start["answered"] == restart["answered"] == 500  # 100 a second, for 5 seconds
    assert restart["max_ms"] > 100  # somebody waited for the new process
    assert saturation["answered"] > 500
    assert report["acknowledged"] >= 1000 + saturation["answered"]
    assert {"rate", "p50_ms", "p95_ms", "p99_ms", "server_cpu", "generator_cpu", "rss_mb"} <= set(
        saturation
    )


def test_growth_tells_each_size_apart(bench: Any) -> None:
    code, report = bench("--growth", "30", "300", "--seconds", "1", "--phases", "autosave")

    assert code == 0
    assert [one["candidates"] for one in report["growth"]] == [30, 300]
    assert [one["autosave"]["answered"] for one in report["growth"]] == [1, 10]
    assert [one["lost"] for one in report["growth"]] == [0, 0]


def test_an_unknown_phase_is_named(bench: Any) -> None:
    code, report = bench("--phases", "start,middle")

    assert code == 2
    assert "unknown phase middle" in report["error"]
