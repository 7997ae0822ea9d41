"""Can the office take in what came without a line, and give the same receipt whatever the way?"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry
from kompeten.exams.rules import handfile, handin
from kompeten.foundation import clock
from kompeten.foundation.ledger import history
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, said, words
from tests.make import byhand, itembank
from tests.make import exams as make

pytestmark = pytest.mark.django_db
PATH = "/kantor/ujian/terima/"
CHOICES = {1: "a", 2: "b", 100: "d"}
TAKERS = (Role.INVIGILATOR, Role.COORDINATOR, Role.REGISTRAR)


@pytest.fixture
def entry() -> Entry:
    """Return a seat in a sitting that is under way."""
    itembank.bank()
    now = clock.now()
    opens_at = now - timedelta(hours=1)
    held = make.sitting(
        opens_at=opens_at, closes_at=now + timedelta(hours=2), at=now - timedelta(days=1)
    )
    return make.one_seated(held=held)[0]


def links(entry: Entry) -> list[list[object]]:
    return byhand.taps(CHOICES, since=entry.sitting.opens_at)


@pytest.mark.parametrize("role", TAKERS)
def test_those_who_take_answers_in_find_the_page_in_their_menu(role: Role) -> None:
    client, _ = at_work(role)

    answer = client.get(PATH)

    assert answer.status_code == 200
    assert f'href="{PATH}"' in answer.content.decode()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.ASSESSOR, Role.AUDITOR])
def test_others_find_no_such_page(role: Role) -> None:
    client, _ = at_work(role)

    assert client.get(PATH).status_code == 404
    assert client.post(PATH, {"teks": "A"}).status_code == 403


def test_a_code_that_was_read_out_ends_in_a_receipt_with_the_candidates_name(entry: Entry) -> None:
    client, _ = at_work(Role.INVIGILATOR)

    answer = client.post(
        PATH, {"teks": byhand.code(entry.ref, CHOICES, since=entry.sitting.opens_at)}
    )

    told = handin.words(entry.ref, byhand.head(entry.ref, links(entry)))
    assert answer.status_code == 200
    assert said("The answers have arrived") in words(answer)
    assert entry.person.name in words(answer)
    assert " ".join(told) in words(answer)
    (event,) = [e for e in history("entry", entry.pk) if e.type == "entry.brought_in"]
    assert (event.actor_role, event.facts["via"]) == ("invigilator", "code")


def test_all_ways_show_the_same_words(entry: Entry) -> None:
    client, _ = at_work(Role.COORDINATOR)
    content = byhand.file(entry.ref, links(entry))
    told = " ".join(handin.words(entry.ref, byhand.head(entry.ref, links(entry))))

    answers = [
        client.post(PATH, {"berkas": SimpleUploadedFile("a.json", content)}),
        client.post(PATH, {"teks": "\n".join(handfile.cut(content)), "lewat": "qr"}),
        client.post(PATH, {"teks": byhand.code(entry.ref, CHOICES, since=entry.sitting.opens_at)}),
    ]

    assert [told in words(answer) for answer in answers] == [True] * 3
    assert len(journal().of(entry.ref)) == 2  # the file once, the code once


def test_a_registrar_sees_the_number_of_the_attempt_where_the_name_is_not_theirs_to_see(
    entry: Entry,
) -> None:
    client, _ = at_work(Role.REGISTRAR)

    answer = client.post(
        PATH, {"teks": byhand.code(entry.ref, CHOICES, since=entry.sitting.opens_at)}
    )

    assert entry.ref in words(answer)
    assert entry.person.name not in words(answer)


def test_what_cannot_be_taken_in_is_said_on_its_field(entry: Entry) -> None:
    client, _ = at_work(Role.INVIGILATOR)
    content = byhand.file(entry.ref, links(entry))

    cut_off = client.post(PATH, {"berkas": SimpleUploadedFile("a.json", content[:-9])})
    missing = client.post(PATH, {"teks": handfile.cut(content, size=60)[0]})

    assert (cut_off.status_code, missing.status_code) == (422, 422)
    assert said(
        "This is no file of an exam, or it is cut off. Give it out from the device again."
    ) in words(cut_off)
    assert said("Some parts are still missing. Go on scanning.") in words(missing)
    assert journal().of(entry.ref) == []
