"""Do workers that come round together tell each office once, and in order?"""

from pathlib import Path

import pytest

from tests.make.races import Bare, told

SCRIPT = Path(__file__).with_name("race.py")
TURN = ["certificate.suspended", "certificate.lifted"] * 5


@pytest.mark.django_db
def test_eight_workers_tell_three_systems_once_and_in_order(tmp_path: Path, bare: Bare) -> None:
    met = told(SCRIPT, folder=tmp_path, bare=bare)

    assert met == {
        "rung": 10,
        "queued": 30,
        "sent": 30,
        "names": 30,
        "most": 1,
        "orders": [TURN],
        "states": ["sent"],
    }
