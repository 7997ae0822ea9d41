"""Is a stranger's picture drawn anew, small, and without a word of what else was in its file?"""

import io
import random

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kompeten.foundation import pictures
from kompeten.foundation.pictures import PictureRefused

ORIENTATION, GPS = 0x0112, 0x8825


def picture(kind: str, size: tuple[int, int], mode: str = "RGB", **more: object) -> bytes:
    """Return a picture."""
    buffer = io.BytesIO()
    Image.new(mode, size, 0).save(buffer, kind, **more)
    return buffer.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    """Return the picture that packs worst: no two dots of it are alike."""
    dots = random.Random(1).randbytes(size[0] * size[1] * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", size, dots).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def test_a_phones_photo_becomes_upright_small_and_silent_about_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "S", 2: (6.0, 12.0, 0.0)}
    spoken = {"exif": exif, "comment": b"Ani, 6.12 S", "icc_profile": b"profile of a maker"}
    phone = picture("JPEG", (4000, 3000), **spoken)

    drawn = pictures.redrawn(phone, edge=640)

    with Image.open(io.BytesIO(drawn)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (480, 640))
        assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(seen.info)
    assert b"Ani" not in drawn
    assert b"profile" not in drawn


def test_the_words_of_a_png_are_gone_too() -> None:
    said = PngInfo()
    said.add_text("Comment", "Ani, 6.12 S")

    assert b"Ani" not in pictures.redrawn(picture("PNG", (60, 60), pnginfo=said), edge=640)


def test_a_picture_of_several_is_its_first() -> None:
    buffer = io.BytesIO()
    first, second = (Image.new("RGB", (80, 60), shade) for shade in ("red", "blue"))
    first.save(buffer, "MPO", save_all=True, append_images=[second])

    with Image.open(io.BytesIO(pictures.redrawn(buffer.getvalue(), edge=640))) as seen:
        red, _, blue = seen.getpixel((40, 30))
        assert (seen.format, red > 200, blue < 60) == ("JPEG", True, True)


def test_what_packs_badly_is_drawn_less_finely() -> None:
    fine = pictures.redrawn(noise((640, 640)), edge=640)
    spare = pictures.redrawn(noise((640, 640)), edge=640, most_bytes=60_000)

    assert len(spare) < len(fine) * 0.6


def test_a_comment_makes_two_files_of_one_picture() -> None:
    one, other = (pictures.redrawn(picture("PNG", (9, 9)), edge=9, comment=c) for c in (b"a", b"b"))

    assert one != other
    with Image.open(io.BytesIO(one)) as seen:
        assert seen.info["comment"] == b"a"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 %%EOF", "wrong_type"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400, "wrong_type"),
        (picture("GIF", (40, 40)), "wrong_type"),
        (picture("JPEG", (400, 400))[:300], "damaged"),
        (noise((400, 400))[:9000], "damaged"),
        (picture("PNG", (400, 400))[:60], "damaged"),
        (picture("PNG", (9000, 9000), "1"), "too_large"),
    ],
)
def test_what_is_no_whole_picture_is_refused_by_kind(content: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        pictures.redrawn(content, edge=640)

    assert refused.value.code == code
