"""Who gets the application, and who gets the last place, when eight people want it at once?"""

from pathlib import Path
from typing import Any

import pytest

from tests.make.races import Bare, told


@pytest.fixture(scope="module")
def met(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the threads met in each race."""
    script = Path(__file__).with_name("race.py")
    return told(script, folder=tmp_path_factory.mktemp("race"), bare=bare)


def test_one_verifier_gets_the_application_and_seven_are_told(met: dict[str, Any]) -> None:
    assert met["race_for_one_application"] == {
        "met": ["review.taken"] * 7 + ["won"],
        "reviews": 1,
    }


def test_eight_verifiers_who_ask_for_the_next_get_eight_different_ones(
    met: dict[str, Any],
) -> None:
    taken = met["race_for_the_next"]["taken"]

    assert len(set(taken)) == 8


def test_no_more_places_are_given_than_there_are(met: dict[str, Any]) -> None:
    assert met["race_for_places"] == {
        "met": ["session.full"] * 5 + ["won"] * 3,
        "taken": 6,
        "places": 6,
    }
