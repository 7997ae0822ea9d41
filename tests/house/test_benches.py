"""Does each bench still run, in small? What it measures is never asserted."""

import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kompeten.register import tasks
from tests.house.code import ROOT

BENCH = ROOT / "bench"
SMALL = {
    "certificate": ["10"],
    "collective_check": ["40"],
    "collective_import": ["40"],
    "credential": ["4"],
    "exam_room": ["8"],
    "intake": [],
    "ledger": ["20"],
    "log": ["200"],
    "portfolio": ["8"],
}
# With a browser, a server or compiled pages of their own: `make bench` alone runs these.
WHOLE = {"arriving", "desk", "verification"}


def test_every_bench_has_its_place() -> None:
    found = {path.stem.removeprefix("bench_") for path in BENCH.glob("bench_*.py")}

    assert found == SMALL.keys() | WHOLE | {"issuing"}


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Take back what a bench leaves in its process: options, folders, modules, how many at once."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tasks, "BATCH", tasks.BATCH)
    monkeypatch.syspath_prepend(str(BENCH))
    known = set(sys.modules)
    yield
    for name in set(sys.modules) - known:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(BENCH)):
            del sys.modules[name]


@pytest.mark.django_db
@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("name", SMALL)
def test_each_bench_ends_well(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(BENCH / f"bench_{name}.py")
    monkeypatch.setattr(sys, "argv", [path, *SMALL[name]])

    runpy.run_path(path, run_name="__main__")

    assert capsys.readouterr().out


def test_the_bench_of_issuing_ends_well() -> None:
    """In a process and a house of its own, whose keys and files go with it."""
    run = [sys.executable, str(BENCH / "bench_issuing.py"), "4"]

    ended = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)

    assert ended.returncode == 0, ended.stderr
    assert "4 certificates" in ended.stdout
