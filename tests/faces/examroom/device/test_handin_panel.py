"""Do the ways without a line, as a candidate sees them, all lead to the same answers on the server?"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import zxingcpp
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image
from playwright.sync_api import Browser, Page

from kompeten.exams.rules import handfile, handin
from kompeten.exams.rules.edits import written
from tests.faces.examroom.browsers import MODULES, served
from tests.faces.examroom.stage import said
from tests.make import byhand

ATTEMPT = "7XK2M9QPW3"
KEY = bytes(range(16))
ADDRESS = "https://ujian.example/serah"
CHOICES = {n: "abcd"[n % 4] for n in range(1, 93)}
LINKS = byhand.taps(CHOICES, since=datetime(2026, 3, 9, 2, tzinfo=UTC))
HEAD = byhand.head(ATTEMPT, LINKS)
OPEN = """async (given) => {
  const { open } = await import("/handin.js");
  open(document.querySelector("#root"), given);
}"""


@pytest.fixture(params=["reduce", "no-preference"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the panel on a phone, for people who want less motion and for others."""
    with translation.override("id"):
        panel = render_to_string("examroom/handin.html")
    with served() as address:
        context = chromium.new_context(
            viewport={"width": 320, "height": 740}, reduced_motion=request.param
        )
        page = context.new_page()
        page.goto(address)
        page.set_content(
            f'<meta name="viewport" content="width=device-width">{panel}<div id="root"></div>'
        )
        page.add_style_tag(path=str(MODULES / "handin.css"))
        chain = {"chain": byhand.CHAIN, "parent": "", "links": LINKS, "head": HEAD, "receipts": []}
        given: dict[str, Any] = {
            "ref": ATTEMPT,
            "ticket": "1.t",
            "key": KEY.hex(),
            "answers": {str(n): choice for n, choice in CHOICES.items()} | {"93": ""},
            "items": 100,
            "chains": [chain],
            "address": ADDRESS,
        }
        page.evaluate(OPEN, given)
        page.reduced = request.param == "reduce"  # type: ignore[attr-defined]
        yield page
        context.close()


def hook(name: str) -> str:
    return f'#root [data-x-hand="{name}"]'


def scanned(page: Page, name: str) -> str:
    """Return what a camera reads off this part of the screen."""
    shown = Image.open(io.BytesIO(page.locator(f"{hook(name)} svg").screenshot()))
    (found,) = zxingcpp.read_barcodes(shown, zxingcpp.barcode_formats_from_str("QRCode"))
    return str(found.text)


def stands(code: str) -> tuple[str, int, str]:
    stated = handin.unpack(handin.read(code), key_of=lambda _: KEY)
    return stated.attempt, stated.count, stated.choices


WANTED = (ATTEMPT, 93, "".join(CHOICES.values()) + "-" * 8)


def test_code_sms_and_typed_signs_say_the_same(page: Page) -> None:
    address, _, code = scanned(page, "code-qr").partition("#")
    typed = page.locator(hook("typed")).inner_text()
    sms = unquote(str(page.locator(hook("sms")).get_attribute("href"))).removeprefix("sms:?body=")

    assert address == ADDRESS
    assert [stands(text) for text in (code, typed, sms)] == [WANTED] * 3
    assert len(sms) <= 160


def test_the_four_words_are_those_of_the_server(page: Page) -> None:
    assert page.locator(hook("words")).inner_text().split() == list(handin.words(ATTEMPT, HEAD))


def test_the_file_is_the_one_that_the_server_reads(page: Page) -> None:
    with page.expect_download() as caught:
        page.locator(hook("save")).click()

    handed = handfile.parse(Path(caught.value.path()).read_bytes(), key_of=lambda _: KEY)
    assert caught.value.suggested_filename == f"ujian-{ATTEMPT}.txt"
    assert (handed.attempt, handed.chains[0][-1].head) == (ATTEMPT, HEAD)


def test_the_moving_code_is_read_part_by_part(page: Page) -> None:
    page.locator(hook("whole")).click()
    page.locator(f"{hook('frame')} svg").wait_for()
    if not page.reduced:  # type: ignore[attr-defined]
        page.locator(hook("pause")).click()
    of = int(page.locator(hook("count")).inner_text().split()[-1])

    frames = []
    for _ in range(of):
        frames.append(scanned(page, "frame").partition("#")[2])
        page.locator(hook("next")).click()

    handed = handfile.parse(handfile.join(frames).content or b"", key_of=lambda _: KEY)
    assert 1 < of <= 12
    assert handed.chains[0][-1].head == HEAD


def test_with_essays_the_whole_record_comes_first_and_the_code_says_what_it_leaves(
    page: Page,
) -> None:
    edits = [["e", 101, edit, 200_000, LINKS[-1][4] + 1] for edit in written(0, 0, "esai")]
    whole = [*LINKS, *edits]
    chain = {"chain": byhand.CHAIN, "parent": "", "links": whole, "receipts": []}
    given = {
        "ref": ATTEMPT, "ticket": "1.t", "key": KEY.hex(), "address": ADDRESS, "partial": True,
        "answers": {str(n): choice for n, choice in CHOICES.items()}, "items": 100,
        "chains": [chain | {"head": byhand.head(ATTEMPT, whole)}],
    }  # fmt: skip

    page.evaluate(OPEN, given)

    typed = page.locator(hook("typed")).inner_text()
    stated = handin.unpack(handin.read(typed), key_of=lambda _: KEY)
    headings = page.locator("#root h3").all_inner_texts()
    notes = page.locator("#root [data-x-partial]")
    assert (stated.partial, len(stated.choices)) == (True, 100)
    assert headings[1] == said("Show everything as a moving code")
    assert [note.is_visible() for note in notes.all()] == [True] * 4
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_less_motion_is_no_motion_until_it_is_asked_for(page: Page) -> None:
    page.locator(hook("whole")).click()
    page.locator(f"{hook('frame')} svg").wait_for()

    first = page.locator(hook("count")).inner_text()
    page.wait_for_timeout(1000)
    moved = page.locator(hook("count")).inner_text() != first
    page.locator(hook("pause")).click()
    word = page.locator(hook("pause")).inner_text()

    assert moved is not page.reduced  # type: ignore[attr-defined]
    assert word == said("Pause" if page.reduced else "Go on")  # type: ignore[attr-defined]


def test_it_fits_the_smallest_phone(page: Page) -> None:
    page.locator(hook("whole")).click()
    page.locator(f"{hook('frame')} svg").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_device_without_its_ticket_offers_no_way_that_leads_nowhere(page: Page) -> None:
    page.evaluate(
        OPEN, {"ref": ATTEMPT, "ticket": "", "key": "", "answers": {}, "items": 5, "chains": []}
    )

    assert page.locator("#root *").count() == 0
