"""Does each follower follow an event that exists, in a room it may look back at?"""

import pytest

from kompeten.foundation.ledger import followers
from tests.house.code import ROOMS, charts

FOLLOWERS = sorted(followers().items())


def test_the_house_has_followers() -> None:
    assert FOLLOWERS


@pytest.mark.parametrize(("name", "follower"), FOLLOWERS, ids=[name for name, _ in FOLLOWERS])
def test_a_follower_looks_back(name: str, follower: object) -> None:
    room = name.partition(".")[0]
    behind = ROOMS[: ROOMS.index(room) + 1]
    known = {e for r in behind for chart in charts().get(r, ()) for e in chart.events}

    assert set(follower.events) - known == set()  # type: ignore[attr-defined]
    assert follower.events  # type: ignore[attr-defined]
