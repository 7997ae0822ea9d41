"""What does a stranger's picture show, drawn anew? Never the bytes that came.

A file that is two things at once, or a picture that carries where it was taken, does its harm in the
browser of whoever looks at it, or lies in a store for years.
"""

import io
from functools import lru_cache
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

Tables = dict[int, list[int]]

MEDIA_TYPE = "image/jpeg"  # of what is drawn
MAX_PIXELS = 60_000_000
# A portrait of three to four centimetres, in dots of a good printer (300 to the inch).
PORTRAIT = (354, 472)
PORTRAIT_BYTES = 32_000
# Where a portrait is too tall, more is cut from below: faces stand in the upper half.
_CENTER = (0.5, 0.3)
# How finely a JPEG is drawn, and how large it comes out beside the finest one, seldom less.
QUALITIES = {82: 1.0, 70: 0.7, 58: 0.57, 46: 0.47}


class PictureRefused(Exception):
    """It cannot be drawn: `empty`, `wrong_type` (no JPEG or PNG), `too_large`, `too_small` or `damaged`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def redrawn(content: bytes, *, edge: int, most_bytes: int = 0, comment: bytes = b"") -> bytes:
    """Return a JPEG of what a JPEG or PNG shows: upright, no side longer than `edge` pixels.

    Nothing else of the file is in it: no metadata, no words of its maker, nothing that hangs behind.
    Where it would have more than `most_bytes`, it is drawn less finely, as far as faces stay faces;
    0 asks for no limit. `comment` is written into it, so that the same picture can be two files.

    :raises PictureRefused: see there
    """
    upright = _opened(content, (edge, edge))
    upright.thumbnail((edge, edge))
    return _jpeg(_flat(upright), most_bytes=most_bytes, comment=comment)


def copied(content: bytes, *, edge: int, least: int, as_jpeg: bool = True) -> bytes:
    """Return what a JPEG or PNG shows, to be kept instead of it: upright and bare, a JPEG or a PNG.

    A JPEG that came smaller than `edge` is drawn no finer than it came: it stays about as small. The
    same picture gives the same bytes.

    :raises PictureRefused: see there; `too_small`: its shorter side has less than `least` pixels
    """
    tables, sampling = _grain(content)
    upright = _opened(content, (edge, edge), shortest=least)
    upright.thumbnail((edge, edge))
    buffer = io.BytesIO()
    if not as_jpeg:
        _flat(upright).save(buffer, "PNG", icc_profile=None)
        return buffer.getvalue()
    if tables and sum(tables[0]) > sum(_own_tables()[0]):
        kept: dict[str, Any] = {"qtables": tables, "subsampling": sampling}
    else:
        kept = {"quality": max(QUALITIES)}
    _flat(upright).save(buffer, "JPEG", comment=b"", optimize=True, **kept)
    return buffer.getvalue()


def portrait(content: bytes) -> bytes:
    """Return a JPEG of three to four of the person that a JPEG or PNG shows, cropped, small and bare.

    The same picture gives the same bytes.

    :raises PictureRefused: see there
    """
    upright = _flat(_opened(content, PORTRAIT))
    # As sharp as bicubic where a picture is made smaller, and a third faster.
    fitted = ImageOps.fit(upright, PORTRAIT, Image.Resampling.HAMMING, centering=_CENTER)
    return _jpeg(fitted, most_bytes=PORTRAIT_BYTES, comment=b"")


def _opened(content: bytes, least: tuple[int, int], *, shortest: int = 0) -> Image.Image:
    """Return what a picture shows, upright and whole; a large JPEG not much larger than `least`.

    One with a side shorter than `shortest` is refused.
    """
    if not content:
        raise PictureRefused("empty")
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureRefused("too_large")
            if min(picture.size) < shortest:
                raise PictureRefused("too_small")
            # A JPEG is read at an eighth of its size where that is enough: 12 ms instead of 200.
            picture.draft("RGB", least)
            upright = ImageOps.exif_transpose(picture)
            upright.load()
            return upright
    except Image.DecompressionBombError as error:  # Pillow's own limit, before ours is asked
        raise PictureRefused("too_large") from error
    except UnidentifiedImageError as error:
        raise PictureRefused("wrong_type") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureRefused("damaged") from error


def _grain(content: bytes) -> tuple[Tables, int]:
    """Return how coarsely a JPEG was drawn: its tables, and how it thins out colours; else nothing."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            assert isinstance(picture, JpegImagePlugin.JpegImageFile)
            # The tables of a picture in print colours are of four planes; ours has three.
            tables = picture.quantization if picture.mode in {"RGB", "L"} else {}
            return tables, JpegImagePlugin.get_sampling(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return {}, -1  # no JPEG, or one that `_opened` refuses with the right word


@lru_cache(maxsize=1)
def _own_tables() -> Tables:
    return _grain(_jpeg(Image.new("RGB", (8, 8)), most_bytes=0, comment=b""))[0]


def _flat(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _jpeg(picture: Image.Image, *, most_bytes: int, comment: bytes) -> bytes:
    drawn, finest = b"", 0
    for quality, share in QUALITIES.items():
        # What is known to come out too large is not drawn.
        if drawn and quality != min(QUALITIES) and finest * share > most_bytes:
            continue
        buffer = io.BytesIO()
        # The comment is always given: without one Pillow writes that of the file it came from.
        picture.save(buffer, "JPEG", quality=quality, comment=comment)
        drawn = buffer.getvalue()
        finest = finest or len(drawn)
        if not most_bytes or len(drawn) <= most_bytes:
            break
    return drawn
