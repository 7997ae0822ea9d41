"""What happens when eight people meet the same candidate at the door?"""

from pathlib import Path
from typing import Any

import pytest

from tests.make.races import Bare, told


@pytest.fixture(scope="module")
def met(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what the threads met in each race."""
    script = Path(__file__).with_name("race.py")
    return told(script, folder=tmp_path_factory.mktemp("race"), bare=bare)


def test_one_arrival_is_noted_once_with_the_photo_of_who_noted_it(met: dict[str, Any]) -> None:
    done = ["checkin.done"] * 7
    assert met["race_to_check_in"] == {"met": [*done, "noted"], "one": True, "there": True}


def test_it_is_taken_back_once(met: dict[str, Any]) -> None:
    assert met["race_to_take_back"] == {"met": ["stale"] * 7 + ["taken back"]}


def test_it_is_doubted_once(met: dict[str, Any]) -> None:
    open_already = ["doubt.open_already"] * 7
    assert met["race_to_doubt"] == {"met": [*open_already, "noted"], "remarks": 1, "told": 1}


def test_the_last_seat_is_given_once(met: dict[str, Any]) -> None:
    assert met["race_to_sit"] == {"met": ["seated"] + ["sitting.full"] * 7, "seats": 1}
