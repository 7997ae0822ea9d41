"""Can anybody bring answers without a line and without a log-in, and hear plainly what is wrong?"""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompeten.exams.adapters import receipts
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry
from kompeten.exams.terms.vault import Via
from tests.faces.examroom.stage import said, seated, words
from tests.make import byhand

pytestmark = pytest.mark.django_db
CHOICES = {1: "a", 2: "b", 100: "d"}
ARRIVED = "The answers have arrived"


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    cache.clear()


@pytest.fixture
def entry() -> Entry:
    return seated(opens=timedelta(minutes=-30))[0]


def code(entry: Entry) -> str:
    return byhand.code(entry.ref, CHOICES, since=entry.sitting.opens_at)


def vias(entry: Entry) -> list[str]:
    return [stored.row.via for stored in journal().of(entry.ref)]


def test_the_page_asks_for_no_log_in_and_is_found_by_no_search_engine() -> None:
    answer = Client().get("/serah")

    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_typed_code_ends_in_a_receipt_that_can_be_checked(entry: Entry) -> None:
    typed = "\n".join(re.findall(".{1,5}", code(entry))).lower()

    answer = Client().post("/serah", {"teks": typed})

    html = answer.content.decode()
    found = re.search(r'data-x-qr-text="([^"]+)"', html)
    assert found is not None
    assert answer.status_code == 200
    assert said(ARRIVED) in words(answer.content)
    assert receipts.verify(found[1], receipts.public_keys()).attempt == entry.ref
    assert vias(entry) == [Via.CODE]
    # Who sat the exam is nobody's business at this door.
    assert entry.person.name not in html


def test_a_code_that_leaves_essays_behind_says_so_and_has_no_words_yet(entry: Entry) -> None:
    links = byhand.taps(CHOICES, since=entry.sitting.opens_at)
    whole = byhand.with_text(links, 101, "Tujuan pendampingan ialah …")
    typed = byhand.code(entry.ref, CHOICES, since=entry.sitting.opens_at, links=whole)

    first = Client().post("/serah", {"teks": typed})
    file = SimpleUploadedFile("jawaban.json", byhand.file(entry.ref, whole))
    second = Client().post("/serah", {"berkas": file})
    third = Client().post("/serah", {"teks": typed})

    told = [
        said("The essays are still on the device") in words(a.content)
        for a in (first, second, third)
    ]
    assert told == [True, False, False]
    shown = [b'class="x-words"' in answer.content for answer in (first, second, third)]
    assert shown == [False, True, True]
    assert said("The choices have arrived") in words(first.content)


def test_a_scanned_code_says_so(entry: Entry) -> None:
    Client().post("/serah", {"teks": code(entry), "lewat": "qr"})

    assert vias(entry) == [Via.QR]


def test_a_file_is_taken_too(entry: Entry) -> None:
    links = byhand.taps(CHOICES, since=entry.sitting.opens_at)
    file = SimpleUploadedFile("jawaban.json", byhand.file(entry.ref, links))

    answer = Client().post("/serah", {"berkas": file})

    assert said(ARRIVED) in words(answer.content)
    assert vias(entry) == [Via.FILE]


def test_a_changed_code_is_refused_in_plain_words_and_stays_in_the_form(entry: Entry) -> None:
    text = code(entry)
    wrong = text[:50] + ("A" if text[50] != "A" else "B") + text[51:]

    answer = Client().post("/serah", {"teks": wrong})

    assert answer.status_code == 422
    assert said(
        "One sign is another than on the device. Compare group by group; O and 0, I and 1 are easily"
        " taken for one another."
    ) in words(answer.content)
    assert wrong in answer.content.decode().replace("&#x27;", "'")
    assert vias(entry) == []


def test_nothing_and_strange_files_are_refused() -> None:
    nothing = Client().post("/serah", {})
    photo = Client().post("/serah", {"berkas": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0")})

    assert (nothing.status_code, photo.status_code) == (422, 422)
    assert said("Type or paste the code, or choose the file.") in words(nothing.content)


def test_whoever_guesses_is_held_up() -> None:
    client = Client()

    statuses = {client.post("/serah", {"teks": "AAAAAA"}).status_code for _ in range(201)}

    assert statuses == {422, 429}
