"""How does a demonstration house come into a test, and who enters it?"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from kompeten.ops.walk.cast import PASSWORD

STANDS = "peragaan.json"  # written when the whole year has been walked
STARTS_WITHIN = 90  # seconds; a busy machine takes its time


@dataclass
class House:
    """A house that is served at `url`; `states` are the log-ins so far, by the part before the @."""

    folder: Path
    url: str
    states: dict[str, StorageState] = field(default_factory=dict)


def walk(folder: Path) -> None:
    """Walk the demonstration in `folder`, about a minute."""
    done = subprocess.run(
        [sys.executable, "-m", "kompeten", "demo", "--no-serve"],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def served(folder: Path) -> Iterator[House]:
    """Serve the house in `folder` while the block runs."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "kompeten", "serve"],
            env=environment(folder) | {"KOMPETEN_PORT": str(port), "KOMPETEN_PUBLIC_URL": url},
            stdout=out,
            stderr=out,
        )
        try:
            _wait(port, process, log)
            yield House(folder, url)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def copied(house: Path, to: Path) -> Path:
    """Return a copy of a house that a test may change as it likes."""
    return Path(shutil.copytree(house, to))


@contextmanager
def entered(
    browser: Browser,
    house: House,
    who: str = "",
    *,
    width: int = 360,
    script: bool = True,
    theme: str = "light",
) -> Iterator[BrowserContext]:
    """Open a browser of its own; `who` has logged in, or nobody."""
    if who and who not in house.states:
        house.states[who] = _log_in(browser, house, who)
    context = browser.new_context(
        base_url=house.url,
        viewport={"width": width, "height": 760},
        java_script_enabled=script,
        color_scheme="dark" if theme == "dark" else "light",
        locale="id-ID",
        storage_state=house.states.get(who),
    )
    context.set_default_timeout(20_000)
    try:
        yield context
    finally:
        context.close()


def awake(page: Page) -> Page:
    """Wait until the scripts of the page that a click led to listen.

    `goto` waits for them by itself; after a click a test is at the new page as soon as it is written, and on
    a busy machine its first key or file would be lost.
    """
    page.wait_for_load_state("load")
    return page


def _log_in(browser: Browser, house: House, who: str) -> StorageState:
    context = browser.new_context(base_url=house.url)
    page = context.new_page()
    page.goto("/akun/masuk/")
    page.fill("input[name=login]", f"{who}@peragaan.example")
    page.fill("input[type=password]", PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url(lambda url: "/akun/masuk/" not in url)
    state = context.storage_state()
    context.close()
    return state


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a demonstration house in `folder`, and of nothing else."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOMPETEN_", "DJANGO_"))}
    return kept | {
        "KOMPETEN_DATA_DIR": str(folder),
        "KOMPETEN_DEMO": "true",
        "KOMPETEN_SECOND_FACTOR": "false",
        "KOMPETEN_MAIL_FOLDER": str(folder / "surat"),
        "KOMPETEN_WORK_IN_SERVE": "false",
        "KOMPETEN_SQLITE_SYNCHRONOUS": "OFF",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(log.read_text())
