"""The pages of a site: a door for candidates, a wall for all, a board for the invigilator. No table is asked."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import clear_url_caches, set_urlconf

from kompeten.exams.actions import receiving
from kompeten.exams.terms.vault import Via
from kompeten.foundation import clock
from kompeten.node import actions, queries
from kompeten.node.adapters.seatcards import WITH_CODE
from kompeten.node.terms import Load, NoteKind
from kompeten.web.examroom import intake, node_board, node_intake
from kompeten.web.examroom.intake import Desk, Pending, Settled
from tests.make import node
from tests.make.exams import CLOSES, OPENS

pytestmark = pytest.mark.django_db
MIDDLEWARE = [m for m in settings.MIDDLEWARE if m not in settings.OF_ACCOUNTS]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Be at a site that has taken in a sitting of three, as it opens."""
    _, _, held = node.given(tmp_path / "ende")
    monkeypatch.setattr(clock, "now", lambda: OPENS)
    monkeypatch.setattr(node_board, "_board", queries.Board())
    with (
        node.at_site(tmp_path / "ende"),
        override_settings(ROOT_URLCONF="kompeten.config.site_urls", MIDDLEWARE=MIDDLEWARE),
    ):
        clear_url_caches()
        yield held
    set_urlconf(None)
    clear_url_caches()
    cache.clear()


def seated(load: Load, place: int = 0) -> tuple[Client, str]:
    """Return the browser of whoever sits there, and the attempt."""
    client, seat = Client(), load.seats[place]
    client.post("/ujian/", {"code": seat.code.lower()})
    return client, seat.held.attempt


def invigilator() -> Client:
    """Return a browser that knows the PIN."""
    client = Client()
    client.post("/ujian/papan/masuk/", {"pin": actions.new_pin(rng=node.RNG)})
    return client


def asked(method: str, path: str, body: bytes, *, minute: float = 0) -> tuple[int, Any]:
    """Return what the intake of the site answers so long after the sitting opens."""
    desk = Desk(node_intake_backlog, node_intake.look(), via=Via.NODE)
    now = round(node.minutes_after(minute).timestamp() * 1000)
    outcome = intake.judge(method, path, body, now=now, desk=desk)
    while isinstance(outcome, Pending):
        waiting = receiving.Waiting(outcome.row, ask=outcome.ask)
        receiving.settle(receiving.journal(), [waiting])
        outcome = outcome.then(Settled(waiting.kept, waiting.held))
    return outcome.status, json.loads(outcome.body)


def node_intake_backlog() -> int:
    """Say that nothing waits."""
    return 0


def test_a_seat_code_leads_to_the_seat_and_to_the_paper(load: Load) -> None:
    client = Client()

    answer = client.post("/ujian/", {"code": load.seats[1].code})
    page = client.get(answer["Location"])
    paper = client.post(f"{answer['Location']}duduk/")

    assert load.seats[1].held.name in page.content.decode()
    assert paper["Location"] == f"/ujian/{load.seats[1].held.attempt}/lembar/"
    assert client.get(paper["Location"]).status_code == 200


def test_a_wrong_code_leads_nowhere_and_many_of_them_to_a_pause(load: Load) -> None:
    client = Client()

    assert client.post("/ujian/", {"code": "00001"}).status_code == 422
    for _ in range(20):
        client.post("/ujian/", {"code": "00001"})
    assert client.post("/ujian/", {"code": load.seats[0].code}).status_code == 429


def test_another_seat_is_no_seat(load: Load) -> None:
    client, _ = seated(load, 0)
    other = load.seats[1].held.attempt

    assert client.get(f"/ujian/{other}/").status_code == 404
    assert client.get(f"/ujian/{other}/tiket.json").status_code == 403
    assert client.post(f"/ujian/{other}/duduk/").status_code == 404


def test_the_ticket_opens_the_paper_and_the_answers_are_signed_for(load: Load) -> None:
    client, attempt = seated(load)
    said = client.get(f"/ujian/{attempt}/tiket.json").json()
    package = client.get(said["package"]["url"])
    opening = node.message(load, at=OPENS)

    before = client.get(f"/ujian/{attempt}/lembar.json", headers={"X-Ticket": said["ticket"]})
    status, opened = asked("POST", "/ujian/brankas/buka", opening, minute=1)
    paper = client.get(f"/ujian/{attempt}/lembar.json", headers={"X-Ticket": said["ticket"]})

    assert (before.status_code, status, paper.status_code) == (409, 200, 200)
    assert package.content[:4] == b"KPK1"
    assert len(package.content) == said["package"]["bytes"]
    assert opened["extra"] == 0
    assert [c["n"] for c in paper.json()["cases"]] == sorted(said["order"]["cases"])
    (kept,) = receiving.journal().of(attempt)
    assert kept.row.via is Via.NODE


def test_another_ticket_opens_no_paper(load: Load) -> None:
    client, attempt = seated(load, 0)
    other, second = seated(load, 1)
    ticket = other.get(f"/ujian/{second}/tiket.json").json()["ticket"]

    answer = client.get(f"/ujian/{attempt}/lembar.json", headers={"X-Ticket": ticket})

    assert answer.status_code == 403


def test_before_the_hour_nobody_opens_until_the_invigilator_does_by_hand(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = OPENS - timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: early)
    opening = node.message(load, at=early)
    board = invigilator()

    assert asked("POST", "/ujian/brankas/buka", opening, minute=-120)[0] == 425
    assert board.post("/ujian/papan/buka/", {"reason": " "}).status_code == 409
    assert board.post("/ujian/papan/buka/", {"reason": "jam laptop salah"}).status_code == 302
    assert board.post("/ujian/papan/buka/", {"reason": "lagi"}).status_code == 409
    assert asked("POST", "/ujian/brankas/buka", opening, minute=-119)[0] == 200

    assert queries.window(load)[1] - queries.window(load)[0] == 3 * 3600 * 1000


def test_the_wall_names_the_address_and_nobody(load: Load) -> None:
    page = Client().get("/ujian/dinding/").content.decode()

    assert settings.PUBLIC_URL in page
    assert [seat.held.name for seat in load.seats if seat.held.name in page] == []
    assert [seat.code for seat in load.seats if seat.code in page] == []


def test_the_board_is_for_those_who_know_the_pin(load: Load) -> None:
    stranger = Client()

    assert stranger.get("/ujian/papan/")["Location"] == "/ujian/papan/masuk/"
    assert stranger.post("/ujian/papan/masuk/", {"pin": "000"}).status_code == 422
    assert stranger.post("/ujian/papan/buka/", {"reason": "x"})["Location"] == "/ujian/papan/"
    assert queries.window(load)[0] == load.sitting.opens


def test_the_board_shows_who_works_and_who_is_silent(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = invigilator()
    asked("POST", "/ujian/brankas/buka", node.message(load, 0, at=OPENS), minute=1)
    asked("POST", "/ujian/brankas/buka", node.message(load, 1, at=OPENS), minute=9)
    monkeypatch.setattr(clock, "now", lambda: node.minutes_after(10))

    page = board.get("/ujian/papan/").content.decode()
    part = board.get("/ujian/papan/", headers={"HX-Request": "true"}).content.decode()

    words = re.findall(r"tidak terdengar 9 menit|mengerjakan|belum mulai", page.split("n-seats")[1])
    assert words == ["tidak terdengar 9 menit", "mengerjakan", "belum mulai"]
    assert part.strip() in page


def test_an_incident_travels_back_with_the_answers(load: Load) -> None:
    board = invigilator()

    board.post("/ujian/papan/catat/", {"text": "listrik padam 10 menit"})
    content = actions.give_back(load, at=CLOSES)

    (noted,) = [n for n in node.site_notes() if n.kind is NoteKind.INCIDENT]
    assert noted.said["text"] == "listrik padam 10 menit"
    assert content[:4] == b"KPP1"


def test_a_cards_qr_code_types_the_seat_code_and_sits_nobody_down(load: Load) -> None:
    client, code = Client(), load.seats[0].code

    page = client.get(f"{WITH_CODE}{code}")
    hostile = client.get('/ujian/?kode="><script>alert(1)</script>').content.decode()

    assert f'value="{code}"' in page.content.decode()
    assert client.get(f"/ujian/{load.seats[0].held.attempt}/").status_code == 404
    assert "<script>alert" not in hostile


def test_cards_are_printed_at_the_site_by_those_who_know_the_pin(load: Load) -> None:
    board = invigilator()

    by_name = board.get("/ujian/papan/kartu-kursi.pdf")
    by_code = board.get("/ujian/papan/kartu-kursi.pdf?urutan=code")
    door = board.get("/ujian/papan/daftar-pintu.pdf")

    assert [a.content[:5] for a in (by_name, by_code, door)] == [b"%PDF-"] * 3
    assert "/ujian/papan/kartu-kursi.pdf" in board.get("/ujian/papan/").content.decode()
    assert queries.heading_here(load).address == settings.PUBLIC_URL
    for path in ("kartu-kursi.pdf", "daftar-pintu.pdf"):
        assert Client().get(f"/ujian/papan/{path}")["Location"] == "/ujian/papan/"


def test_no_page_of_a_site_asks_a_table(load: Load, django_assert_num_queries: Any) -> None:
    board = invigilator()
    client, attempt = seated(load)

    with django_assert_num_queries(0):
        assert board.get("/ujian/papan/").status_code == 200
        assert Client().get("/ujian/dinding/").status_code == 200
        assert Client().get("/ujian/").status_code == 200
        assert board.get("/ujian/papan/kartu-kursi.pdf").status_code == 200
        assert board.get("/ujian/papan/daftar-pintu.pdf").status_code == 200
        assert client.get(f"/ujian/{attempt}/").status_code == 200
        assert client.get(f"/ujian/{attempt}/tiket.json").status_code == 200
