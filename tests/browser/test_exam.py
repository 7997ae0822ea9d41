"""Can the written exam be sat on a phone: with a line, without one, with keys alone, on 320 px?"""

import re
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import exams, looks
from tests.browser import house as houses
from tests.browser.exams import CANDIDATE
from tests.browser.house import House

pytestmark = pytest.mark.long
KB = 1024
MOST = 150 * KB  # what a device takes from the line for a sitting of 100 items, pages and all
CLIENT = (
    27 * KB
)  # of it, our own modules for the sitting itself, essays and signs of life with them


def test_the_hours_before_the_start_name_their_zone(chromium: Browser, house: House) -> None:
    with houses.entered(chromium, house, CANDIDATE) as phone:
        page = exams.door(phone)
        page.locator("[data-x-to-sheet]").click()
        page.locator("[data-x-begin]:enabled").wait_for()

        assert page.locator("[data-x-window]").inner_text().endswith(" WIB")


def test_a_whole_sitting_with_a_line(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as phone:
        said: list[str] = []
        page = exams.door(phone)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        ref = exams.ref_of(page)
        assert list(looks.faults(page)) == []

        # 1. The paper is opened by line; all 100 items are there, one case at a time.
        exams.begin(page)
        assert page.locator("[data-x-item]").count() == 100
        assert page.locator(".x-case:visible").count() == 1
        assert list(looks.faults(page)) == []

        # 2. A tap is kept on the device at once, and arrives; it may be changed and cleared.
        first = exams.choose(page, 0, 1)
        number = exams.number(page, 0)
        exams.arrive(page)
        assert exams.held(phone, ref) == {number: first}
        second = exams.choose(page, 0, 2)
        exams.arrive(page)
        assert exams.held(phone, ref) == {number: second}
        page.locator("[data-x-item]").first.locator("[data-x-clear]").click()
        exams.arrive(page)
        assert exams.held(phone, ref) == {}
        third = exams.choose(page, 0, 0)

        # 3. The overview leads to any item, and the end names what is blank.
        page.locator("[data-x-overview] summary").click()
        page.locator("[data-x-numbers] [data-x-go='60']").click()
        assert page.locator("#s60").is_visible()
        assert not page.locator("#s1").is_visible()
        page.locator("[data-x-overview] summary").click()
        page.locator("[data-x-finish]").click()
        assert page.locator("[data-x-blanks] a").count() == 99
        assert list(looks.faults(page)) == []
        page.locator("[data-x-blanks] [data-x-go='2']").click()
        assert page.locator("#s2").is_visible()

        # 4. What is handed in is what was answered, and the receipt is shown.
        exams.hand_in(page)
        page.locator("[data-x-arrival=arrived]").wait_for()
        text = page.locator("main").inner_text()
        assert re.search(r"\b1\b.*\b99\b", text, re.DOTALL)
        assert list(looks.faults(page)) == []
        assert exams.held(phone, ref) == {number: third}

        # 5. Opened again it says so, and offers no paper.
        page.reload()
        page.locator("[data-x-arrival=arrived]").wait_for()
        assert page.locator("[data-x-item]").count() == 0
        assert said == []


def test_a_sitting_without_a_line_from_the_code_on(chromium: Browser, own_house: House) -> None:
    with (
        houses.entered(chromium, own_house, CANDIDATE) as phone,
        houses.entered(chromium, own_house, CANDIDATE) as other,
    ):
        page = exams.door(phone)
        ref, code = exams.ref_of(page), exams.code(own_house, page)
        exams.prepare(page)
        sheet = page.url + "lembar/"
        page.close()

        # 1. Without a line the page opens from the device, and asks for the code.
        phone.set_offline(True)
        page = phone.new_page()
        page.goto(sheet)
        page.locator("[data-x-begin]:enabled").click()
        field = page.locator("[data-x-code]")
        field.wait_for()
        assert list(looks.faults(page)) == []

        # 2. A code too short and a wrong one are told apart, in words; a right one may be written freely.
        for wrong, words in (("ABC", "3"), ("0000000000", "pengawas")):
            field.fill(wrong)
            field.press("Enter")
            expect(page.locator("[data-x-code-said]")).to_contain_text(words)
        field.fill(f" {code[:5].lower().replace('1', 'l').replace('0', 'o')}-{code[5:].lower()} ")
        field.press("Enter")
        exams.at_the_paper(page)

        # 3. Answers are kept; a reload and a new tab go on where it was.
        chosen = {exams.number(page, n): exams.choose(page, n, n % 3) for n in range(2)}
        exams.expect_state(page, "offline")
        page.reload()
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen
        page.close()
        page = phone.new_page()
        page.goto(sheet.removesuffix("lembar/"))
        exams.at_the_paper(page)
        assert exams.checked(page) == chosen

        # 4. Handed in without a line: it says that it was not sent, and sends when there is one.
        exams.hand_in(page)
        page.locator("[data-x-arrival=waiting]").wait_for(timeout=40_000)
        assert list(looks.faults(page)) == []
        phone.set_offline(False)
        page.locator("[data-x-arrival=arrived]").wait_for(timeout=70_000)
        assert exams.held(other, ref) == chosen


def test_the_whole_exam_can_be_sat_with_keys_alone(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE, width=1280) as context:
        page = exams.door(context)

        # 1. The door leads to the paper, and the paper is begun.
        tab_to(page, "[data-x-to-sheet]")
        page.keyboard.press("Enter")
        page.locator("[data-x-begin]:enabled").wait_for()
        tab_to(page, "[data-x-begin]")
        page.keyboard.press("Enter")
        exams.at_the_paper(page)

        # 2. An option is chosen and changed with the arrows, and by its number.
        tab_to(page, "[data-x-item] input")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        second = list(exams.checked(page).values())
        page.keyboard.press("1")
        first = list(exams.checked(page).values())
        assert len(first) == len(second) == 1
        assert first != second
        width = "(e) => getComputedStyle(e).outlineWidth"
        assert page.locator("[data-x-item] label:focus-within").first.evaluate(width) != "0px"

        # 3. On to the next case: what comes next has the focus, not the top of the page.
        tab_to(page, "[data-x-next]")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.matches('.x-case')")

        # 4. The overview opens, leads on, and Escape closes it.
        tab_to(page, "[data-x-overview] summary")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert not page.locator("[data-x-numbers]").is_visible()
        page.keyboard.press("Enter")
        tab_to(page, "[data-x-numbers] [data-x-go='100']")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "s100"

        # 5. It is handed in.
        tab_to(page, "[data-x-next]")
        page.keyboard.press("Enter")
        tab_to(page, "[data-x-hand-in] button")
        page.keyboard.press("Enter")
        page.locator("[data-x-arrival=arrived]").wait_for()
        assert re.search(r"\b1\b.*\b99\b", page.locator("main").inner_text(), re.DOTALL)


def tab_to(page: Page, selector: str, *, most: int = 200) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(most):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_practice_says_whether_this_device_will_do(
    chromium: Browser, house: House, width: int
) -> None:
    with houses.entered(chromium, house, width=width) as context:
        page = context.new_page()
        page.goto("/ujian/latihan/")
        assert list(looks.faults(page)) == []

        page.locator("[data-x-begin]:enabled").click()
        exams.at_the_paper(page)
        assert page.locator("[data-x-item]").count() == 5
        exams.choose(page, 0, 0)
        page.locator("[data-x-larger]").click()
        assert list(looks.faults(page)) == []
        exams.hand_in(page)
        page.locator("[data-x-verdict=good]").wait_for()

        assert page.locator("[data-x-checks] li[data-tone=good]").count() == 7
        assert list(looks.faults(page)) == []
        # Nothing of it stays behind.
        assert page.evaluate("Object.keys(localStorage).join()") == "ujian/huruf"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_at_320(chromium: Browser, own_house: House, theme: str) -> None:
    with houses.entered(chromium, own_house, CANDIDATE, width=320, theme=theme) as context:
        page = exams.door(context)
        found = list(looks.faults(page))

        exams.begin(page)
        # Nothing in the bar is as wide as the count of somebody who has answered everything.
        page.locator("[data-x-count]").evaluate("(e) => { e.textContent = '100'; }")
        for _ in range(2):
            page.locator("[data-x-larger]").click()
            found += looks.faults(page)
        page.locator("[data-x-overview] summary").click()
        found += looks.faults(page)
        page.locator("[data-x-finish]").click()
        found += looks.faults(page)

        assert found == []


def test_a_sitting_takes_little_from_the_line(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE) as context:
        page = exams.door(context)
        document = context.request.get(f"/ujian/{exams.ref_of(page)}/tiket.json")
        package = document.json()["package"]["url"]
        script = context.request.get("/ujian/pekerja.js").text()
        listed = re.findall(r'"(/[^"]+)"', script.split("const NAME")[0])
        weights = {path: weight(own_house.url + path) for path in [*listed, package]}
        practice = ("practice", "demo", "checks", "door", "clear", "left")
        modules = {p: w for p, w in weights.items() if "/examroom/" in p and p.endswith(".js")}
        by_hand = ("brought", "qr", "qr_modules", "code", "frames", "handin", "base45", "scan")
        client = sum(
            w
            for p, w in modules.items()
            if p.split("/")[-1].split(".")[0] not in practice + by_hand
        )

        assert sum(weights.values()) + len(document.body()) < MOST, weights
        assert client < CLIENT, modules


def weight(url: str) -> int:
    """Return how many bytes an address takes from the line, packed as servers pack them."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())


def test_without_scripts_the_paper_says_what_to_do(chromium: Browser, own_house: House) -> None:
    with houses.entered(chromium, own_house, CANDIDATE, script=False) as context:
        page = exams.door(context)

        page.locator("[data-x-to-sheet]").click()

        page.locator("noscript .k-notice").wait_for(state="attached")
        assert "JavaScript" in page.locator("noscript").first.inner_text()
