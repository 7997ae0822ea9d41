"""Does the written exam stand on a phone whose line drops, whose tab dies, whose owner uses keys?"""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import house as houses
from tests.browser import looks
from tests.browser.house import House
from tests.browser.test_weight import FIRST, KB, Line

pytestmark = pytest.mark.browser

SAVED, WAITING = "saved", "waiting"
CANDIDATE = "peserta"


def door(context: BrowserContext) -> Page:
    """Go to the door of the candidate's sitting, from their own pages."""
    page = context.new_page()
    page.goto("/saya/jadwal/")
    href = page.locator("a[href^='/ujian/']").first.get_attribute("href")
    assert href
    page.goto(href)
    return page


def begin(page: Page) -> None:
    """Press the one button of the door."""
    page.locator("form[action*=mulai] button").click()
    page.wait_for_selector("[data-x-paper]")


def choose(page: Page, item: int, option: int) -> str:
    """Tap an option of the item at a place of the page (from 0); return what was chosen."""
    chosen = page.locator("[data-x-item]").nth(item).locator("label").nth(option)
    chosen.click()
    value = chosen.locator("input").get_attribute("value")
    assert value
    return value


def expect_state(page: Page, state: str) -> None:
    """Wait until the line at the top says that all is saved, or that something waits."""
    expect(page.locator("[data-x-saved]")).to_have_attribute("data-state", state, timeout=30_000)


def checked(page: Page) -> list[str]:
    """Return what is chosen, item by item in the order of the page."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-x-item]')].map("
        "(e) => e.querySelector('input:checked')?.value ?? '')"
    )
    return found


def on_the_server(context: BrowserContext, path: str) -> list[str]:
    """Return what another device would be shown as chosen, item by item."""
    html = context.request.get(path).text()
    items = re.findall(r"data-x-item=.*?</fieldset>", html, re.DOTALL)
    chosen = [re.search(r'value="(\w)" checked', item) for item in items]
    return [found[1] if found else "" for found in chosen]


def test_a_line_that_drops_and_a_tab_that_dies_take_no_answer(
    chromium: Browser, own_house: House
) -> None:
    with (
        houses.entered(chromium, own_house, CANDIDATE) as phone,
        houses.entered(chromium, own_house, CANDIDATE) as other,
    ):
        said: list[str] = []
        page = door(phone)
        page.on("pageerror", lambda error: said.append(str(error)))
        begin(page)
        path = page.url.removeprefix(own_house.url)
        assert list(looks.faults(page)) == []

        # 1. Each tap is saved at once.
        first = choose(page, 0, 1)
        expect_state(page, SAVED)
        assert on_the_server(other, path)[:2] == [first, ""]

        # 2. Without a line the answer waits on the device, and the page says so.
        phone.set_offline(True)
        second = choose(page, 1, 0)
        expect_state(page, WAITING)
        assert on_the_server(other, path)[:2] == [first, ""]

        # 3. The tab dies without a line; opened again with one, it still has the answer and sends it.
        page.close()
        phone.set_offline(False)
        page = phone.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        assert checked(page)[:2] == [first, second]
        expect_state(page, SAVED)
        assert on_the_server(other, path)[:2] == [first, second]

        # 4. Another device goes on with the same paper; an answer may be changed and cleared there.
        there = other.new_page()
        there.goto(path)
        assert checked(there)[:2] == [first, second]
        third = choose(there, 0, 2)
        expect_state(there, SAVED)
        there.locator("[data-x-item]").nth(1).locator("[data-x-clear]").click()
        expect(there.locator("[data-x-item]").nth(1).locator("input:checked")).to_have_count(0)
        expect_state(there, SAVED)
        page.reload()
        assert checked(page)[:2] == [third, ""]

        # 5. The overview leads to any item; the line drops and comes back by itself.
        page.locator("[data-x-overview] summary").click()
        page.locator("[data-x-go='60']").click()
        assert page.locator("#s60").is_visible()
        assert not page.locator("#s1").is_visible()
        phone.set_offline(True)
        page.locator("#s60 label").first.click()
        expect_state(page, WAITING)
        phone.set_offline(False)
        expect_state(page, SAVED)

        # 6. What is handed in is what was answered; blanks are named before.
        for _ in range(60):
            if page.locator("[data-x-hand-in]").is_visible():
                break
            page.locator("[data-x-next]").click()
        blanks = page.locator("[data-x-blanks]").inner_text()
        assert re.search(r"\b2, 3\b", blanks)
        assert not re.search(r"\b60\b", blanks)
        page.locator("[data-x-hand-in] button").click()
        page.wait_for_selector("[data-x-paper]", state="detached")
        text = page.locator("main").inner_text()
        assert re.search(r"\b2\b.*\b98\b", text, re.DOTALL)
        assert page.evaluate("Object.keys(localStorage).length") == 0
        assert said == []


def test_the_whole_exam_can_be_sat_with_keys_alone(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE, width=1280) as context:
        page = door(context)
        line = Line(page)

        # 1. The door is opened.
        tab_to(page, "form[action*=mulai] button")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-x-paper]")
        assert line.bytes < FIRST, f"{line.bytes / KB:.0f} kB"

        # 2. An option is chosen and changed with the arrows.
        tab_to(page, "[data-x-item] input")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect_state(page, SAVED)
        assert checked(page)[0] != ""
        assert outline(page.locator("[data-x-item] label:focus-within")) != "0px"

        # 3. On to the next case: what comes next has the focus, not the top of the page.
        tab_to(page, "[data-x-next]")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('[data-x-case]') !== null")

        # 4. The overview opens, leads on, and Escape or another press closes it.
        tab_to(page, "[data-x-overview] summary")
        page.keyboard.press("Enter")
        tab_to(page, "[data-x-go='100']")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "s100"

        # 5. It is handed in.
        tab_to(page, "[data-x-next]")
        page.keyboard.press("Enter")
        tab_to(page, "[data-x-hand-in] button")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-x-paper]", state="detached")
        assert re.search(r"\b1\b.*\b99\b", page.locator("main").inner_text(), re.DOTALL)


def tab_to(page: Page, selector: str, *, most: int = 160) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(most):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")


def outline(locator: object) -> str:
    """Return how wide the outline of an element is."""
    width: str = locator.first.evaluate("(e) => getComputedStyle(e).outlineWidth")  # type: ignore[attr-defined]
    return width


def test_without_scripts_the_paper_says_what_to_do(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE, script=False) as context:
        page = door(context)

        page.locator("form[action*=mulai] button").click()

        page.locator("noscript .k-notice").wait_for(state="attached")
        assert "JavaScript" in page.locator("noscript").first.inner_text()
