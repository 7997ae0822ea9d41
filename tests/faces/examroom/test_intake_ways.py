"""Is it one intake on every way to it: as a page, on the web server's threads, with what the rooms decide?"""

import io
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kompeten.exams import actions
from kompeten.exams.adapters import journal, receipts
from kompeten.exams.terms.vault import MOST_BYTES
from kompeten.web.examroom import intake
from kompeten.web.examroom.intake import Allowances
from kompeten.web.examroom.intake_desk import look
from kompeten.web.examroom.intake_threads import Inside
from tests.faces.examroom import stage
from tests.faces.examroom.devices import Device, tapped, ticket
from tests.make import exams as make

pytestmark = pytest.mark.django_db
SAVE, OPEN = f"{intake.PREFIX}simpan", f"{intake.PREFIX}buka"
# Its threads have connections of their own, which see no transaction of a test on the server.
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="threads of its own")


@pytest.fixture
def inside() -> Iterator[Inside]:
    """Return the intake as the web server calls it."""
    found = Inside(look=Allowances)
    yield found
    found.close()


def called(app: Inside, path: str, body: bytes = b"", **more: str) -> tuple[str, Any, Any]:
    """Return status, headers and body of a request to a WSGI application."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    } | more  # fmt: skip
    told: list[Any] = []
    parts = app(environ, lambda status, headers: told.extend((status, dict(headers))))
    return told[0], told[1], b"".join(parts)


def test_the_page_takes_links_without_log_in_cookie_or_token() -> None:
    device = tapped("b", "c")
    client = Client(enforce_csrf_checks=True)

    answer = client.post(SAVE, device.segment(), content_type="text/plain")

    assert answer.status_code == 200
    assert receipts.verify(answer.json()["receipt"], receipts.public_keys()).last == 2
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert len(journal.journal().of("ABCDEFGH23")) == 1


def test_the_page_says_no_as_the_intake_does() -> None:
    client = Client()

    assert client.get(SAVE).status_code == 405
    assert client.post(SAVE, b"{", content_type="text/plain").status_code == 400
    assert client.post(SAVE, b" " * (MOST_BYTES + 1), content_type="text/plain").status_code == 413
    assert client.get(f"{intake.PREFIX}kunci").json() == {"keys": receipts.public_keys()}


def test_what_the_rooms_decide_is_told_to_devices() -> None:
    entry, _, opens_at = stage.started()
    actions.give_time([entry], minutes=15, reason="listrik padam", by=make.PUTU, at=opens_at)
    granted = ticket(entry.ref, sitting=entry.sitting.ref)

    answer = Client().post(SAVE, tapped("b", granted=granted).segment(), content_type="text/plain")

    assert (answer.json()["extra"], answer.json()["say"]) == (15, "")
    assert look().extra == {entry.ref: 15}
    assert look().closed == frozenset()


@sqlite_only
def test_the_web_server_waits_until_it_is_kept_and_answers(inside: Inside) -> None:
    status, headers, body = called(inside, SAVE, tapped("b").segment())

    assert status == "200 OK"
    assert receipts.verify(json.loads(body)["receipt"], receipts.public_keys()).last == 1
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Length"] == str(len(body))
    assert len(journal.journal().of("ABCDEFGH23")) == 1


@sqlite_only
def test_many_threads_share_one_intake(inside: Inside) -> None:
    open_for_years = [ticket(f"{n:010d}", closes=4_000_000_000_000) for n in range(24)]
    devices = [tapped("b", granted=granted) for granted in open_for_years]
    statuses: list[str] = []

    def one(device: Device) -> None:
        statuses.append(called(inside, OPEN, device.opening())[0])
        statuses.append(called(inside, SAVE, device.segment())[0])

    threads = [threading.Thread(target=one, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == ["200 OK"] * 48
    assert len(journal.journal().after(0, limit=100)) == 48


@sqlite_only
@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"CONTENT_LENGTH": str(MOST_BYTES + 1)}, "413"),
        ({"CONTENT_LENGTH": "-1"}, "413"),
        ({"CONTENT_LENGTH": ""}, "400"),
        ({"REQUEST_METHOD": "HEAD"}, "405"),
        ({"PATH_INFO": f"{intake.PREFIX}lain"}, "404"),
    ],
)
def test_the_web_server_says_no_as_the_intake_does(
    inside: Inside, more: dict[str, str], status: str
) -> None:
    said, _, body = called(inside, SAVE, b"x", **more)

    assert said.startswith(status)
    assert (body == b"") == (more.get("REQUEST_METHOD") == "HEAD")
