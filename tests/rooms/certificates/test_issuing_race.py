"""What happens when eight workers issue the same certificates at one moment? One of them does."""

from pathlib import Path
from typing import Any

import pytest

from tests.make.races import Bare, told


@pytest.fixture(scope="module")
def met(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the workers met in each race."""
    script = Path(__file__).with_name("issuing_race.py")
    return told(script, folder=tmp_path_factory.mktemp("race"), bare=bare)


def test_numbers_are_given_once_and_without_a_gap(met: dict[str, Any]) -> None:
    assert met["reserve"] == {"met": ["done"], "events": 3, "serials": [1, 2, 3]}


@pytest.mark.parametrize("step", ["intend", "sign"])
def test_a_step_is_taken_once_and_the_others_find_it_taken(met: dict[str, Any], step: str) -> None:
    assert met[step] == {"won": 1, "met": ["stale", "won"], "events": 3}


def test_the_certificates_are_published_all_the_same(met: dict[str, Any]) -> None:
    assert met["workers"] == {"met": ["done"], "states": ["published"], "events": 3}
