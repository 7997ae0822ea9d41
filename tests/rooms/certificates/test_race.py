"""What happens when eight registrars reach for the same sheets at one moment?"""

from pathlib import Path
from typing import Any

import pytest

from tests.make.races import Bare, told


@pytest.fixture(scope="module")
def met(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what the threads met in each race."""
    script = Path(__file__).with_name("race.py")
    return told(script, folder=tmp_path_factory.mktemp("race"), bare=bare)


def test_a_range_comes_into_the_books_once(met: dict[str, Any]) -> None:
    assert met["race_to_take_in"] == {
        "won": 1,
        "met": ["blank.known:LSP-000001", "won"],
        "sheets": 40,
    }


def test_two_certificates_stand_on_two_sheets(met: dict[str, Any]) -> None:
    assert met["race_to_print"] == {"won": 1, "live": 2, "certificates": 2, "waiting": 0}


def test_no_certificate_and_no_sheet_is_printed_on_twice(met: dict[str, Any]) -> None:
    assert met["race_to_print_different_ones"] == {"one each": True}
