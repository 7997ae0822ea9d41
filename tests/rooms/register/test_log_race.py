"""Do racing and dying followers ever fork the log, lose an entry, or show a head without its files?"""

from pathlib import Path
from typing import Any

import pytest

from tests.make import races

SCRIPT = Path(__file__).with_name("log_race.py")


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory, bare: races.Bare) -> dict[str, Any]:
    """Return what came of each story."""
    return races.told(SCRIPT, folder=tmp_path_factory.mktemp("log"), bare=bare)


def test_eight_followers_make_one_log(met: dict[str, Any]) -> None:
    found = met["race_for_the_log"]

    assert {k: found[k] for k in ("gapless", "entries", "events", "covered")} == {
        "gapless": True,
        "entries": 300,
        "events": 300,
        "covered": 300,
    }
    assert (found["faults"], found["forks"], found["half_files"]) == ([], [], [])


def test_a_follower_that_is_killed_again_and_again_goes_on(met: dict[str, Any]) -> None:
    found = met["killed_again_and_again"]

    assert found["kills"] > 10
    assert {k: found[k] for k in ("gapless", "entries", "events", "covered")} == {
        "gapless": True,
        "entries": 500,
        "events": 500,
        "covered": 500,
    }
    assert (found["faults"], found["forks"]) == ([], [])
