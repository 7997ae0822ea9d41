"""Is what people put in kept clean, scanned when somebody can, and set aside when it holds harm?"""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kompeten.applications import actions, queries, tasks
from kompeten.applications.models import Application, Document
from kompeten.applications.terms.application import (
    PreviewUnavailable,
    Scan,
    Scanning,
    UploadRefused,
)
from kompeten.config.options import Options
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make import clamd, papers
from tests.make.clamd import EICAR
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
CARD = "identity_card"
INFECTED = make.picture() + EICAR


@pytest.fixture
def socket(tmp_path: Path, settings: Any) -> Path:
    """Name a scanner that is not there yet."""
    path = tmp_path / "clamd.ctl"
    settings.OPTIONS = Options(dict(settings.OPTIONS.values) | {"clamd": str(path)})
    return path


@pytest.fixture
def daemon(socket: Path) -> Iterator[clamd.Clamd]:
    """Run the scanner."""
    with clamd.listening(socket) as server:
        yield server


def draft() -> tuple[Application, Actor]:
    """Return a draft and its owner."""
    ani = account(1, Role.APPLICANT)
    return make.draft(by=ani), ani


def attached(content: bytes, name: str = "ktp.jpg") -> tuple[Application, Document]:
    """Return a draft with one document."""
    application, ani = draft()
    actions.attach(application, {CARD: (name, content)}, by=ani, at=MONDAY)
    document = queries.document(application, CARD)
    assert document is not None
    return application, document


def test_what_is_kept_is_the_picture_and_not_the_file_that_came() -> None:
    _, document = attached(papers.shot())

    kept = files.read(document.sha256)
    assert b"RAHASIA" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, picture.getexif()) == ((480, 640), {})
    assert (document.size, document.pages) == (len(kept), 1)
    assert document.sent_sha256 == hashlib.sha256(papers.shot()).hexdigest()
    with pytest.raises(FileNotFoundError):
        files.read(document.sent_sha256)


def test_a_paper_is_kept_without_what_acts_and_knows_its_pages() -> None:
    pdf = papers.blank(3)
    papers.HARM["opens with a script"](pdf)

    _, document = attached(papers.saved(pdf), "ktp.pdf")

    assert b"/OpenAction" not in files.read(document.sha256)
    assert (document.pages, queries.page_count(document)) == (3, 3)


def test_without_a_scanner_a_document_is_taken_and_says_that_nobody_scanned_it() -> None:
    application, document = attached(make.picture())

    assert (document.scan, document.scanned_at) == (Scan.NOT_SCANNED, None)
    assert tasks.scan(at=TUESDAY) == 0
    row = next(r for r in queries.documents(application) if r.code == CARD)
    assert (row.scan, row.pages) == (Scan.NOT_SCANNED, 1)
    assert queries.scanner_state() == Scanning(named=False, waiting=1)


def test_what_a_scanner_finds_nothing_in_is_called_clean(daemon: clamd.Clamd) -> None:
    _, document = attached(papers.shot())

    assert (document.scan, document.scanned_at) == (Scan.CLEAN, MONDAY)
    assert daemon.scanned == [papers.shot()]  # what came, before anything was taken out of it


def test_an_infected_file_is_set_aside_and_replaces_nothing(daemon: clamd.Clamd) -> None:
    application, before = attached(make.picture())
    ani = make.owner(application)

    with pytest.raises(UploadRefused) as refusal:
        actions.attach(
            application,
            {CARD: ("ktp.jpg", INFECTED), "diploma": ("ijazah.pdf", make.PDF)},
            by=ani,
            at=TUESDAY,
        )

    assert refusal.value.code == "document.infected"
    assert queries.document(application, CARD) == before
    assert queries.present_codes(application) == {CARD}
    (row,) = queries.quarantined(application)
    assert (row.code, row.label, row.found) == (CARD, "ktp.jpg", clamd.FOUND)
    aside = Document.objects.get(scan=Scan.INFECTED.value)
    assert files.read(aside.sha256) == INFECTED
    event = ledger.history("application", application.pk)[-1]
    assert event.type == "application.quarantined"
    assert event.facts == {
        "documents": {CARD: aside.sha256},
        "found": clamd.FOUND,
        "at_once": True,
    }


def test_what_came_while_the_scanner_was_silent_is_scanned_when_it_is_back(socket: Path) -> None:
    application, document = attached(make.picture())
    ani = make.owner(application)
    actions.attach(application, {"diploma": ("ijazah.pdf", make.PDF)}, by=ani, at=MONDAY)
    assert document.scan == Scan.NOT_SCANNED
    assert tasks.scan(at=MONDAY) == 0

    with clamd.listening(socket) as server:
        assert tasks.scan(at=TUESDAY) == 2
        assert tasks.scan(at=TUESDAY) == 0
        assert len(server.scanned) == 2

    document.refresh_from_db()
    assert (document.scan, document.scanned_at) == (Scan.CLEAN, TUESDAY)


def infected_later(application: Application) -> Document:
    """Lay an infected file under a document, as if it had been kept before scanners knew it."""
    document = queries.document(application, CARD)
    assert document is not None
    document.sha256 = files.put(INFECTED, media_type="image/jpeg").sha256
    document.save()
    return document


def test_what_is_found_later_is_no_longer_there_for_anybody(socket: Path) -> None:
    application, _ = attached(make.picture())
    document = infected_later(application)

    with clamd.listening(socket):
        assert tasks.scan(at=TUESDAY) == 1

    document.refresh_from_db()
    assert (document.scan, document.found) == (Scan.INFECTED, clamd.FOUND)
    assert queries.document(application, CARD) is None
    assert queries.present_codes(application) == frozenset()
    assert queries.files([application.pk]) == {}
    row = next(r for r in queries.documents(application) if r.code == CARD)
    assert (row.sha256, row.scan) == ("", Scan.INFECTED)
    with pytest.raises(PreviewUnavailable):
        queries.preview(document)
    event = ledger.history("application", application.pk)[-1]
    assert (event.type, event.facts["at_once"]) == ("application.quarantined", False)


def test_a_new_file_takes_the_place_of_an_infected_one(socket: Path) -> None:
    application, _ = attached(make.picture())
    infected_later(application)
    ani = make.owner(application)

    with clamd.listening(socket):
        tasks.scan(at=TUESDAY)
        actions.attach(application, {CARD: ("ktp.jpg", make.picture())}, by=ani, at=TUESDAY)

    present = queries.document(application, CARD)
    assert present is not None
    assert present.scan == Scan.CLEAN


def test_one_that_cannot_be_judged_keeps_no_other_waiting(socket: Path) -> None:
    application, first = attached(make.picture())
    ani = make.owner(application)
    actions.attach(application, {"diploma": ("ijazah.pdf", make.PDF)}, by=ani, at=MONDAY)
    second = queries.document(application, "diploma")
    assert second is not None
    larger = max(first, second, key=lambda d: d.size)
    longest = min(first.size, second.size)

    with clamd.listening(socket, longest=longest):
        assert tasks.scan(at=TUESDAY) == 2
        assert tasks.scan(at=TUESDAY) == 0
        larger.refresh_from_db()
        assert (larger.scan, larger.scanned_at) == (Scan.NOT_SCANNED, TUESDAY)
        assert tasks.scan(at=TUESDAY + timedelta(days=1)) == 1


def test_one_that_is_gone_from_the_store_keeps_no_other_waiting(daemon: clamd.Clamd) -> None:
    _, document = attached(make.picture())
    Document.objects.update(scan=Scan.NOT_SCANNED.value, scanned_at=None)
    files.delete(document.sha256)

    assert tasks.scan(at=TUESDAY) == 1
    assert tasks.scan(at=TUESDAY) == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (papers.saved(papers.blank(101)), "document.too_many_pages"),
        (papers.saved(papers.blank(1))[:-40], "document.damaged"),
    ],
)
def test_a_paper_that_is_not_taken_says_why(content: bytes, code: str) -> None:
    application, ani = draft()

    with pytest.raises(UploadRefused) as refusal:
        actions.attach(application, {CARD: ("ktp.pdf", content)}, by=ani, at=MONDAY)

    assert refusal.value.code == code


def test_attaching_keeps_to_a_fixed_number_of_queries(
    django_assert_num_queries: Any, daemon: clamd.Clamd
) -> None:
    application, ani = draft()

    with django_assert_num_queries(8):
        actions.attach(application, {CARD: ("ktp.jpg", make.picture())}, by=ani, at=MONDAY)
    with django_assert_num_queries(1):
        queries.quarantined(application)
