"""How do four documents go from a cheap phone over a dying line? One run, told in figures."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType, Error, Page

from tests.browser import phones
from tests.browser.house import House
from tests.browser.phones import Applicant
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.make import photos
from tests.make.badline import BadLine, bad_line
from tests.make.pictures import face

CODES = ("identity_card", "photo", "diploma", "experience_letter")
BYTES_A_SECOND = 8_000  # 64 kbit/s
LATENCY = 150  # ms
AT_MOST = 600  # seconds by the clock on the wall, after which what was sent is given up


@dataclass(frozen=True)
class Run:
    """What became of one run: seconds as the story counts them, and bytes."""

    arrived: int
    seconds: float
    document_bytes: int
    sent_bytes: int
    cuts: int
    lost_segments: int


def taken() -> dict[str, bytes]:
    """Return four photos as a phone takes them, several megabytes in all."""
    made = {
        code: photos.photographed(photos.sheet(n), seed=n, lying=n % 2 == 1)
        for n, code in enumerate(CODES)
    }
    return made | {"photo": face(size=(1800, 2400), place=True)}


def run(
    chromium: BrowserType,
    house: House,
    applicant: Applicant,
    shots: dict[str, bytes],
    *,
    folder: Path,
    seed: int,
    faster: float,
) -> Run:
    """Send four photos over a line that dies twenty times; in the middle the phone is switched off."""
    server = urlsplit(house.url).port or 0
    how: dict[str, Any] = {"seed": seed, "faster": faster, "bytes_a_second": BYTES_A_SECOND}
    began = time.monotonic()
    with bad_line(server, **how) as line:
        with _phone(chromium, line, applicant, folder, faster) as context:
            _send(context, applicant, shots, CODES[:2])
        with _phone(chromium, line, applicant, folder, faster) as context:
            _send(context, applicant, shots, CODES[2:])
            arrived = _wait(house, applicant, until=time.monotonic() + AT_MOST)
        seconds = (time.monotonic() - began) * faster
        sizes = [document.size for document in phones.held(house, applicant.ref)]
        return Run(arrived, seconds, sum(sizes), line.up, line.died, line.lost)


@contextmanager
def _phone(
    chromium: BrowserType, line: BadLine, applicant: Applicant, folder: Path, faster: float
) -> Iterator[BrowserContext]:
    """Switch the phone on; what its browser keeps stays in `folder` when it is switched off."""
    url = f"http://127.0.0.1:{line.port}"
    context = chromium.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=ARGUMENTS,
        base_url=url,
        viewport={"width": 360, "height": 760},
        locale="id-ID",
    )
    applicant.enter(context, url)
    page = context.pages[0]
    wire = context.new_cdp_session(page)
    rate = BYTES_A_SECOND * faster
    said = {"offline": False, "latency": LATENCY / faster}
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        said | {"uploadThroughput": rate, "downloadThroughput": rate},
    )
    try:
        yield context
    finally:
        context.close()


def _send(
    context: BrowserContext, applicant: Applicant, shots: dict[str, bytes], codes: Sequence[str]
) -> None:
    page = context.pages[0]
    _open(page, applicant)
    for code in codes:
        phones.choose(page, code, shots[code])
        phones.cut(page)
        phones.send(page)


def _open(page: Page, applicant: Applicant) -> None:
    """Load the page of the documents as often as it takes, as anybody does on such a line.

    A visit that follows a broken one too soon is swallowed by Chromium's page of the error: no request is
    sent, and nothing ends it. A person would press again, and not wait two minutes.
    """
    for _ in range(60):
        try:
            page.goto(applicant.path, timeout=30_000)
            page.locator("[data-k-capture]").first.wait_for(timeout=5_000)
        except Error:
            page.wait_for_timeout(300)
            continue
        return
    raise AssertionError("the page never came")


def _wait(house: House, applicant: Applicant, *, until: float) -> int:
    """Return how many of the documents are there at last; stops when all are."""
    arrived = 0
    while arrived < len(CODES) and time.monotonic() < until:
        time.sleep(0.2)
        with sqlite3.connect(house.folder / "kompeten.sqlite3") as base:
            rows = base.execute(
                "SELECT COUNT(DISTINCT d.code) FROM applications_document d"
                " JOIN applications_application a ON a.id = d.application_id WHERE a.ref = ?",
                (applicant.ref,),
            )
            arrived = int(rows.fetchone()[0])
    return arrived
