"""Do files of strangers reach a reader without harm? No database."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from kompeten.web.office import sending

ORIENTATION = 0x0112
GPS = 0x8825


def picture(kind: str, size: tuple[int, int], mode: str = "RGB", **more: object) -> bytes:
    """Return a picture."""
    buffer = io.BytesIO()
    Image.new(mode, size, 0).save(buffer, kind, **more)
    return buffer.getvalue()


def shown(content: bytes) -> Image.Image:
    """Return what a reader sees of a picture."""
    return Image.open(io.BytesIO(sending.redrawn(content)))


@pytest.mark.parametrize(
    ("size", "seen"),
    [((3000, 1500), (1200, 600)), ((60, 80), (60, 80)), ((400, 4800), (100, 1200))],
)
def test_a_large_picture_becomes_small_and_a_small_one_stays(
    size: tuple[int, int], seen: tuple[int, int]
) -> None:
    assert shown(picture("JPEG", size)).size == seen
    assert shown(picture("PNG", size)).size == seen


def test_a_picture_is_upright_and_does_not_say_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "S", 2: (6.0, 12.0, 0.0)}
    lying = picture("JPEG", (200, 100), exif=exif)

    seen = shown(lying)

    assert seen.size == (100, 200)
    assert dict(seen.getexif()) == {}
    assert b"Exif" not in sending.redrawn(lying)


def test_what_hangs_behind_the_picture_is_gone() -> None:
    polyglot = picture("JPEG", (40, 40)) + b"<script>alert(1)</script>"

    assert b"script" not in sending.redrawn(polyglot)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_every_kind_of_png_can_be_shown(mode: str) -> None:
    assert shown(picture("PNG", (20, 20), mode)).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    assert shown(picture("PNG", (20, 20), "RGBA")).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7 %%EOF",
        picture("JPEG", (400, 400))[:300],
        picture("PNG", (400, 400))[:60],
        picture("GIF", (40, 40)),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValidationError):
        sending.redrawn(content)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    bomb = picture("PNG", (9000, 9000), "1")

    with pytest.raises(ValidationError):
        sending.redrawn(bomb)


def test_the_name_of_a_file_cannot_leave_its_header() -> None:
    answer = sending.attachment(b"x", name='a"; b\r\nSet-Cookie: c=1', media_type="application/pdf")

    assert answer["Content-Disposition"] == (
        "attachment; filename*=UTF-8''a%22%3B%20b%0D%0ASet-Cookie%3A%20c%3D1"
    )
