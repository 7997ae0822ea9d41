"""Does a verifier clear files without leaving the keyboard, in few requests, and without a script as well?"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser import house as houses
from tests.browser.house import House

QUEUE = "/kantor/verifikasi/"
WIDE = 1280


def take(page: Page) -> None:
    """Take the next file from the queue."""
    page.goto(QUEUE)
    page.locator('button[name=jumlah][value="1"]').first.click()
    page.wait_for_selector("form#lembar")


def seen(page: Page, name: str) -> None:
    """Keep a picture for whoever asked for pictures."""
    if folder := os.environ.get("BROWSER_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=False)


def judge_all(page: Page) -> int:
    """Mark every document in order, by key; return how many there are."""
    count = page.locator("[data-k-desk-row]").count()
    page.keyboard.press("j")
    for _ in range(count):
        page.keyboard.press("y")
    return count


def asked(requests: list[Request]) -> list[str]:
    """Return the requests for pages and answers, without pictures and what is kept in the browser."""
    kinds = {"document", "fetch", "xhr"}
    return [f"{r.method} {r.url}" for r in requests if r.resource_type in kinds]


def test_a_file_is_cleared_by_keys_and_the_next_opens_in_the_same_request(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        take(page)
        first, name = page.url, page.locator("h1").inner_text()
        seen(page, "meja")
        requests: list[Request] = []
        page.on("request", lambda request: requests.append(request))

        count = judge_all(page)
        seen(page, "meja-dinilai")
        assert page.locator("input[type=radio][value=met]:checked").count() == count
        page.keyboard.press("Shift+L")
        page.wait_for_url(lambda url: url != first)

        assert faults == []
        assert len(asked(requests)) == 1
        assert page.locator("form#lembar").count() == 1
        assert name in page.locator(".k-toasts").inner_text()
        assert page.evaluate("document.activeElement.id") == "isi"
        judge_all(page)
        assert page.locator("[data-k-desk-row]").count() > 0


def test_a_reason_is_found_by_typing_and_the_file_goes_back(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        take(page)
        first = page.url
        page.keyboard.press("j")
        page.keyboard.press("t")
        page.keyboard.type("terbaca jelas")
        seen(page, "meja-alasan")
        page.keyboard.press("Enter")
        for _ in range(page.locator("[data-k-desk-row]").count() - 1):
            page.keyboard.press("y")

        chosen = page.locator("[data-k-desk-why] select").first.input_value()
        on_answer = page.evaluate("document.activeElement.value")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != first)

        assert chosen
        assert on_answer == "kembalikan"


def test_keys_are_silent_while_one_writes_and_when_turned_off(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        take(page)
        page.keyboard.press("j")
        page.keyboard.press("t")
        page.keyboard.press("Escape")
        page.locator("textarea:visible").first.fill("")
        page.keyboard.type("yyy")
        written = page.locator("textarea:visible").first.input_value()
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        seen(page, "meja-tombol")
        page.locator("[data-k-desk-on]").uncheck()
        page.locator("h1").click()
        page.keyboard.press("j")
        page.keyboard.press("y")

        assert written == "yyy"
        assert page.locator("input[type=radio][value=met]:checked").count() == 0


def test_what_is_refused_is_said_and_what_was_marked_stays(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        take(page)
        first = page.url
        page.keyboard.press("j")
        page.keyboard.press("y")
        page.keyboard.press("Shift+L")
        page.wait_for_selector("[role=alert]")

        assert page.url == first
        assert page.locator("input[type=radio][value=met]:checked").count() == 1


@pytest.mark.parametrize("width", [360, WIDE])
def test_it_works_without_a_script(chromium: Browser, own_house: House, width: int) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=width, script=False) as context:
        page = context.new_page()
        take(page)
        first = page.url
        for box in page.locator("[data-k-desk-row]").all():
            box.locator("input[type=radio]").first.check()
        seen(page, f"meja-tanpa-skrip-{width}")
        page.locator("button[value=loloskan]").click()

        assert page.url != first
        assert page.locator("form#lembar").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
