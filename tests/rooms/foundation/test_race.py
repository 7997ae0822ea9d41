"""Who wins when eight threads want the same thing? One, on SQLite as on PostgreSQL."""

from pathlib import Path
from typing import Any

import pytest

from tests.make.races import Bare, told


@pytest.fixture(scope="module")
def met(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the threads met in each race."""
    script = Path(__file__).with_name("race.py")
    return told(script, folder=tmp_path_factory.mktemp("race"), bare=bare)


def test_one_thread_takes_the_step_and_seven_are_told_to_look_again(met: dict[str, Any]) -> None:
    assert met["race_for_one_step"] == {
        "met": ["stale"] * 7 + ["won"],
        "events": ["letter.opened", "letter.sent"],
        "state": "sent",
    }


def test_numbers_are_given_once_and_without_a_gap(met: dict[str, Any]) -> None:
    assert met["race_for_numbers"]["kept"] == list(range(1, 8 * 20 + 1))


def test_a_person_is_made_known_once(met: dict[str, Any]) -> None:
    assert met["race_to_admit_one_person"]["persons"] == 1
    assert len(set(met["race_to_admit_one_person"]["keys"])) == 1
