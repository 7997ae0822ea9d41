"""Which hour is it in the tests of this face? Tuesday after the Monday on which stories begin."""

import pytest

from kompeten.foundation import clock
from tests.make.times import TUESDAY


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request carry the same instant."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
