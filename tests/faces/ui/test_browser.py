"""What does a real browser make of the pages, at 360 and at 1280 px, with and without JavaScript?"""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page

PAGES = (
    "/",
    "/akun/masuk/",
    "/akun/daftar/",
    "/galeri/",
    "/galeri/saya/",
    "/galeri/kantor/",
    "/galeri/ujian/",
    "/galeri/galat/409/",
)
# WCAG 2.2, 2.5.8 asks for 24 px; the house asks for 44 of what stands alone, and leaves links within
# a sentence, cell or heading as they are.
SMALL = """() => [...document.querySelectorAll('button, summary, select, .k-button, nav a, .k-links a')]
  .filter(e => e.checkVisibility() && !e.closest('.k-sr'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, box]) => box.height < 44 || box.width < 24)
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Server(ThreadingMixIn, WSGIServer):
    """Answers a browser, which asks for several files at once."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
        """Say nothing."""


class Assets(StaticFilesHandler):
    """Serves static files straight from the source."""

    def serve(self, request):  # type: ignore[no-untyped-def]
        from django.contrib.staticfiles.views import serve

        return serve(request, self.file_path(request.path), insecure=True)


@pytest.fixture(scope="module")
def house() -> Iterator[str]:
    """Serve pages that ask nothing of the database; return their address."""
    with override_settings(ROOT_URLCONF="tests.faces.ui.urls"):
        server = make_server(
            "127.0.0.1", 0, Assets(WSGIHandler()), server_class=Server, handler_class=Silent
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open a page of the width and with the scripting that the test asks for by parameter."""
    asked = getattr(request, "param", {})
    context = chromium.new_context(
        viewport={"width": asked.get("width", 360), "height": 760},
        java_script_enabled=asked.get("script", True),
        color_scheme=asked.get("theme", "light"),
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "page", [{"width": 360}, {"width": 1280}], indirect=True, ids=["360", "1280"]
)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_and_nothing_is_too_small(page: Page, house: str, path: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(house + path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(SMALL) == []
    assert [line for line in said if "409" not in line] == []


def test_the_keyboard_reaches_the_content_first(page: Page, house: str) -> None:
    page.goto(house + "/galeri/kantor/")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")

    assert first == "k-skip"
    assert page.evaluate("location.hash") == "#isi"


def test_focus_is_seen(page: Page, house: str) -> None:
    page.goto(house + "/akun/masuk/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")

    assert outline == "3px"


def test_words_are_counted_while_one_writes(page: Page, house: str) -> None:
    page.goto(house + "/galeri/")
    page.locator("#id_story").first.fill("Ibu Sari datang dengan anak-anaknya.")

    page.wait_for_selector("[data-k-words-now]:not([hidden])")
    assert page.locator("[data-k-words-now]").first.inner_text() == "5 kata sekarang"


def test_a_menu_closes_on_escape(page: Page, house: str) -> None:
    page.goto(house + "/galeri/kantor/")
    page.wait_for_load_state("networkidle")
    drawer = page.locator(".k-drawer")
    drawer.locator("summary").click()
    assert drawer.locator("nav").is_visible()

    page.keyboard.press("Escape")

    assert not drawer.locator("nav").is_visible()


def test_two_quick_clicks_send_one_form(page: Page, house: str) -> None:
    page.goto(house + "/")
    page.wait_for_load_state("networkidle")

    sent = page.evaluate("""() => {
      const button = document.querySelector('.k-theme button[value=dark]');
      let sent = 0;
      document.addEventListener('submit', (event) => {
        sent += !event.defaultPrevented;
        event.preventDefault();
      });
      button.form.requestSubmit(button);
      button.form.requestSubmit(button);
      return sent;
    }""")

    assert sent == 1


@pytest.mark.parametrize("page", [{"script": False}], indirect=True)
def test_without_javascript_menus_and_dialogs_still_open(page: Page, house: str) -> None:
    page.goto(house + "/galeri/kantor/")
    page.locator(".k-drawer summary").click()

    assert page.locator(".k-drawer nav").is_visible()


@pytest.mark.parametrize("page", [{"script": False}], indirect=True)
def test_without_javascript_the_theme_is_kept(page: Page, house: str) -> None:
    page.goto(house + "/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".k-theme button[value=dark]").click()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_on_paper_there_is_no_furniture(page: Page, house: str) -> None:
    page.goto(house + "/galeri/saya/")
    page.emulate_media(media="print")

    assert not page.locator(".k-header").is_visible()
    assert not page.locator(".k-footer").is_visible()
    assert page.locator(".k-way").is_visible()


def test_a_day_is_said_in_words_below_its_field(page: Page, house: str) -> None:
    page.goto(house + "/galeri/")
    field = page.locator("input[type=date]").first
    words = page.locator(f"[data-k-date={field.get_attribute('id')}]")

    field.fill("1992-01-27")
    words.wait_for()
    assert words.inner_text() == "27 Januari 1992"

    field.fill("")
    words.wait_for(state="hidden")
