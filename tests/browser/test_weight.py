"""How much goes over the line: on a first visit, and on each page after it?"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import APIRequestContext, Browser, Page

from tests.browser import house as houses
from tests.browser.house import House

KB = 1024
FIRST, AFTER = 100 * KB, 15 * KB
ON_A_PHONE = 60 * KB, 10 * KB  # of pages that people open on their own phone and line
PLACES = {
    "": ("/", "/periksa/", "/cek-syarat/"),
    "verifikator": ("/kantor/", "/kantor/verifikasi/"),
    "registrar": ("/kantor/sertifikat/", "/kantor/angka/"),
}
BEFORE = ("/cek-syarat/",)  # opened on one's own phone before there is an account
CANDIDATES = ("pemegang", "peserta", "pemohon", "penyusun", "perbaikan", "pengusul1")
# Routes of the candidates' face that are no pages to open.
NO_PAGES = {
    "announce": "sends", "transfer": "sends", "attach": "sends", "send": "sends", "preview": "sends",
    "withdraw": "sends", "share": "sends", "portfolio_hand_in": "sends", "give_back": "sends", "read_all": "sends",
    "add_staff": "sends", "remove_staff": "sends", "end_share": "sends", "end_watch": "sends",
    "watch_by_mail": "sends", "watch_by_webhook": "sends", "drop": "sends", "open_notice": "leads on",
    "file": "a file", "paper": "a file", "credential": "a file", "credential_token": "a file",
    "bundle": "a file", "card": "a file", "badge": "a file", "sheet_back": "a file", "export": "a file",
    "invitation_letter": "a file", "invitation_letters": "a file",
    "help_end": "sends", "help_release": "sends", "help_alive": "sends",
    "referee_again": "sends", "referee_end": "sends", "recommend_end": "sends",
    "take_back": "sends", "invite": "sends", "invite_all": "sends", "nudge": "sends",
    "batch_present": "a part of a page",
    # of a list on its way, and of somebody who was invited: small forms that no walk leads to
    "columns": "a step", "invitation": "a step",
}  # fmt: skip
# Linked once there is more to see than fits beside it; what a button leads to.
UNLINKED = ("/saya/data/jejak/", "/saya/bantu/usai/")
AT_MOST = 3  # pages of one kind that are opened for the links on them
HREF = re.compile(r'\shref="([^"#?]+)')
KIND = re.compile(r"/(?:[0-9A-Z]{10}|\d+)(?=/|$)")


class Line:
    """Counts the bytes that a page takes from the line; what the browser has kept weighs nothing."""

    def __init__(self, page: Page) -> None:
        self.page, self.bytes = page, 0
        self.wire = page.context.new_cdp_session(page)
        self.wire.on("Network.loadingFinished", self._add)
        self.wire.send("Network.enable")

    def _add(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def weigh(self, path: str) -> int:
        """Return the bytes that a visit costs, from the address to silence."""
        self.bytes = 0
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, path
        self.page.wait_for_load_state("networkidle")
        return self.bytes


def visit(browser: Browser, house: House, who: str, path: str) -> tuple[int, int]:
    """Return the weight of a page on a first visit and, with the cache kept, on a later one."""
    with houses.entered(browser, house, who) as context:
        line = Line(context.new_page())
        return line.weigh(path), line.weigh(path)


def heavy(path: str, weight: tuple[int, int], most: tuple[int, int]) -> Iterator[str]:
    """Give a line for a page that weighs too much."""
    first, after = weight
    if first > most[0] or after > most[1]:
        yield f"{path}: {first / KB:.1f} kB at first, {after / KB:.1f} kB after"


def route(path: str) -> str:
    """Return the name of the candidates' route behind an address, or nothing."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return (found.url_name or "") if found.namespaces == ["candidate"] else ""


def opened(line: APIRequestContext, start: str) -> Iterator[tuple[str, int]]:
    """Go from link to link; give each page of a candidate with the length of its text."""
    waiting, times = [start, *UNLINKED], dict[str, int]()
    met = set(waiting)
    while waiting:
        path = waiting.pop(0)
        kind = KIND.sub("/*", path)
        times[kind] = times.get(kind, 0) + 1
        if times[kind] > AT_MOST or NO_PAGES.get(route(path)) in {"a file", "leads on"}:
            continue
        answer = line.get(path, max_redirects=0)
        if not answer.ok or "text/html" not in answer.headers["content-type"]:
            continue
        text = answer.text()
        yield path, len(text)
        links = [urlsplit(link).path for link in HREF.findall(text)]
        fresh = [link for link in dict.fromkeys(links) if link not in met and route(link)]
        met |= set(fresh)
        waiting += fresh


@pytest.fixture(scope="module")
def sharing(
    chromium: Browser, walked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Serve a house in which somebody shares a certificate: a page that nobody else has."""
    folder = houses.copied(walked, tmp_path_factory.mktemp("sharing") / "var")
    with houses.served(folder) as served:
        with houses.entered(chromium, served, "pemegang") as context:
            page = context.new_page()
            page.goto("/saya/sertifikat/")
            page.locator("main a[href^='/saya/sertifikat/']").first.click()
            page.locator("details:has(form[action$='/bagikan/']) summary").click()
            page.locator("form[action$='/bagikan/'] input[name=untuk]").fill("Dinas Sosial")
            page.locator("form[action$='/bagikan/'] button").click()
            page.wait_for_url("**/tautan/**")
        yield served


@pytest.fixture(scope="module")
def longest(chromium: Browser, sharing: House) -> dict[str, tuple[str, str]]:
    """Return, for each route of the candidates' face, who has its longest page, and where."""
    found: dict[str, tuple[int, str, str]] = {}
    for who in CANDIDATES:
        with houses.entered(chromium, sharing, who) as context:
            for path, length in opened(context.request, "/saya/"):
                found[route(path)] = max(found.get(route(path), (0, "", "")), (length, who, path))
    return {name: (who, path) for name, (_, who, path) in found.items()}


def test_a_slow_line_can_carry_every_page_of_a_candidate(
    chromium: Browser, sharing: House, longest: dict[str, tuple[str, str]]
) -> None:
    weighed = {
        f"{name} {path} ({who})": visit(chromium, sharing, who, path)
        for name, (who, path) in sorted(longest.items())
    }

    assert [line for path, both in weighed.items() for line in heavy(path, both, ON_A_PHONE)] == []
    # The counter counts: a first visit brings style sheet and scripts.
    assert all(first > after > KB / 2 for first, after in weighed.values())


def test_every_page_of_a_candidate_is_weighed(longest: dict[str, tuple[str, str]]) -> None:
    routes = get_resolver().namespace_dict["candidate"][1].reverse_dict
    names = {name for name in routes if isinstance(name, str)}

    assert names - longest.keys() - NO_PAGES.keys() == set()


@pytest.mark.parametrize("who", PLACES, ids=lambda who: who or "nobody")
def test_a_slow_line_can_carry_the_pages_of_others(
    chromium: Browser, house: House, who: str
) -> None:
    weighed = {path: visit(chromium, house, who, path) for path in PLACES[who]}

    too_heavy = [
        line
        for path, both in weighed.items()
        for line in heavy(path, both, ON_A_PHONE if path in BEFORE else (FIRST, AFTER))
    ]
    assert too_heavy == []
    assert all(first > after > KB / 2 for first, after in weighed.values())
