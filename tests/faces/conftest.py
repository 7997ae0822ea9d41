"""What holds for every page of the faces? No page of the office names a candidate without a trace."""

from collections.abc import Iterator

import pytest

from tests.make import traces


@pytest.fixture(autouse=True)
def _names_leave_a_trace(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Look, after each test that has a database, at what its browsers were shown."""
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("db")
    with traces.watched(monkeypatch) as watch:
        yield
        assert watch.untraced() == []
