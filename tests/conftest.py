"""What does every test stand on? Instants as literals, named people, an empty house, closed sockets.

And which part of .ci/run does it belong to? That is read off what it uses.
"""

import atexit
import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Each process (one per xdist worker) has a data folder of its own. The environment is set before
# Django reads it; that is why pyproject.toml names no settings module for pytest.
DATA_DIR = Path(tempfile.mkdtemp(prefix="kompeten-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
os.environ["KOMPETEN_DATA_DIR"] = str(DATA_DIR)
os.environ.setdefault("KOMPETEN_PROFILE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")

import django  # noqa: E402 (the environment comes first)
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import override_settings  # noqa: E402
from hypothesis import settings as hypothesis  # noqa: E402

from kompeten.config.options import Options  # noqa: E402
from kompeten.ops import messages  # noqa: E402

# Scrypt takes 60 ms on purpose; no test is about the hash of a password.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Pages are rendered without a run of collectstatic before.
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
messages.compile_all()  # before a catalog is read for the first time
django.setup()
# A worker of xdist inherits this environment, and pytest-django reads the settings that it names
# before this file is read there: all workers would have the folder of the first process.
del os.environ["DJANGO_SETTINGS_MODULE"]

from kompeten.exams.adapters import journal  # noqa: E402 (the applications come first)
from kompeten.regions import queries as regions  # noqa: E402
from tests.make import races  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine is no failure: examples have no deadline each, and nothing is kept between runs.
hypothesis.register_profile("house", deadline=None, database=None)
hypothesis.load_profile("house")

LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})


# What a test uses says where it runs, so no file can forget to say it. A walked demonstration is walked
# for a browser; a test that asks for none of the third is the same on every database.
BROWSER = frozenset({"chromium", "walked"})
OUTSIDE = ("browser", "compiler", "pdfsig", "javascript", "softhsm", "verapdf", "clamav")
DATABASE = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what uses a browser, a program that is no Python package, or the database; what is long begins."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & BROWSER:
            item.add_marker("browser")
        if any(item.get_closest_marker(name) for name in OUTSIDE):
            item.add_marker("outside")
        if used & DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("database")
    yield  # now they are shuffled, and `-m` has chosen
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


class SocketClosed(Exception):
    """A test reached for the network; adapters are tested at their ports."""


@pytest.fixture(autouse=True, scope="session")
def _settings_named() -> None:
    """Name the settings for programs that tests start; by now no worker is started any more."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"


@pytest.fixture(autouse=True, scope="session")
def _sockets_closed() -> Iterator[None]:
    """Let no test connect to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise SocketClosed(str(address))
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[races.Bare]:
    """Make the suite's database, and keep what it is before the first test.

    Regions are read here, once in a process: whichever test counts queries first would count that one.
    """
    with races.bared(tmp_path_factory.mktemp("bare"), django_db_blocker) as kept:
        with django_db_blocker.unblock():
            regions.codes()
        yield kept


@pytest.fixture(scope="session")
def bare(django_db_setup: races.Bare) -> races.Bare:
    """Return what a database begins as that is made for one script; who asks for it uses the suite's, too."""
    return django_db_setup


# On SQLite the vault is a file beside the database, outside of what a test rolls back.
VAULT = Path(settings.DATA_DIR) / journal.FILE


# Published files lie outside of what a test rolls back too; a log that forgets them is a fork.
PUBLISHED = Path(settings.DATA_DIR) / "published"


@pytest.fixture(autouse=True, scope="module")
def _published_by_the_module() -> Iterator[None]:
    """Let every module begin with nothing published."""
    yield
    shutil.rmtree(PUBLISHED, ignore_errors=True)


@pytest.fixture(autouse=True)
def _published_by_the_test(_published_by_the_module: None) -> Iterator[None]:
    """Take away what a test published; what its module published before stays as it was."""
    before = _published()
    yield
    if _published() == before:
        return
    shutil.rmtree(PUBLISHED)
    for path, content in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _published() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in PUBLISHED.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True, scope="module")
def _vault_of_the_module() -> Iterator[None]:
    """Let every module begin with an empty vault."""
    yield
    journal.close()
    for path in (VAULT, *VAULT.parent.glob(f"{journal.FILE}-*")):
        path.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _vault_of_the_test(_vault_of_the_module: None) -> Iterator[None]:
    """Take out of the vault what a test put in; what its module put in before stays."""
    before = _last_in_vault()
    yield
    if _last_in_vault() == before:
        return
    journal.close()
    with sqlite3.connect(VAULT) as vault:
        vault.execute("DROP TRIGGER keep_vault_delete")
        vault.execute("DELETE FROM vault WHERE id > ?", (before,))
    vault.close()


def _last_in_vault() -> int:
    if not VAULT.exists():
        return 0
    vault = sqlite3.connect(VAULT)
    try:
        return int(vault.execute("SELECT coalesce(max(id), 0) FROM vault").fetchone()[0])
    finally:
        vault.close()


@pytest.fixture
def bounded_looks() -> Iterator[None]:
    """Bound how many certificates one address may look up, counted from none; other tests look freely."""
    bounded = Options(settings.OPTIONS.values | {"lookups_per_minute": 120})
    cache.clear()
    with override_settings(OPTIONS=bounded):
        yield
    cache.clear()


# For each file one of its own: two at a time in one process would get into each other's loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """Start Debian's Chromium; tests without a browser do not even import the library."""
    from tests.chromium import started

    with started() as browser:
        yield browser
