"""What do browser tests share? One walked house for all, and copies of it to enter."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser import house as houses
from tests.browser.house import House

KEPT = (
    "BROWSER_HOUSE"  # a folder named here is walked once and used again: for whoever writes tests
)


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a house in which the demonstration year has been walked.

    It is never served and nobody changes it: every test can count on what the walk left. One walk
    serves all workers of a run; who comes second waits for the first.
    """
    kept = os.environ.get(KEPT)
    folder = Path(kept) if kept else _of_the_run(tmp_path_factory) / "house" / "var"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / f"{folder.name}.lock"):
        if not (folder / houses.STANDS).exists():
            folder.mkdir(exist_ok=True)
            houses.walk(folder)
    return folder


@pytest.fixture(scope="session")
def house(walked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a copy of the walked house; tests look at it, and add to it nothing but people of their own."""
    with houses.served(houses.copied(walked, tmp_path_factory.mktemp("served") / "var")) as served:
        yield served


@pytest.fixture
def own_house(walked: Path, tmp_path: Path) -> Iterator[House]:
    """Serve a copy of the walked house, for a test that changes things."""
    with houses.served(houses.copied(walked, tmp_path / "var")) as served:
        yield served


def _of_the_run(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run of pytest share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
