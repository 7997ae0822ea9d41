"""What stands before every test of the device's own modules? An empty page beside them, and no bank."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.faces.examroom.browsers import served


@pytest.fixture(scope="module", autouse=True)
def _stocked() -> None:
    """Nothing here needs the bank that other tests of this face stand on."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open an empty page beside the modules, with stores of its own."""
    with served() as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.goto("/")
        yield page
        context.close()
