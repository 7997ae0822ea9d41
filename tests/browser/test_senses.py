"""Can pages be used by keys, in the dark, at twice the size, and without motion?"""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import house as houses
from tests.browser import looks
from tests.browser.house import House

PAGES = {
    "": ("/", "/periksa/", "/akun/masuk/"),
    "penyusun": ("/saya/", "/saya/portofolio/"),
    "verifikator": ("/kantor/", "/kantor/verifikasi/"),
}
WHO = pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "nobody")
STOPS = 12
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const frame = e.closest('label, .k-option') ?? e;
  const drawn = [e, frame].map((x) => getComputedStyle(x));
  return {
    name: e.outerHTML.replace(/\\s+/g, ' ').slice(0, 90),
    seen: drawn.some((s) => parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none')
      || drawn.some((s) => s.boxShadow !== 'none'),
    inside: e.getBoundingClientRect().right > 0 && e.getBoundingClientRect().width > 0,
  };
}"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
MOVING = """() => document.getAnimations().filter(
  (a) => a.playState === 'running' && a.effect.getComputedTiming().duration > 10).length"""


def brightness(color: str) -> float:
    """Return how bright a CSS colour is, 0 to 255."""
    red, green, blue = (float(part) for part in color.partition("(")[2].rstrip(")").split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def stops(page: Page) -> list[dict[str, object]]:
    """Return where the first presses of Tab lead."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(FOCUS)) is not None:
            found.append(stop)
    return found


@WHO
def test_keys_lead_somewhere_and_the_eye_can_follow(
    chromium: Browser, house: House, who: str
) -> None:
    with houses.entered(chromium, house, who, width=1280) as context:
        page = context.new_page()
        for path in PAGES[who]:
            page.goto(path)
            found = stops(page)

            assert len({stop["name"] for stop in found}) > 4, path
            assert [stop["name"] for stop in found if not stop["seen"]] == [], path
            assert "k-skip" in str(found[0]["name"]), path


@WHO
def test_the_dark_is_dark_and_loses_nothing(chromium: Browser, house: House, who: str) -> None:
    for path in PAGES[who]:
        with houses.entered(chromium, house, who) as day:
            page = day.new_page()
            page.goto(path)
            light, text = page.evaluate(BACKGROUND), page.locator("main").inner_text()
            shot = page.screenshot()
        with houses.entered(chromium, house, who, theme="dark") as night:
            page = night.new_page()
            page.goto(path)
            dark = page.evaluate(BACKGROUND)

            assert brightness(light) > 180 > 80 > brightness(dark), path
            assert page.locator("main").inner_text() == text
            assert page.screenshot() != shot
            assert list(looks.faults(page)) == []


@WHO
@pytest.mark.parametrize("width", [320, 640, 800])
def test_enlarged_to_four_times_everything_finds_room(
    chromium: Browser, house: House, who: str, width: int
) -> None:
    """WCAG 2.2, 1.4.10: a screen of 1280 px enlarged to 400 % has 320 px."""
    with houses.entered(chromium, house, who, width=width) as context:
        page = context.new_page()
        for path in PAGES[who]:
            page.goto(path)

            assert page.evaluate(looks.OVERFLOW) <= 0, path


def test_who_wants_no_motion_sees_none(chromium: Browser, house: House) -> None:
    context = chromium.new_context(base_url=house.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")

    assert page.evaluate(MOVING) == 0
    context.close()


def test_the_other_language_is_kept(chromium: Browser, house: House) -> None:
    with houses.entered(chromium, house, width=1280) as context:
        page = context.new_page()
        page.goto("/")
        page.locator("form[action*='/bahasa/'] button").first.click()
        page.wait_for_load_state()

        assert page.evaluate("document.documentElement.lang") == "en"
        page.goto("/periksa/")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert looks.ENGLISH.search(page.locator("main").inner_text())
