"""Are documents taken, replaced and refused one by one, and seen by nobody else?"""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kompeten.applications import queries
from kompeten.applications.models import Application, Document
from kompeten.config.options import Options
from kompeten.foundation import files
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from tests.faces.candidate.stage import HTMX, browser, is_part, stranger, upload, words
from tests.make import applications as make
from tests.make import verification
from tests.make.people import account

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def drafted() -> tuple[Application, Client]:
    """Return a draft and the browser of its applicant."""
    ani = account(1, Role.APPLICANT)
    return make.draft(by=ani), browser(ani)


def at(application: Application, code: str = "", page: str = "") -> str:
    """Return the address of the documents, of one of them, or of its file."""
    return f"/saya/permohonan/{application.ref}/dokumen/{code and code + '/'}{page}"


def test_a_document_is_kept_and_led_back_to_its_card() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "diploma"), {"file": upload(make.PDF, "ijazah.pdf")})

    assert answer["Location"] == f"{at(draft)}#diploma"
    held = queries.document(draft, "diploma")
    assert held is not None
    assert (held.label, held.media_type, held.size) == (
        "ijazah.pdf",
        "application/pdf",
        len(files.read(held.sha256)),
    )


def test_limits_stand_beside_each_choice() -> None:
    draft, client = drafted()

    page = client.get(at(draft)).content.decode()

    assert "JPG / PNG, paling besar 1 MB" in page
    assert 'accept="image/jpeg,image/png"' in page
    assert "Cukup salah satu" in page


@pytest.mark.parametrize(
    ("code", "content", "name", "told"),
    [
        ("diploma", HTML, "ijazah.pdf", "Isi berkas"),
        ("photo", make.PDF, "foto.jpg", "Isi berkas"),
        ("photo", make.picture(size=(600, 800))[:900], "foto.jpg", "rusak"),
        ("diploma", make.PDF[:-20], "ijazah.pdf", "rusak"),
        ("diploma", make.PDF + b" " * 5_000_001, "ijazah.pdf", "terlalu besar"),
        ("diploma", b"", "ijazah.pdf", "kosong"),
    ],
    ids=["html", "pdf-for-photo", "cut-jpg", "cut-pdf", "huge", "empty"],
)
def test_a_file_that_is_not_what_is_asked_is_refused_on_its_card(
    code: str, content: bytes, name: str, told: str
) -> None:
    draft, client = drafted()
    client.post(at(draft, "identity_card"), {"file": upload(make.PDF)})

    answer = client.post(at(draft, code), {"file": upload(content, name)})

    assert answer.status_code == 422
    card = answer.content.decode().partition(f'id="{code}"')[2].partition("</section>")[0]
    assert told in card
    assert queries.present_codes(draft) == {"identity_card"}


def test_documents_of_one_account_are_counted_within_an_hour_and_refused_kindly(
    settings: Any,
) -> None:
    settings.OPTIONS = Options(settings.OPTIONS.values | {"documents_per_hour": 2})
    cache.clear()
    draft, client = drafted()
    for n in range(2):
        sent = client.post(at(draft, "diploma"), {"file": upload(make.PDF + b"\n%%EOF" * n)})
        assert sent.status_code == 302

    answer = client.post(at(draft, "identity_card"), {"file": upload(make.PDF)})

    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    card = answer.content.decode().partition('id="identity_card"')[2].partition("</section>")[0]
    assert "sangat banyak dokumen" in card
    assert queries.present_codes(draft) == {"diploma"}
    cache.clear()


def test_a_refusal_loaded_again_leads_back_to_its_card() -> None:
    draft, client = drafted()

    assert client.get(at(draft, "diploma"))["Location"] == f"{at(draft)}#diploma"


def test_no_file_at_all_is_told_too() -> None:
    draft, client = drafted()

    assert client.post(at(draft, "diploma")).status_code == 422


def test_the_same_document_again_replaces_it_and_the_older_one_stays_on_record() -> None:
    draft, client = drafted()
    client.post(at(draft, "diploma"), {"file": upload(make.PDF, "lama.pdf")})

    client.post(at(draft, "diploma"), {"file": upload(make.PDF + b"\n%%EOF", "baru.pdf")})

    held = queries.document(draft, "diploma")
    assert held is not None
    assert held.label == "baru.pdf"
    assert Document.objects.count() == 2


def test_a_document_that_is_not_asked_for_is_no_page() -> None:
    draft, client = drafted()

    assert client.post(at(draft, "rahasia"), {"file": upload(make.PDF)}).status_code == 404
    assert client.get(at(draft, "rahasia", "berkas/")).status_code == 404


def test_a_file_comes_back_to_be_saved_and_never_run() -> None:
    draft, client = drafted()
    client.post(at(draft, "diploma"), {"file": upload(make.PDF, '../"ijazah";ä.pdf')})

    answer = client.get(at(draft, "diploma", "berkas/"))

    held = queries.document(draft, "diploma")
    assert held is not None
    assert answer.content == files.read(held.sha256)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%22ijazah%22%3B")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_stranger_neither_sees_nor_puts_in() -> None:
    draft, client = drafted()
    client.post(at(draft, "diploma"), {"file": upload(make.PDF)})

    other = stranger()

    assert other.get(at(draft)).status_code == 404
    assert other.get(at(draft, "diploma", "berkas/")).status_code == 404
    assert other.post(at(draft, "diploma"), {"file": upload(make.PDF)}).status_code == 404


def test_after_handing_in_nothing_more_is_taken() -> None:
    application, ani = make.submitted()

    answer = browser(ani).post(at(application, "diploma"), {"file": upload(make.PDF)})

    assert answer.status_code == 409
    assert Document.objects.filter(code="diploma").count() == 1


def test_htmx_gets_the_cards_alone_and_they_are_the_same() -> None:
    draft, client = drafted()

    part = client.post(at(draft, "diploma"), {"file": upload(HTML)}, headers=HTMX)
    whole = client.post(at(draft, "diploma"), {"file": upload(HTML)})

    assert part.status_code == whole.status_code == 422
    assert is_part(part, whole)
    taken = client.post(at(draft, "diploma"), {"file": upload(make.PDF)}, headers=HTMX)
    assert is_part(taken, client.get(at(draft)))


def test_what_is_missing_shrinks_and_one_of_a_group_is_enough() -> None:
    draft, client = drafted()
    assert "Rekomendasi tempat kerja / Rekomendasi organisasi profesi" in words(
        client.get(at(draft))
    )

    make.with_documents(draft, by=people.actor(draft.filed_by_id, at=make.MONDAY))

    assert "Semua berkas sudah ada" in words(client.get(at(draft)))


def test_a_returned_document_says_what_is_wrong_on_its_card() -> None:
    review, _ = verification.returned()
    application = review.application
    client = browser(people.actor(application.filed_by_id, at=make.MONDAY))
    code = "identity_card"

    card = client.get(at(application)).content.decode().partition(f'id="{code}"')[2]

    assert "Mohon diperbaiki" in card.partition("</section>")[0]
