"""What do browser tests share? One walked house for all, a copy for who changes it, one Chromium a file."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import house as houses
from tests.browser.house import House

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEPT = (
    "BROWSER_HOUSE"  # a folder named here is walked once and used again: for whoever writes tests
)


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a house in which the demonstration year has been walked."""
    kept = os.environ.get(KEPT)
    folder = Path(kept) if kept else tmp_path_factory.mktemp("house") / "var"
    if not (folder / "kompeten.sqlite3").exists():
        folder.mkdir(parents=True, exist_ok=True)
        houses.walk(folder)
    return folder


@pytest.fixture(scope="session")
def house(walked: Path) -> Iterator[House]:
    """Serve the walked house; tests look at it and leave it as it is."""
    with houses.served(walked) as served:
        yield served


@pytest.fixture
def own_house(walked: Path, tmp_path: Path) -> Iterator[House]:
    """Serve a copy of the walked house, for a test that changes things."""
    with houses.served(houses.copied(walked, tmp_path / "var")) as served:
        yield served


# For each file one of its own: two at a time in one process would get into each other's loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
