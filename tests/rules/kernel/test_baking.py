"""Is what is baked into a picture found again, in the form that Open Badges 3.0 asks for?"""

import struct
import zlib
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel import baking
from kompeten.kernel.baking import NotBakeable

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g/></svg>'
JSON = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Sri <&> \\"]]>\\" é"}'
JWS = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"
CREDENTIAL = "{https://purl.imsglobal.org/ob/v3p0}credential"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)


def test_a_png_has_one_uncompressed_text_behind_its_header() -> None:
    baked = baking.bake_png(PNG, JSON)

    text = b"openbadgecredential\0\0\0\0\0" + JSON.encode()
    assert baked == PNG[:33] + chunk(b"iTXt", text) + PNG[33:]


def test_an_svg_has_the_json_in_its_first_element() -> None:
    baked = baking.bake_svg(SVG, JSON)

    first = next(iter(ElementTree.fromstring(baked)))
    assert (first.tag, first.text, first.attrib) == (CREDENTIAL, JSON, {})


def test_an_svg_has_a_jws_as_attribute() -> None:
    baked = baking.bake_svg(SVG, JWS)

    first = next(iter(ElementTree.fromstring(baked)))
    assert (first.tag, first.text, first.attrib) == (CREDENTIAL, None, {"verify": JWS})


@given(text=st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=80))
def test_whatever_was_baked_is_found_again(text: str) -> None:
    said = "{" + text
    assert baking.unbake(baking.bake_png(PNG, said)) == said
    assert baking.unbake(baking.bake_svg(SVG, said)) == said


@pytest.mark.parametrize("credential", [JSON, JWS])
def test_a_picture_holds_one_credential_only(credential: str) -> None:
    with pytest.raises(NotBakeable):
        baking.bake_png(baking.bake_png(PNG, credential), JSON)
    with pytest.raises(NotBakeable):
        baking.bake_svg(baking.bake_svg(SVG, credential), JSON)


def test_a_picture_without_one_holds_none() -> None:
    assert baking.unbake(PNG) is None
    assert baking.unbake(SVG) is None
    assert baking.unbake(b"%PDF-1.7") is None


def test_a_badge_is_told_by_what_it_holds() -> None:
    broken = baking.bake_svg(SVG, JSON).replace(b"VerifiableCredential", b"\xff\xfe")

    assert baking.is_badge(baking.bake_png(PNG, JSON))
    assert baking.is_badge(baking.bake_svg(SVG, JWS))
    assert not any(map(baking.is_badge, (PNG, SVG, PNG[:40], JSON.encode(), broken, b"")))


@pytest.mark.parametrize(
    "wrong", [b"", b"GIF89a", SVG, PNG[:40], PNG[:20] + b"\1" + PNG[21:], PNG + b"\0\0"]
)
def test_what_is_no_png_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotBakeable):
        baking.bake_png(wrong, JSON)


@pytest.mark.parametrize("wrong", [b"", PNG, b"<html></html>", b"<svg/>"])
def test_what_is_no_svg_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotBakeable):
        baking.bake_svg(wrong, JSON)
