"""Does each bench still run, in small? What it measures is never asserted."""

import os
import runpy
import sys

import pytest

from tests.house.code import ROOT

BENCH = ROOT / "bench"
SMALL = {
    "certificate": ["10"],
    "collective_check": ["40"],
    "collective_import": ["40"],
    "credential": ["4"],
    "exam_room": ["8"],
    "intake": [],
    "issuing": ["4"],
    "ledger": ["20"],
    "log": ["200"],
    "portfolio": ["8"],
}
# With a browser, a server or compiled pages of their own: `make bench` alone runs these.
WHOLE = {"arriving", "desk", "verification"}


def test_every_bench_has_its_place() -> None:
    found = {path.stem.removeprefix("bench_") for path in BENCH.glob("bench_*.py")}

    assert found == SMALL.keys() | WHOLE


@pytest.mark.django_db
@pytest.mark.parametrize("name", SMALL)
def test_each_bench_ends_well(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(BENCH / f"bench_{name}.py")
    monkeypatch.setattr(os, "environ", os.environ | {"BENCH_SIZE": "".join(SMALL[name])})
    monkeypatch.setattr(sys, "argv", [path, *SMALL[name]])
    monkeypatch.syspath_prepend(str(BENCH))
    ended = None

    try:
        runpy.run_path(path, run_name="__main__")
    except SystemExit as end:
        ended = end.code

    assert not ended
    assert capsys.readouterr().out
