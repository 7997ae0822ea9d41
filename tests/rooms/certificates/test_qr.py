"""Does a QR code hold what it must, small enough for an old phone, and is it read again?"""

import io
from urllib.parse import unquote

import base45
import cbor2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from kompeten.certificates.adapters import pdf, token
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import Named, StatusSlot
from kompeten.foundation import qr
from kompeten.register.adapters import token as tokens
from kompeten.register.adapters.verify import verify
from kompeten.register.terms import Kind, When
from tests.make.certificates import ANI, LATER, content, keys, sealed, trusted

LONG = "Dr. Raden Ajeng Siti Nurhaliza Kusumawardhani Prawirodirdjo, S.Sos., M.PS.Sp."
LONG_ADDRESS = "https://sertifikasi.kemensos.go.id/v/88900-2635-2-0000123-2026"


@pytest.mark.parametrize(
    ("plain", "encoded"),
    [(b"AB", b"BB8"), (b"Hello!!", b"%69 VD92EX0"), (b"base-45", b"UJCLQE7W581")],
)
def test_base45_is_that_of_the_rfc(plain: bytes, encoded: bytes) -> None:
    # RFC 9285, section 4.3.
    assert base45.b45encode(plain) == encoded
    assert base45.b45decode(encoded) == plain


def test_the_token_is_a_cose_sign1_message_over_the_address_too() -> None:
    address, _, text = sealed().qr.partition("#")

    protected, unprotected, payload, signature = cbor2.loads(base45.b45decode(unquote(text)))

    assert address == ANI.verify_url
    assert (cbor2.loads(protected), unprotected) == (
        {1: -8},
        {4: keys().credential_signer.key_id[:4]},
    )
    assert len(signature) == 64
    assert cbor2.loads(payload)[1:3] == [ANI.number, ANI.holder]


@pytest.mark.parametrize("address", [ANI.verify_url, LONG_ADDRESS])
@pytest.mark.parametrize("holder", ["Ani", LONG, LONG * 3, "Ñ" * 240])
def test_a_code_is_never_larger_than_a_phone_can_read(holder: str, address: str) -> None:
    text = token.issue(content(holder=holder, verify_url=address), signer=keys().credential_signer)

    side = int(qr.svg(text).partition('viewBox="0 0 ')[2].partition(" ")[0])
    assert len(text) <= rules.QR_CHARS
    assert side <= 17 + 4 * 12  # version 12
    assert verify(text.encode(), trust=trusted(), at=LATER).ok


def test_a_code_names_its_place_in_the_status_lists() -> None:
    placed = content(status=StatusSlot(3, 131_071))
    text = token.issue(placed, signer=keys().credential_signer)

    read = tokens.verify(text, trust=trusted(), when=When(LATER))

    assert len(text) <= rules.QR_CHARS
    assert [entry["statusListIndex"] for entry in read.entries] == ["131071", "131071"]
    assert [entry["statusListCredential"] for entry in read.entries] == [
        "https://lsp.example/status/revocation/3",
        "https://lsp.example/status/suspension/3",
    ]


def test_a_code_from_before_the_lists_still_holds() -> None:
    read = tokens.verify(sealed().qr, trust=trusted(), when=When(LATER))

    assert read.entries == ()
    assert verify(sealed().qr.encode(), trust=trusted(), at=LATER).ok


def test_a_name_too_long_is_cut_visibly() -> None:
    text = token.issue(content(holder=LONG), signer=keys().credential_signer)

    verdict = verify(text.encode(), trust=trusted(), at=LATER)

    shown = dict(verdict.facts)["holder"]
    assert shown.endswith("…")
    assert LONG.startswith(shown[:-1])
    assert len(shown) > 24
    assert "qr.name_cut" in verdict.not_checked


def test_a_number_in_the_address_is_not_repeated_and_still_a_signed_fact() -> None:
    text = token.issue(content(verify_url=LONG_ADDRESS), signer=keys().credential_signer)

    verdict = verify(text.encode(), trust=trusted(), at=LATER)

    assert (verdict.ok, dict(verdict.facts)["number"]) == (True, "88900-2635-2-0000123-2026")


def test_an_address_without_room_for_facts_is_refused() -> None:
    with pytest.raises(token.TokenTooLong):
        token.issue(
            content(verify_url="https://lsp.example/" + "s" * 250), signer=keys().credential_signer
        )


def test_a_scheme_without_levels_has_a_code() -> None:
    volunteer = content(level=None, profession=Named("social_volunteer", "Relawan Sosial"))

    text = token.issue(volunteer, signer=keys().credential_signer)

    assert "level" not in dict(verify(text.encode(), trust=trusted(), at=LATER).facts)


def test_the_code_on_the_sheet_is_read_from_a_picture_of_it() -> None:
    page, _ = pdf.pictures(
        ANI, qr_text=sealed().qr, key_id=keys().credential_signer.key_id, ppi=110
    )

    assert qr.read(page) == (sealed().qr,)


def test_the_code_is_read_from_a_bad_photograph() -> None:
    page, _ = pdf.pictures(
        ANI, qr_text=sealed().qr, key_id=keys().credential_signer.key_id, ppi=200
    )
    photo = Image.open(io.BytesIO(page)).convert("L").rotate(7, fillcolor=190)
    photo = photo.filter(ImageFilter.GaussianBlur(1.2)).point(lambda grey: 40 + grey // 2)
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=35)

    assert qr.read(out.getvalue()) == (sealed().qr,)


def test_the_picture_of_a_code_is_read_back() -> None:
    assert qr.read(qr.png(sealed().qr)) == (sealed().qr,)


@pytest.mark.parametrize("bad", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_refused(bad: bytes) -> None:
    with pytest.raises(qr.PictureUnreadable):
        qr.read(bad)


def test_a_picture_too_large_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")

    with pytest.raises(qr.PictureUnreadable, match="too large"):
        qr.read(out.getvalue())


def test_a_picture_without_a_code_has_no_text() -> None:
    out = io.BytesIO()
    Image.new("L", (64, 64), 200).save(out, "PNG")

    assert qr.read(out.getvalue()) == ()


def test_level_and_version_are_what_the_reader_sees() -> None:
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png(sealed().qr))))[0]

    assert found.ec_level == "M"


@given(st.text(max_size=80))
def test_the_verifier_takes_any_text_calmly(text: str) -> None:
    data = f"https://lsp.example/s/K#{text}".encode("utf-8", "replace")

    assert not verify(data, trust=trusted(), at=LATER).ok


@given(st.binary(max_size=120))
def test_the_verifier_takes_any_token_calmly(raw: bytes) -> None:
    text = b"https://lsp.example/s/K#" + base45.b45encode(raw).replace(b"%", b"%25").replace(
        b" ", b"%20"
    )

    verdict = verify(text, trust=trusted(), at=LATER)

    assert (verdict.ok, verdict.kind) == (False, Kind.QR)
