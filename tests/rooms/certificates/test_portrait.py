"""Does the right face stand on the sheet, small and bare of what a phone writes into its photos?"""

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from kompeten.certificates.adapters import bulk, check, pades, pdf, seal
from kompeten.certificates.terms import Content, Sealed
from kompeten.foundation import pictures
from kompeten.register.adapters.verify import verify
from kompeten.register.terms import Part
from tests.make.certificates import ANI, LATER, SIGNED_AT, face, keys, sealed, trusted

PORTRAIT = pictures.portrait(face())
OTHER = pictures.portrait(face(90))
WITH_PHOTO = replace(ANI, photo=hashlib.sha256(PORTRAIT).hexdigest())


def made(content: Content = WITH_PHOTO, photo: bytes = PORTRAIT) -> Sealed:
    """Return the finished certificate with its photo."""
    return seal.seal(content, keys=keys(), at=SIGNED_AT, photo=photo)


def test_a_portrait_is_three_to_four_small_and_bare() -> None:
    with Image.open(io.BytesIO(PORTRAIT)) as picture:
        assert (picture.size, picture.format, picture.mode) == ((354, 472), "JPEG", "RGB")
        assert dict(picture.getexif()) == {}
    assert b"Telepon" in face()
    assert b"Telepon" not in PORTRAIT
    assert len(PORTRAIT) <= pictures.PORTRAIT_BYTES


def test_a_noisy_photo_is_drawn_less_finely_until_it_is_small() -> None:
    noise = Image.effect_noise((900, 1200), 90).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")

    drawn = pictures.portrait(written.getvalue())

    assert len(drawn) < 60_000


@pytest.mark.parametrize("size", [(600, 900), (900, 600), (300, 400), (60, 80), (2000, 300)])
def test_any_shape_is_cropped_to_the_same(size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(pictures.portrait(face(size=size)))) as picture:
        assert picture.size == pictures.PORTRAIT


def test_a_picture_that_lies_on_its_side_stands_upright() -> None:
    upright = Image.open(io.BytesIO(face()))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to the right
    written = io.BytesIO()
    upright.rotate(90, expand=True).save(written, "PNG", exif=exif)

    with Image.open(io.BytesIO(pictures.portrait(written.getvalue()))) as turned:
        red, _, _ = turned.getpixel((5, 5))
    assert red > 140  # the background, not the shoulders


def test_the_same_photo_gives_the_same_portrait_in_any_process() -> None:
    assert bulk.portraits([face()] * 30) == [PORTRAIT] * 30


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", b"GIF89a", face()[:400]])
def test_what_cannot_be_drawn_is_none(broken: bytes) -> None:
    assert bulk.portraits([broken]) == [b""]


def test_the_sheet_bears_the_very_bytes_whose_digest_is_signed() -> None:
    verdict = verify(made().pdf, trust=trusted(), at=LATER)

    assert PORTRAIT in made().pdf
    assert verdict.ok
    assert len(made().pdf) - len(sealed().pdf) < len(PORTRAIT) + 2500


def test_the_photo_is_read_out_to_who_cannot_see_it() -> None:
    reader = PdfFileReader(io.BytesIO(made().pdf), strict=True)

    def texts(node: object) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [text for child in node for text in texts(child)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + (texts(node["/K"]) if "/K" in node else [])

    assert texts(reader.root["/StructTreeRoot"]) == [
        f"Kode QR untuk memeriksa sertifikat nomor {ANI.number}",
        f"Pasfoto {ANI.holder}",
    ]


@pytest.mark.parametrize(
    ("content", "photo"), [(WITH_PHOTO, OTHER), (WITH_PHOTO, b""), (ANI, PORTRAIT)]
)
def test_another_photo_than_the_recorded_one_is_not_signed(content: Content, photo: bytes) -> None:
    with pytest.raises(seal.NotSealed, match=r"content\.photo"):
        seal.sign(content, keys=keys(), at=SIGNED_AT, photo=photo)


@pytest.mark.parametrize(
    ("shown", "stated"), [(OTHER, WITH_PHOTO), (b"", WITH_PHOTO), (PORTRAIT, ANI)]
)
def test_a_sheet_with_another_face_around_the_right_credential_is_refused(
    shown: bytes, stated: Content
) -> None:
    right = made(stated, PORTRAIT if stated.photo else b"")
    key = keys().credential_signer
    sheet = pdf.render(
        stated,
        credential_json=right.credential,
        qr_text=right.qr,
        key_id=key.key_id,
        at=SIGNED_AT,
        photo=shown,
    )
    words = pades.Words("x", "y", "z")
    forged = pades.sign(sheet, signer=keys().signer, words=words, at=SIGNED_AT)

    verdict = verify(forged, trust=trusted(), at=LATER)
    flaws = check.flaws(
        replace(right, pdf=forged),
        content=stated,
        certificate=keys().chain[0],
        credential_key=key.public_key,
        at=SIGNED_AT,
    )

    assert next(f.code for f in verdict.findings if f.part is Part.AGREEMENT) == (
        "agreement.other_photo"
    )
    assert flaws == ("sheet.photo",)


def test_a_provisional_sheet_says_so_in_both_languages_and_holds() -> None:
    waiting = seal.seal(ANI, keys=keys(), at=SIGNED_AT, provisional=True)

    assert verify(waiting.pdf, trust=trusted(), at=LATER).ok
    assert waiting.pdf != sealed().pdf
