"""Without JavaScript, on a narrow phone: does a person on a list mend, confirm and come to their documents?"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import house as houses
from tests.browser import looks
from tests.browser.house import House

PICTURES = "BROWSER_PICTURES"  # a folder named here gets a picture of each page
FOREIGN = re.compile(r"\b(verdict|keterangan)\b")


def looked_at(page: Page, name: str) -> None:
    """Make sure that the page is one that anybody can read, and has room on its screen."""
    assert list(looks.faults(page)) == [], name
    assert page.evaluate(looks.OVERFLOW) <= 0, name
    words = " ".join(FOREIGN.sub("", text) for text in page.evaluate(looks.TEXTS))
    assert looks.ENGLISH.findall(words) == [], name
    if folder := os.environ.get(PICTURES):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def send(page: Page, address: str) -> None:
    """Send the form whose address ends so."""
    page.locator(f"main form[action$='{address}'] button[type=submit]").first.click()
    page.wait_for_load_state()


def link_for_one_to_mend(page: Page) -> tuple[str, str]:
    """Let the office open a link for a line whose NIK is wrong; return its address and the code."""
    page.goto("/saya/kolektif/")
    lists = page.locator("main a[href^='/saya/kolektif/']").all()
    addresses = {a.get_attribute("href") or "" for a in lists}
    row = page.locator("tr:has-text('tidak tepat 16 angka')").first
    for home in sorted(a for a in addresses if re.fullmatch(r"/saya/kolektif/[0-9A-Z]{10}/", a)):
        page.goto(f"{home}?posisi=mend")
        if row.count():
            break
    looked_at(page, "daftar")
    row.locator("form button").click()
    page.wait_for_load_state()
    looked_at(page, "tautan")
    send(page, "/pesan/")
    looked_at(page, "pesan")
    message = page.locator("main").inner_text()
    found = re.search(r"https?://[^/\s]+(/r/[0-9A-Z]{10})", message)
    code = re.search(r"^(\d{6})$", message, re.MULTILINE)
    assert found
    assert code
    return found[1], code[1]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_person_on_a_list_comes_from_a_message_to_their_documents(
    chromium: Browser, own_house: House, width: int
) -> None:
    with houses.entered(chromium, own_house, "pengusul1", script=False, width=width) as context:
        link, code = link_for_one_to_mend(context.new_page())
    with houses.entered(chromium, own_house, script=False, width=width) as context:
        page = context.new_page()
        page.goto(link)
        looked_at(page, "bukti")
        page.fill("input[name=bukti]", code)
        page.locator("main form button").click()
        page.wait_for_load_state()
        looked_at(page, "benahi")
        page.fill("input[name=nik]", "3273956701929991")
        send(page, "/benahi/")
        looked_at(page, "data")
        assert "•••• 9991" in page.locator("main").inner_text()
        page.check("input[name=setuju]")
        send(page, "/setuju/")
        looked_at(page, "setuju")
        page.fill("input[name=sandi]", "kuda laut di muara")
        send(page, "/akun/")
        assert re.search(r"/saya/permohonan/[0-9A-Z]{10}/$", page.url)
        looked_at(page, "permohonan")
