"""Is a document shown as pictures of its pages, drawn apart, once, and never as the file that came?"""

import io
import random
from typing import Any

import pikepdf
import pytest
from PIL import Image

from kompeten.applications import queries
from kompeten.applications.adapters import papers
from kompeten.applications.adapters.papers import apart
from kompeten.applications.models import Document
from kompeten.applications.terms.application import PreviewUnavailable
from kompeten.foundation import files
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make.people import account
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


def paper(*colours: str) -> bytes:
    """Return a PDF with a page of each colour, `r g b` in the notation of its content streams."""
    pdf = pikepdf.new()
    for colour in colours:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Contents = pdf.make_stream(f"{colour} rg 0 0 595 842 re f".encode())
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def stored(content: bytes, media_type: str = "application/pdf", **more: Any) -> Document:
    """Return a document as it stood before pages were counted: nothing of it went through our hands."""
    draft = make.draft(by=account(1, Role.APPLICANT))
    kept = files.put(content, media_type=media_type)
    return Document.objects.create(
        application=draft,
        code="identity_card",
        sha256=kept.sha256,
        size=kept.size,
        media_type=media_type,
        label="berkas.pdf",
        attached_at=MONDAY,
        **more,
    )


def colour(drawn: bytes) -> tuple[int, ...]:
    """Return the colour in the middle of a picture, to the next 32."""
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.format == "JPEG"
        found = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return tuple(round(part / 32) * 32 for part in found)


def test_each_page_of_a_paper_is_drawn_in_its_turn() -> None:
    document = stored(paper("1 0 0", "0 0 1"))

    assert queries.page_count(document) == 2
    assert colour(queries.preview(document, 1)) == (256, 0, 0)
    assert colour(queries.preview(document, 2)) == (0, 0, 256)
    with Image.open(io.BytesIO(queries.preview(document, 1))) as picture:
        assert picture.size == (1131, papers.EDGE)


def test_a_picture_is_one_page_no_larger_than_a_preview() -> None:
    noise = random.Random(1).randbytes(3 * 300 * 400)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (400, 300), noise).resize((4000, 3000)).save(buffer, "JPEG")
    document = stored(buffer.getvalue(), "image/jpeg")

    assert queries.page_count(document) == 1
    with Image.open(io.BytesIO(queries.preview(document))) as picture:
        assert picture.size == (1600, 1200)


def test_a_page_is_drawn_once_and_lies_beside_its_file() -> None:
    document = stored(paper("0 1 0"))
    first = queries.preview(document)
    asked = apart._helper.asked

    assert queries.preview(document) == first
    assert apart._helper.asked == asked
    files.delete(document.sha256)
    with pytest.raises(PreviewUnavailable) as missing:
        queries.preview(document)
    assert missing.value.code == "gone"


@pytest.mark.parametrize(
    ("content", "page", "code"),
    [
        (paper("1 0 0"), 2, "no_such_page"),
        (paper("1 0 0"), 0, "no_such_page"),
        (b"%PDF-1.4 no pages here %%EOF", 1, "damaged"),
    ],
)
def test_what_cannot_be_shown_says_why(content: bytes, page: int, code: str) -> None:
    with pytest.raises(PreviewUnavailable) as unavailable:
        queries.preview(stored(content), page)

    assert unavailable.value.code == code


def test_an_infected_file_is_not_drawn() -> None:
    document = stored(paper("1 0 0"), scan="infected")

    with pytest.raises(PreviewUnavailable) as unavailable:
        queries.preview(document)

    assert unavailable.value.code == "infected"


def test_previews_ask_the_database_nothing(django_assert_num_queries: Any) -> None:
    document = stored(paper("1 0 0"))

    with django_assert_num_queries(0):
        queries.page_count(document)
        queries.preview(document)
        queries.preview(document)
