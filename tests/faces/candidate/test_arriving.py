"""Does the address for documents in parts speak tus 1.0, to those who file and to nobody else?"""

import base64
import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kompeten.applications import queries
from kompeten.applications.models import Application, Transfer
from kompeten.applications.terms.transfer import LASTS
from kompeten.config.options import Options
from kompeten.foundation import clock
from tests.faces.candidate.stage import browser, stranger
from tests.faces.candidate.test_documents import drafted
from tests.make import applications as make
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db

PART = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}
SENT = make.PDF
HALF = len(SENT) // 2


def told(content: bytes = SENT, **more: str) -> str:
    said = {"filename": "ijazah.pdf", "sha256": hashlib.sha256(content).hexdigest()} | more
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())


def announce(client: Client, draft: Application, code: str = "diploma", **headers: str) -> Any:
    said = TUS | {"Upload-Length": str(len(SENT)), "Upload-Metadata": told()} | headers
    return client.post(
        f"/saya/permohonan/{draft.ref}/dokumen/{code}/kiriman/",
        content_type="application/octet-stream",
        headers=said,
    )


def patch(client: Client, where: str, content: bytes, *, offset: int, **headers: str) -> Any:
    said = TUS | {"Upload-Offset": str(offset)} | headers
    return client.patch(where, content, content_type=PART, headers=said)


def begun() -> tuple[Application, Client, str]:
    draft, client = drafted()
    return draft, client, announce(client, draft)["Location"]


def checksum(content: bytes, algorithm: str = "sha256") -> dict[str, str]:
    digest = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


def test_it_says_what_it_speaks() -> None:
    draft, client = drafted()

    answer = client.options(f"/saya/permohonan/{draft.ref}/dokumen/diploma/kiriman/")

    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination,checksum,expiration"
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_another_version_is_told_ours() -> None:
    draft, client, where = begun()

    for answer in (
        client.head(where, headers={"Tus-Resumable": "0.2.2"}),
        client.head(where),
        announce(client, draft, **{"Tus-Resumable": "2.0.0"}),
    ):
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_document_arrives_in_two_parts() -> None:
    draft, client, where = begun()

    first = patch(client, where, SENT[:HALF], offset=0, **checksum(SENT[:HALF]))
    asked = client.head(where, headers=TUS)
    second = patch(client, where, SENT[HALF:], offset=HALF, **checksum(SENT[HALF:], "sha1"))

    assert (first.status_code, first["Upload-Offset"]) == (204, str(HALF))
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"]) == (
        200,
        str(HALF),
        str(len(SENT)),
    )
    assert asked["Cache-Control"] == "no-store"
    assert asked["Upload-Expires"].endswith("GMT")
    assert (second.status_code, second["Upload-Offset"]) == (204, str(len(SENT)))
    held = queries.document(draft, "diploma")
    assert held is not None
    assert held.label == "ijazah.pdf"


def test_an_answer_that_got_lost_costs_nothing() -> None:
    draft, client, where = begun()
    patch(client, where, SENT[:HALF], offset=0)

    again = patch(client, where, SENT[:HALF], offset=0)
    assert (again.status_code, again["Upload-Offset"]) == (409, str(HALF))
    assert announce(client, draft)["Location"] == where

    patch(client, where, SENT[HALF:], offset=HALF)
    assert client.head(where, headers=TUS)["Upload-Offset"] == str(len(SENT))
    assert announce(client, draft)["Upload-Offset"] == str(len(SENT))
    assert draft.documents.count() == 1


def test_a_part_that_changed_on_its_way_is_refused() -> None:
    _, client, where = begun()

    answer = patch(client, where, SENT[:HALF], offset=0, **checksum(SENT[1 : HALF + 1]))

    assert answer.status_code == 460
    assert client.head(where, headers=TUS)["Upload-Offset"] == "0"


def test_what_the_requirement_does_not_take_is_told_in_words() -> None:
    draft, client = drafted()
    html = b"<!doctype html>" * 5
    said = {"Upload-Metadata": told(html), "Upload-Length": str(len(html))}
    where = announce(client, draft, **said)["Location"]

    answer = patch(client, where, html, offset=0)

    assert answer.status_code == 422
    assert "Isi berkas" in answer.json()["reasons"][0]
    assert client.head(where, headers=TUS).status_code == 404


def test_a_file_too_large_is_told_before_a_byte_of_it_has_come() -> None:
    draft, client = drafted()

    answer = announce(client, draft, **{"Upload-Length": "90000000"})

    assert answer.status_code == 422
    assert "terlalu besar" in answer.json()["reasons"][0]
    assert not Transfer.objects.exists()


def test_files_are_counted_once_however_often_they_are_announced(settings: Any) -> None:
    settings.OPTIONS = Options(settings.OPTIONS.values | {"documents_per_hour": 1})
    cache.clear()
    draft, client, where = begun()
    for _ in range(3):
        assert announce(client, draft)["Location"] == where

    other = announce(client, draft, **{"Upload-Metadata": told(SENT + b" ")})

    assert (other.status_code, other["Retry-After"]) == (429, "600")
    assert "sangat banyak dokumen" in other.json()["reasons"][0]
    assert patch(client, where, SENT, offset=0).status_code == 204
    assert announce(client, draft)["Upload-Offset"] == str(len(SENT))
    cache.clear()


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "-1"},
        {"Upload-Length": ""},
        {"Upload-Metadata": "sha256 !!"},
        {"Upload-Metadata": ""},
        {"Upload-Metadata": "sha256 AAAA"},
    ],
)
def test_an_announcement_that_cannot_be_read_is_refused(headers: dict[str, str]) -> None:
    draft, client = drafted()

    assert announce(client, draft, **headers).status_code == 400


def test_a_part_that_cannot_be_read_is_refused() -> None:
    _, client, where = begun()

    wrong_type = client.patch(
        where, SENT, content_type="text/plain", headers=TUS | {"Upload-Offset": "0"}
    )
    assert wrong_type.status_code == 415
    for headers in (
        {"Upload-Offset": "x"},
        {"Upload-Checksum": "md5 AAAA"},
        {"Upload-Checksum": "sha256 !"},
    ):
        assert patch(client, where, SENT[:HALF], offset=0, **headers).status_code == 400
    too_long = patch(client, where, SENT + b"x", offset=0)
    assert too_long.status_code == 422
    assert client.put(where, headers=TUS).status_code == 405


def test_a_part_that_is_cut_off_is_not_kept() -> None:
    _, client, where = begun()

    cut: dict[str, Any] = {"wsgi.input": io.BytesIO(SENT[:9])}
    said = TUS | {"Upload-Offset": "0"}
    answer = client.patch(where, SENT[:HALF], content_type=PART, headers=said, **cut)

    assert answer.status_code == 400
    assert client.head(where, headers=TUS)["Upload-Offset"] == "0"


def test_a_sender_behind_an_old_proxy_says_its_method_aside() -> None:
    _, client, where = begun()

    answer = client.post(
        where,
        SENT[:HALF],
        content_type=PART,
        headers=TUS | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )

    assert (answer.status_code, answer["Upload-Offset"]) == (204, str(HALF))


def test_a_transfer_can_be_ended_and_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, client, where = begun()
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + LASTS + timedelta(seconds=1))
    assert client.head(where, headers=TUS).status_code == 410

    anew = announce(client, draft)["Location"]
    assert client.delete(anew, headers=TUS).status_code == 204
    assert client.head(anew, headers=TUS).status_code == 404


def test_a_stranger_finds_nothing_and_nobody_leaves_anything() -> None:
    draft, _, where = begun()
    other = stranger()

    assert announce(other, draft).status_code == 404
    assert other.head(where, headers=TUS).status_code == 404
    assert patch(other, where, SENT, offset=0).status_code == 404
    assert other.delete(where, headers=TUS).status_code == 404
    assert patch(Client(), where, SENT, offset=0).status_code in {302, 403}
    assert Transfer.objects.get().received == 0


def test_a_page_of_another_site_cannot_send(settings: Any) -> None:
    draft, client, where = begun()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies

    assert patch(strict, where, SENT, offset=0).status_code == 403
    assert announce(strict, draft).status_code == 403
    assert strict.delete(where, headers=TUS).status_code == 403


def test_a_requirement_that_is_not_asked_for_takes_nothing() -> None:
    draft, client = drafted()

    assert announce(client, draft, "rahasia").status_code == 404


def test_after_handing_in_it_is_told_in_words() -> None:
    application, ani = make.submitted()

    answer = announce(browser(ani), application)

    assert answer.status_code == 422
    assert answer.json()["reasons"]


def test_a_part_costs_the_same_however_many_came_before(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _, client, where = begun()
    patch(client, where, SENT[:9], offset=0)

    for offset in (9, 18):
        with django_assert_num_queries(13):  # of them one, since the parts are small ones
            patch(client, where, SENT[offset : offset + 9], offset=offset)
