"""What happens when eight people want the same dossier, or the same assessors, at one moment?"""

from pathlib import Path
from typing import Any

import pytest

from tests.make.races import Bare, told


@pytest.fixture(scope="module")
def met(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what the threads met in each race."""
    script = Path(__file__).with_name("race.py")
    return told(script, folder=tmp_path_factory.mktemp("race"), bare=bare)


def test_a_dossier_is_handed_in_once(met: dict[str, Any]) -> None:
    assert met["race_to_hand_in"] == {"met": ["stale"] * 7 + ["won"]}


def test_what_is_handed_in_is_what_readers_will_see(met: dict[str, Any]) -> None:
    assert met["race_of_writing_and_handing_in"] == {"known": True, "same": True}


def test_eight_officers_assign_two_readers(met: dict[str, Any]) -> None:
    assert met["race_to_assign"] == {"met": ["opened 0"] * 7 + ["opened 2"], "readings": 2}


def test_eight_workers_settle_each_dossier_once(met: dict[str, Any]) -> None:
    assert met["race_to_settle"] == {"seals": 5}


def test_eight_officers_double_book_nobody(met: dict[str, Any]) -> None:
    assert met["race_to_book"] == {
        "met": ["assessors.too_few"] * 5 + ["booked"] * 3,
        "slots": 3,
        "clashes": 0,
    }
