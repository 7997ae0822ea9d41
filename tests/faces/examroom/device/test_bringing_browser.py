"""Does what a camera reads come into the form and on its way, at once or once it is whole?"""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from kompeten.exams.rules import handfile
from kompeten.web.ui.brought import Brought
from tests.faces.examroom.browsers import served
from tests.faces.examroom.stage import said

CODE = (
    "KB0._8Q4R1GI320YNDA46WWQV3JY_N$HJ+SC:MKFAS$ED8AWA*5HM9HDPMJ8*J6KUGVXJETOR-HPJG/-6N4C2=NRKJ$3"
)
READ = (
    "Part {have} of {of} was read. Go on with the next one; all parts stay here until they are"
    " complete."
)
HEAD = '<!doctype html><script type="module" src="/brought.js"></script>'


@pytest.fixture
def sent() -> list[dict[str, list[str]]]:
    """Return what the page has posted so far."""
    return []


@pytest.fixture
def page(chromium: Browser, sent: list[dict[str, list[str]]]) -> Iterator[Page]:
    """Return a page whose `/serah` has the form; what is posted is noted and answered with a receipt."""
    with translation.override("id"):
        form = HEAD + render_to_string("ui/bring.html", {"form": Brought()})

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(_fields(route.request.post_data_buffer or b""))
            body = f'{HEAD}<figure data-x-qr-text="1.receipt" data-x-qr-title="x"></figure>'
            route.fulfill(body=body, content_type="text/html")
        else:
            route.fulfill(body=form, content_type="text/html")

    with served() as address:
        page = chromium.new_page(base_url=address)
        page.route("**/serah", answer)
        yield page
        page.close()


def _fields(body: bytes) -> dict[str, list[str]]:
    """Return the texts of a form that was sent in parts, as parse_qs would of the other kind."""
    found: dict[str, list[str]] = parse_qs("")
    for part in body.split(b"\r\n--"):
        head, _, text = part.partition(b"\r\n\r\n")
        for name in ("teks", "lewat"):
            if f'name="{name}"'.encode() in head:
                found.setdefault(name, []).append(text.decode().replace("\r\n", "\n"))
    return found


def test_a_code_behind_the_address_is_sent_at_once_and_leaves_the_address(
    page: Page, sent: list[dict[str, list[str]]]
) -> None:
    page.goto(f"/serah#{CODE}")
    page.locator("figure svg").wait_for()

    assert sent == [{"teks": [CODE], "lewat": ["qr"]}]
    assert "#" not in page.url


def test_parts_of_a_moving_code_meet_though_each_opens_a_page_of_its_own(
    page: Page, sent: list[dict[str, list[str]]]
) -> None:
    frames = handfile.cut(bytes(range(256)) * 2)
    order = [frames[2], frames[0], frames[0], frames[1]]

    told = []
    for frame in order[:-1]:
        page.goto("about:blank")
        page.goto(f"/serah#{frame}")
        told.append(page.locator("[data-x-parts]").inner_text())
    page.goto("about:blank")
    page.goto(f"/serah#{order[-1]}")
    page.locator("figure svg").wait_for()

    assert told == [said(READ).replace("{have}", have).replace("{of}", "3") for have in "122"]
    assert sent == [{"teks": ["\n".join(frames)], "lewat": ["qr"]}]
    assert page.evaluate("localStorage.length") == 0


def test_an_address_without_anything_behind_it_waits_for_somebody_to_type(
    page: Page, sent: list[dict[str, list[str]]]
) -> None:
    page.goto("/serah")
    page.locator("textarea").wait_for()

    assert sent == []
    assert not page.locator("[data-x-progress]").is_visible()
