"""Does a sitting survive the death of the browser itself, as when a battery is pulled?"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright  # noqa: TID251 (joins what it kills)

from kompeten.ops.walk.cast import PASSWORD
from tests.browser import exams
from tests.browser.exams import CANDIDATE
from tests.browser.house import House
from tests.chromium import ARGUMENTS, CHROMIUM


def test_a_killed_browser_takes_no_answer(own_house: House, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with running(profile, own_house) as (page, kill):
        page.goto(f"{own_house.url}/akun/masuk/?next=/saya/jadwal/")
        page.fill("input[name=login]", f"{CANDIDATE}@peragaan.example")
        page.fill("input[type=password]", PASSWORD)
        page.locator("input[type=password]").press("Enter")
        href = page.locator("a[href^='/ujian/']").first.get_attribute("href")
        page.goto(f"{own_house.url}{href}")
        exams.prepare(page)
        exams.begin(page)
        sheet = page.url
        page.context.set_offline(True)
        chosen = {exams.number(page, n): exams.choose(page, n, 1) for n in range(2)}
        kill()

    with running(profile, own_house) as (page, _):
        page.goto(sheet)
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen
        exams.arrive(page)
        exams.expect_state(page, "sent")


@contextmanager
def running(profile: Path, house: House) -> Iterator[tuple[Page, Callable[[], None]]]:
    """Run a browser of its own on a profile that stays; give a page and how to kill it."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    asked = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [CHROMIUM, *ARGUMENTS, *asked, "about:blank"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # all its processes die together
    )

    def kill() -> None:
        os.killpg(process.pid, signal.SIGKILL)

    try:
        until = time.monotonic() + 30
        while not port.exists() or len(port.read_text().splitlines()) < 2:
            assert time.monotonic() < until, "the browser does not answer"
            time.sleep(0.1)
        number, path = port.read_text().splitlines()
        with sync_playwright() as playwright:
            browser = playwright.chromium.connect_over_cdp(f"ws://127.0.0.1:{number}{path}")
            yield browser.contexts[0].pages[0], kill
    finally:
        if process.poll() is None:
            kill()
        process.wait()
