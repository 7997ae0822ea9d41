"""What stands before every test of the device's own modules? Debian's Chromium, and no bank."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.faces.examroom.browsers import ARGUMENTS, CHROMIUM, served


@pytest.fixture(scope="module", autouse=True)
def _stocked() -> None:
    """Nothing here needs the bank that other tests of this face stand on."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open an empty page beside the modules, with stores of its own."""
    with served() as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.goto("/")
        yield page
        context.close()
