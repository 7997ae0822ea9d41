"""Does somebody see what is held of them and who looked, and can they take it and ask for more?"""

import io
import json
import random
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kompeten.applications import actions as applications
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.models import RemovalRequest
from kompeten.people.terms import Roll, Sight
from tests.faces.candidate.stage import HTMX, browser, count_queries, is_part, stranger, words
from tests.make import applications as make
from tests.make.people import account
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
HELD = "/saya/data/"


def applicant() -> tuple[Actor, Client]:
    """Return somebody whose application was handed in, and their browser."""
    _, ani = make.submitted()
    return ani, browser(ani)


def looked(at_whom: Actor, count: int = 1, *, first: int = 7100) -> None:
    """Let that many verifiers open a document of somebody."""
    assert at_whom.person_id is not None
    for n in range(count):
        budi = account(first + n, Role.VERIFIER, at=clock.now(), label="Budi Santoso")
        people.note_access(at_whom.person_id, sight=Sight.DOCUMENT, by=budi, at=clock.now())


def asked(by: Actor) -> RemovalRequest:
    assert by.person_id is not None
    return people.request_removal(
        by.person_id, wish="", by=by, at=clock.now(), rng=random.Random(4)
    )


def test_what_is_held_stands_there_with_purpose_ground_and_time() -> None:
    _, client = applicant()

    told = words(client.get(HELD))

    assert "Data diri" in told
    assert "untuk mencocokkan keterangan Anda dengan dokumen" in told
    assert "365 hari sejak permohonan tidak diterima atau ditarik" in told
    assert "UU 27/2022 pasal 20" in told


def test_what_was_agreed_to_stands_there_word_by_word() -> None:
    _, client = applicant()

    told = words(client.get(HELD))

    assert "Naskah versi 2026-11" in told
    assert "Saya setuju lembaga sertifikasi menggunakan data dan berkas saya" in told


def test_who_looked_is_told_by_part_and_purpose_and_never_by_name() -> None:
    ani, client = applicant()
    looked(ani)

    for path in (HELD, f"{HELD}jejak/"):
        told = words(client.get(path))
        assert "Dokumen Anda" in told
        assert "Verifikator" in told
        assert "Budi Santoso" not in told


def test_a_list_is_told_once_a_day_with_how_often_and_with_how_many() -> None:
    ani, client = applicant()
    assert ani.person_id is not None
    budi = account(61, Role.COORDINATOR, label="Budi Santoso")
    for hours in (0, 1, 2):
        people.note_listing(
            [ani.person_id, 900, 901],
            roll=Roll.TRAINING,
            about="SESI23456",
            by=budi,
            at=TUESDAY + timedelta(hours=hours),
        )

    for path in (HELD, f"{HELD}jejak/"):
        told = words(client.get(path))
        assert told.count("Peserta bimbingan pemantapan") == 1
        assert "3 kali hari itu · bersama 2 orang lain · nomor SESI23456" in told
        assert "Budi Santoso" not in told


def test_lists_do_not_hide_who_read_a_document() -> None:
    ani, client = applicant()
    assert ani.person_id is not None
    looked(ani)
    for by in (
        account(70, Role.VERIFIER),
        account(71, Role.VERIFIER),
        account(72, Role.COORDINATOR),
    ):
        for day in range(9):
            people.note_listing(
                [ani.person_id],
                roll=Roll.QUEUE,
                by=by,
                at=TUESDAY + timedelta(days=day),
            )

    overview, trail = words(client.get(HELD)), words(client.get(f"{HELD}jejak/"))
    lists = words(client.get(f"{HELD}jejak/?bagian=daftar"))

    assert "Dokumen Anda" in overview
    assert "Dokumen Anda" in trail
    assert "Antrean" not in trail.partition("Daftar yang memuat Anda")[2]
    assert "Daftar yang memuat Anda 18" in trail  # both verifiers stand in one line of a day
    assert lists.count("2 kali hari itu") == 9


def test_everything_is_handed_back_at_once() -> None:
    ani, client = applicant()
    looked(ani)

    answer = client.post(f"{HELD}unduh/")

    assert answer["Content-Type"] == "application/zip"
    assert "data-saya-" in answer["Content-Disposition"]
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    told = {k["kind"]: k for k in json.loads(packed.read("data.json"))["kinds"]}
    assert told["people.accesses"]["records"][0]["role"] == "verifier"
    assert told["applications.documents"]["ground"].startswith("persetujuan dan")
    assert len(packed.namelist()) > 1


def test_looking_at_the_address_of_the_export_takes_nothing() -> None:
    _, client = applicant()

    assert client.get(f"{HELD}unduh/").status_code == 405


def test_one_asks_sees_first_what_must_stay_and_takes_it_back() -> None:
    ani, client = applicant()
    told = words(client.get(f"{HELD}hapus/"))
    assert "Data ini diperlukan untuk proses yang belum selesai" in told

    answer = client.post(f"{HELD}hapus/", {"maksud": "Foto saya"})

    assert answer["Location"] == HELD
    request = RemovalRequest.objects.get()
    assert "Foto saya" in words(client.get(HELD))
    assert client.post(f"{HELD}hapus/{request.ref}/batal/").status_code == 302
    assert "dibatalkan" in words(client.get(HELD))
    assert ani.person_id == request.person_id


def test_asking_twice_is_told_on_the_form() -> None:
    ani, client = applicant()
    asked(ani)

    answer = client.post(f"{HELD}hapus/", {"maksud": ""})

    assert answer.status_code == 422
    assert "Anda sudah meminta" in words(answer)
    assert is_part(client.post(f"{HELD}hapus/", {"maksud": ""}, headers=HTMX), answer)


def test_the_answer_is_read_part_by_part() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.with_documents(make.draft(by=ani), by=ani)
    applications.withdraw(draft, by=ani, at=clock.now())
    people.answer_removal(
        asked(ani),
        erase=["applications.documents"],
        note="Nama tetap kami simpan.",
        by=account(50, Role.REGISTRAR),
        at=clock.now(),
    )

    told = words(browser(ani).get(HELD))

    assert "Nama tetap kami simpan." in told
    assert "Lembaga harus dapat membuktikan" in told
    page = browser(ani).get(f"/saya/permohonan/{draft.ref}/")
    assert page.status_code == 200


def test_nothing_of_others_is_there() -> None:
    ani, _ = applicant()
    request = asked(ani)
    other = stranger()

    assert "Foto" not in words(other.get(f"{HELD}jejak/"))
    assert other.post(f"{HELD}hapus/{request.ref}/batal/").status_code == 404
    assert RemovalRequest.objects.get().state == "requested"


def test_an_account_without_a_person_has_no_such_page() -> None:
    from kompeten.people import queries

    row = people.open_account(
        at=clock.now(), rng=random.Random(77), email="mesin@contoh.example", label="Mesin"
    )
    client = browser(queries.actor(row.pk, at=clock.now()))

    assert client.get(HELD).status_code == 404


@pytest.mark.parametrize("path", [HELD, f"{HELD}jejak/"])
def test_a_page_costs_the_same_for_one_look_and_for_three(path: str) -> None:
    ani, client = applicant()
    looked(ani)
    one = count_queries(client, path)

    looked(ani, 3, first=7200)

    assert count_queries(client, path) == one


def test_the_menu_of_the_account_leads_there(client: Any) -> None:
    _, mine = applicant()

    assert 'href="/saya/data/"' in mine.get("/saya/").content.decode()
