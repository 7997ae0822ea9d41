"""Does every page that a role can reach stand up: no errors, nothing sticks out, all in Indonesian?"""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser import house as houses
from tests.browser import looks
from tests.browser.house import House

STAFF = (
    "verifikator", "koordinator", "narasumber", "penulis", "pengawas", "komite", "direktur",
    "registrar", "kementerian", "auditor", "admin", "asesor1",
)  # fmt: skip
CANDIDATES = ("pemegang", "peserta", "pemohon", "penyusun", "perbaikan", "pengusul1")
ABROAD = ("/", "/akun/masuk/", "/akun/daftar/", "/periksa/")
MOST = 24  # pages of one role, one of each kind
ENOUGH = 3  # roles that look at a page of one kind; for others it only has to answer
SHOWN: Counter[str] = Counter()
REF = re.compile(r"/[0-9A-Z]{10}(?=/|$)")
LINKS = "() => [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))"


def kind(path: str) -> str:
    """Return the address with its references left out: pages of one kind look alike."""
    return re.sub(r"/(\d+|[a-z]+_[a-z_]+)(?=/|$)", "/~", REF.sub("/*", path))


def within(path: str, faces: tuple[str, ...]) -> bool:
    """Say whether a page is of these faces and not a way out."""
    return path.startswith(faces) and "keluar" not in path


def reached(page: Page, start: str, faces: tuple[str, ...]) -> Iterator[tuple[str, int, bool]]:
    """Go from page to page, one of each kind; give address and status, and whether it is shown now.

    A page that enough roles have looked at is asked for its status only.
    """
    waiting, met = [start], {kind(start)}
    for _ in range(MOST):
        if not waiting:
            return
        path = waiting.pop(0)
        if path != start and SHOWN[kind(path)] >= ENOUGH:
            yield path, page.request.get(path).status, False
            continue
        try:
            answer = page.goto(path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                continue
            raise
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        SHOWN[kind(path)] += 1
        yield path, answer.status, True
        for href in page.evaluate(LINKS):
            there = urlsplit(href)
            if there.netloc or not within(there.path, faces) or kind(there.path) in met:
                continue
            met.add(kind(there.path))
            waiting.append(there.path)


def faults_on_the_way(
    context: BrowserContext, start: str, faces: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """Return the pages that were seen, and every fault with the page it is on."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(f"console: {m.text}"))
    page.on("pageerror", lambda e: said.append(f"script: {e}"))
    # A page that turns out to be a download is given up by the browser itself.
    page.on(
        "requestfailed",
        # What is still on its way when the visit goes on to the next page is not missing.
        lambda r: (
            None
            if r.is_navigation_request() or r.failure == "net::ERR_ABORTED"
            else said.append(f"not loaded: {r.url}")
        ),
    )
    pages, found = [], []
    for path, status, is_shown in reached(page, start, faces):
        pages.append(path)
        here = [f"status {status}"] if status != 200 else []
        if is_shown:
            here += said + list(looks.faults(page))
            page.set_viewport_size({"width": 1280, "height": 900})
            over = page.evaluate(looks.OVERFLOW)
            here += [f"{over} px stick out at 1280"] if over > 0 else []
            page.set_viewport_size({"width": 360, "height": 760})
        said.clear()
        found += [f"{kind(path)}  {fault}" for fault in here]
    return pages, found


@pytest.mark.parametrize("who", STAFF)
def test_every_page_of_the_office_stands_up(chromium: Browser, house: House, who: str) -> None:
    with houses.entered(chromium, house, who) as context:
        pages, found = faults_on_the_way(context, "/kantor/", ("/kantor/",))

    assert found == [], "\n".join(found)
    assert len(pages) > 1


@pytest.mark.parametrize("who", CANDIDATES)
def test_every_page_of_a_candidate_stands_up(chromium: Browser, house: House, who: str) -> None:
    with houses.entered(chromium, house, who) as context:
        pages, found = faults_on_the_way(context, "/saya/", ("/saya/", "/ujian/"))

    assert found == [], "\n".join(found)
    assert len(pages) > 1


@pytest.mark.parametrize("who", ["koordinator", "peserta"])
def test_every_page_of_an_account_stands_up(chromium: Browser, house: House, who: str) -> None:
    with houses.entered(chromium, house, who) as context:
        pages, found = faults_on_the_way(context, "/akun/surel/", ("/akun/",))

    assert found == [], "\n".join(found)
    assert {"/akun/surel/", "/akun/sandi/"} <= set(pages)


def test_every_public_page_stands_up(chromium: Browser, house: House) -> None:
    with houses.entered(chromium, house) as context:
        pages, found = faults_on_the_way(context, "/", ("/periksa/", "/akun/"))

    assert found == [], "\n".join(found)
    assert set(pages) >= set(ABROAD)
