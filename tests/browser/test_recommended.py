"""Without JavaScript, on a narrow phone: does who shall recommend sign by link, with a code told by phone?"""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import house as houses
from tests.browser import looks
from tests.browser.house import House


def looked_at(page: Page, name: str) -> None:
    """Make sure that the page is one that anybody can read, and has room on its screen."""
    assert list(looks.faults(page)) == [], name
    assert page.evaluate(looks.OVERFLOW) <= 0, name
    words = " ".join(page.evaluate(looks.TEXTS))
    assert looks.ENGLISH.findall(words) == [], name


def press(page: Page) -> None:
    """Send the form of the page."""
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_load_state()


def asked(page: Page) -> tuple[str, str]:
    """Let the applicant ask the board of their organization; return the link's path and the code."""
    page.goto("/saya/permohonan/")
    page.locator("main a[href^='/saya/permohonan/']:not([href$='baru/'])").first.click()
    home = re.search(r"/saya/permohonan/[0-9A-Z]{10}/", page.url)
    assert home
    page.goto(f"{home[0]}dokumen/")
    looked_at(page, "documents")
    page.goto(f"{home[0]}rekomendasi/profession/")
    looked_at(page, "asking")
    for name, value in (
        ("nama", "H. Mulyono, S.Sos."),
        ("jabatan", "Ketua dewan pengurus"),
        ("lembaga", "Ikatan Pekerja Sosial Mataram"),
        ("telepon", "0812 7777 0001"),
    ):
        page.fill(f"input[name={name}]", value)
    press(page)
    looked_at(page, "asked")
    told = page.locator("main").inner_text()
    link = re.search(r"https?://[^/\s]+(/r/[0-9A-Z]{10})", told)
    code = re.search(r"^(\d{6})$", told, re.MULTILINE)
    assert link
    assert code
    return link[1], code[1]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_board_signs_on_a_phone_and_the_applicant_needs_no_scan(
    chromium: Browser, own_house: House, width: int
) -> None:
    with houses.entered(chromium, own_house, "pemohon", script=False, width=width) as context:
        page = context.new_page()
        link, code = asked(page)
        with houses.entered(chromium, own_house, script=False, width=width) as other:
            phone = other.new_page()
            phone.goto(link)
            looked_at(phone, "letter")
            phone.fill("input[name=nomor]", "17/IPSPI/XI/2026")
            today = phone.evaluate("new Date().toISOString().slice(0, 10)")
            phone.fill("input[name=tanggal]", today)
            phone.fill("input[name=sejak]", "2021-07-01")
            press(phone)
            looked_at(phone, "sign")
            phone.fill("input[name=kode]", code)
            press(phone)
            assert phone.url.endswith("/t/akhir/ya/")
            looked_at(phone, "signed")
        page.goto(re.sub(r"rekomendasi/.*", "permohonan/", page.url))
        page.locator("main a[href^='/saya/permohonan/']:not([href$='baru/'])").first.click()
        page.goto(f"{page.url}dokumen/#recommendation_profession")
        card = page.locator("#recommendation_profession")
        assert "Ditandatangani lewat tautan" in card.inner_text()
