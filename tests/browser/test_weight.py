"""How much goes over the line: on a first visit, and on each page after it?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import house as houses
from tests.browser.house import House

pytestmark = pytest.mark.browser

KB = 1024
FIRST, AFTER = 100 * KB, 15 * KB
ON_A_PHONE = 60 * KB  # at first, of pages that people open on their own phone and line
PLACES = {
    "": ("/", "/periksa/", "/cek-syarat/"),
    "pemegang": ("/saya/", "/saya/kabar/", "/saya/sertifikat/"),
    "pengusul1": ("/saya/pegawai/", "/saya/pegawai/kabar/"),
    "penyusun": ("/saya/portofolio/",),
    "verifikator": ("/kantor/", "/kantor/verifikasi/"),
    "registrar": ("/kantor/sertifikat/", "/kantor/angka/"),
}


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


def visits(browser: Browser, house: House, who: str) -> Iterator[tuple[str, int, int]]:
    """Give each page with its weight on a first visit and, with the cache kept, on a later one."""
    for path in PLACES[who]:
        with houses.entered(browser, house, who) as context:
            line = Line(context.new_page())
            yield path, line.weigh(path), line.weigh(path)


@pytest.mark.parametrize("who", PLACES, ids=lambda who: who or "nobody")
def test_a_slow_line_can_carry_every_page(chromium: Browser, house: House, who: str) -> None:
    weighed = list(visits(chromium, house, who))

    heavy = [
        f"{path}: {first / KB:.0f} kB at first, {after / KB:.1f} kB after"
        for path, first, after in weighed
        if first >= (ON_A_PHONE if path.startswith(("/saya/", "/cek-syarat/")) else FIRST)
        or after >= AFTER
    ]
    assert heavy == []
    # The counter counts: a first visit brings style sheet and scripts.
    assert all(first > after > KB / 2 for _, first, after in weighed)
