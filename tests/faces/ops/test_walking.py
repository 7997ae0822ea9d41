"""Do rehearsal, options, doctor and lists keep their contracts as programs of their own?"""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

KEYS = {
    "people", "certified", "not_yet_competent", "rejected", "in_repair", "lost", "seconds",
    "seconds_per_room", "peak_rss_mb",
}  # fmt: skip


def ran(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `kompeten` by itself in a house of its own at `folder`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOMPETEN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "kompeten", *words],
        env=kept | {"KOMPETEN_DATA_DIR": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return what a program said in JSON: on standard output there is nothing else."""
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_rehearsal_counts_everybody_and_leaves_the_house_alone(tmp_path: Path) -> None:
    done = ran(tmp_path, "rehearse", "--people", "30", "--json")

    told = report(done)
    places = ("certified", "not_yet_competent", "rejected", "in_repair")
    assert done.returncode == 0
    assert told.keys() == KEYS
    assert (told["people"], sum(told[place] for place in places), told["lost"]) == (30, 30, 0)
    assert told["certified"] > 0
    assert {type(v) for v in told["seconds_per_room"].values()} == {float}
    assert 0 < told["peak_rss_mb"] < 1024
    # The scratch house lay elsewhere and is gone.
    assert not (tmp_path / "kompeten.sqlite3").exists()
    assert list((tmp_path / "files").rglob("*")) == []


@pytest.mark.parametrize("people", ["0", "-5", "many"])
def test_a_rehearsal_of_nobody_is_misuse(people: str, tmp_path: Path) -> None:
    assert ran(tmp_path, "rehearse", f"--people={people}").returncode == 2


def test_a_fresh_house_makes_itself_and_takes_a_list_in(tmp_path: Path) -> None:
    samples = files("kompeten.applications").joinpath("data", "samples")
    wanted = str(samples.joinpath("kolektif-bersih-40.xlsx"))

    first = ran(tmp_path, "collective", "import", wanted, "--json")
    second = ran(tmp_path, "collective", "import", wanted, "--json")
    empty = ran(tmp_path, "certificate", "list", "--json")
    shown = ran(tmp_path, "demo", "--no-serve")

    assert (first.returncode, second.returncode) == (0, 0)
    assert (report(first)["good"], report(first)["again"]) == (40, False)
    assert (report(second)["good"], report(second)["again"]) == (40, True)
    assert (empty.returncode, report(empty)) == (0, {"certificates": []})
    # Nobody's people are mixed with made-up ones.
    assert shown.returncode == 2
    assert "KOMPETEN_DATA_DIR" in shown.stderr


def test_a_wrong_option_is_one_line_that_says_which(tmp_path: Path) -> None:
    done = ran(tmp_path, "options", KOMPETEN_PRT="9000")

    assert done.returncode == 2
    assert done.stdout == ""
    assert "KOMPETEN_PORT" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unwritable_house_is_one_line_that_says_where(tmp_path: Path) -> None:
    file = tmp_path / "not-a-folder"
    file.write_text("")

    done = ran(file, "certificate", "list")

    assert done.returncode == 2
    assert str(file) in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_end_of_a_pipe_is_no_fault(tmp_path: Path) -> None:
    ran(tmp_path, "certificate", "list")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOMPETEN_", "DJANGO_"))}
    samples = files("kompeten.applications").joinpath("data", "samples")
    wanted = str(samples.joinpath("kolektif-lapangan-630.xlsx"))

    done = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" -m kompeten collective check "$1" | head -n 1',
         sys.executable, wanted],
        env=kept | {"KOMPETEN_DATA_DIR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.stdout.count("\n") == 1
