"""Does a real browser keep what somebody writes, tell them so, and lose nothing when it cannot?"""

import json
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from playwright.sync_api import Browser, Page, expect

import kompeten.web.candidate

STATIC = Path(kompeten.web.candidate.__file__).parent / "static" / "candidate" / "js"
PAGE = """<!doctype html><html lang="id"><body>
<form method="post" action="/tulis/" data-k-autosave data-typing="belum" data-saving="menyimpan"
 data-saved="tersimpan {}" data-offline="terputus" data-broken="rusak" data-login="keluar"
 data-refused="ditolak">
<input type="hidden" name="csrfmiddlewaretoken" value="t">
<textarea name="k1">Awal.</textarea><p data-k-saved="k1"></p>
<textarea name="k2"></textarea><p data-k-saved="k2"></p></form>
<script src="/autosave.js" type="module"></script></body></html>"""
KEPT = {"at": "2026-03-03T02:00:00+00:00", "words": {}}


class Office:
    """Serves the page and answers what is sent as a test wants; remembers every text that came."""

    def __init__(self) -> None:
        self.came: list[dict[str, str]] = []
        self.status, self.said = 200, KEPT

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            return self._take(environ, start)
        if environ["PATH_INFO"].endswith(".js"):
            start("200 OK", [("Content-Type", "text/javascript")])
            return [(STATIC / "autosave.js").read_bytes()]
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [PAGE.encode()]

    def _take(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        self.came.append({name: texts[0] for name, texts in parse_qs(body).items()})
        headers = [("Content-Type", "application/json"), ("Location", "/akun/masuk/")]
        start(f"{self.status} {HTTPStatus(self.status).phrase}", headers)
        return [json.dumps(self.said).encode()]


class Silent(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
        """Say nothing."""


@pytest.fixture
def office() -> Iterator[Office]:
    """Serve on a free port."""
    held = Office()
    server = make_server("127.0.0.1", 0, held, handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    held.address = f"http://127.0.0.1:{server.server_port}/"  # type: ignore[attr-defined]
    yield held
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, office: Office) -> Iterator[Page]:
    """Open the page on a phone."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    opened = context.new_page()
    opened.goto(office.address)  # type: ignore[attr-defined]
    opened.wait_for_load_state("networkidle")
    yield opened
    context.close()


def write(page: Page, text: str, field: str = "k1") -> None:
    """Type into a field and go on to the next place."""
    page.locator(f"[name={field}]").fill(text)
    page.locator(f"[name={field}]").blur()


def told(page: Page, field: str = "k1") -> Any:
    return expect(page.locator(f"[data-k-saved={field}]"))


def test_a_field_is_kept_when_it_is_left_and_alone(page: Page, office: Office) -> None:
    write(page, "Awal. Lanjut.")

    told(page).to_contain_text("tersimpan")
    assert office.came == [{"csrfmiddlewaretoken": "t", "k1": "Awal. Lanjut."}]


def test_a_pause_is_enough(page: Page, office: Office) -> None:
    page.locator("[name=k2]").press_sequentially("Pelan.")
    told(page, "k2").to_have_text("belum")

    told(page, "k2").to_contain_text("tersimpan", timeout=9000)
    assert office.came[-1]["k2"] == "Pelan."


def test_nothing_is_sent_twice(page: Page, office: Office) -> None:
    write(page, "Sekali.")
    told(page).to_contain_text("tersimpan")

    page.locator("[name=k1]").focus()
    page.locator("[name=k1]").blur()
    page.wait_for_timeout(300)

    assert len(office.came) == 1


def test_without_a_connection_the_text_stays_and_goes_out_later(page: Page, office: Office) -> None:
    page.context.set_offline(True)
    write(page, "Tanpa sinyal.")
    told(page).to_have_text("terputus")

    page.context.set_offline(False)

    told(page).to_contain_text("tersimpan")
    assert page.locator("[name=k1]").input_value() == "Tanpa sinyal."
    assert office.came[-1]["k1"] == "Tanpa sinyal."


@pytest.mark.parametrize("status", [409, 422])
def test_a_refusal_is_told_and_the_text_stays(page: Page, office: Office, status: int) -> None:
    office.status, office.said = status, {"reasons": ["Sudah dikirim."]}

    write(page, "Terlambat.")

    told(page).to_have_text("ditolak Sudah dikirim.")
    assert page.locator("[name=k1]").input_value() == "Terlambat."


def test_after_a_conflict_nothing_more_is_sent(page: Page, office: Office) -> None:
    office.status, office.said = 409, {"reasons": ["Sudah dikirim."]}
    write(page, "Satu.")
    told(page).to_contain_text("ditolak")

    write(page, "Dua.")
    page.wait_for_timeout(300)

    assert len(office.came) == 1


def test_somebody_who_was_logged_out_is_told(page: Page, office: Office) -> None:
    office.status = 302

    write(page, "Masih di sini.")

    told(page).to_have_text("keluar")
    assert page.locator("[name=k1]").input_value() == "Masih di sini."


def test_a_broken_server_is_tried_again(page: Page, office: Office) -> None:
    office.status = 500
    write(page, "Coba lagi.")
    told(page).to_have_text("rusak")

    office.status = 200

    told(page).to_contain_text("tersimpan", timeout=12000)


def test_what_was_not_sent_outlives_a_reload(page: Page, office: Office) -> None:
    office.status = 500
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, "Jangan hilang.")
    told(page).to_have_text("rusak")

    office.status = 200
    page.reload()

    assert page.locator("[name=k1]").input_value() == "Jangan hilang."
    told(page).to_contain_text("tersimpan", timeout=9000)


def test_other_fields_are_left_alone(page: Page, office: Office) -> None:
    write(page, "Hanya ini.", "k2")

    told(page, "k2").to_contain_text("tersimpan")
    assert "k1" not in office.came[0]
