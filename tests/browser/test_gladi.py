"""Is an answer lost when nearly every step goes wrong? A short rehearsal in the gate; the long one by hand."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.compiler, pytest.mark.long]
IN_EVERY_WHOLE = {
    "browser killed",
    "key code mistyped",
    "line away",
    "power lost",
    "server killed",
    "tab killed",
}


def rehearsed(*words: str, synchronous: str) -> tuple[int, dict[str, Any]]:
    """Run a rehearsal; return its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "kompeten", "gladi", "exam", *words, "--json"],
        env=os.environ | {"KOMPETEN_SQLITE_SYNCHRONOUS": synchronous},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_no_answer_is_lost_or_changed_by_faults() -> None:
    code, said = rehearsed("--runs", "30", "--seed", "3", synchronous="FULL")

    assert (said["lost"], said["wrong"], code) == (0, 0, 0), said["says"]
    assert (said["runs"], said["whole"]) == (30, 0)
    assert said["acknowledged"] > 500
    assert said["faults"] > 200
    assert (said["by_fault"]["server killed"], said["by_fault"]["power lost"]) == (1, 1)


def test_no_answer_is_lost_in_whole_sittings_side_by_side() -> None:
    code, said = rehearsed("--runs", "0", "--whole", "2", "--seed", "3", synchronous="FULL")

    assert (said["lost"], said["wrong"], code) == (0, 0, 0), said["says"]
    assert (said["runs"], said["whole"], said["kills"]) == (0, 2, 4)
    assert said["by_fault"].keys() >= IN_EVERY_WHOLE


def test_a_disk_that_is_not_waited_for_is_found_out() -> None:
    code, said = rehearsed("--runs", "30", "--seed", "3", synchronous="NORMAL")

    assert code == 1
    assert said["lost"] > 0
    assert any("is not there" in line for line in said["says"])
