"""Did we make what we meant to? Reads our own output back before it is published.

On purpose it shares nothing with the making: other parsing, other hashing, other verification, and
only public keys. It asks less than the register's verifier (no chain, no dates of validity) and one
thing more: that the output states exactly the intended content.
"""

import hashlib
import html
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

import cbor2
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kompeten.certificates.adapters.check_said import credential_flaws, qr_flaws
from kompeten.certificates.terms import Content, Sealed

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_ATTACHED = re.compile(
    rb"<</Length (\d+)/Type/EmbeddedFile(?P<deflated>/Filter/FlateDecode)?[^\n]*\nstream\n"
)
_PHOTO = re.compile(rb"<</Length (\d+)(?=[^\n]*/Subtype/Image)(?=[^\n]*/DCTDecode)[^\n]*\nstream\n")
_TITLE = re.compile(rb'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li>', re.DOTALL)


def flaws(
    sealed: Sealed, *, content: Content, certificate: bytes, credential_key: bytes, at: datetime
) -> tuple[str, ...]:
    """Return what is wrong with `sealed`, as codes; empty when it may be published. About 2 ms.

    `certificate` (DER) and `credential_key` (32 bytes) are the public halves of the keys that were
    meant to sign; `at` is the time at which the certificate must have been in force.
    """
    parts = {
        "pdf": _pdf_flaws(sealed.pdf, certificate, at),
        "sheet": _sheet_flaws(sealed, content),
        "credential": credential_flaws(sealed.credential, content, credential_key),
        "qr": qr_flaws(sealed.qr, content, credential_key),
    }
    return tuple(code for name, found in parts.items() for code in _read(name, found))


def paper_flaws(pdf: bytes, *, source: bytes, certificate: bytes, at: datetime) -> tuple[str, ...]:
    """Return what is wrong with a signed paper, as codes: its signature, or that it is not `source`."""
    found = tuple(_read("pdf", _pdf_flaws(pdf, certificate, at)))
    whole = pdf.startswith(source.rstrip(b"\r\n"))
    return found if whole else (*found, "pdf.source")


def made_by(certificate: bytes, signature: bytes, to_verify: bytes) -> bool:
    """Say whether the key of a certificate (DER) has signed these bytes, by the algorithm of its kind."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, to_verify, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, to_verify, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _read(name: str, found: Iterator[str]) -> Iterator[str]:
    try:
        yield from found
    except (ValueError, LookupError, TypeError, AttributeError, zlib.error, cbor2.CBORError):
        yield f"{name}.unreadable"


def _pdf_flaws(pdf: bytes, certificate: bytes, at: datetime) -> Iterator[str]:
    ranges = RANGE.findall(pdf)
    if len(ranges) != 1:
        yield "pdf.signatures"
        return
    start, before, after, rest = map(int, ranges[0])
    if (
        start != 0
        or after + rest != len(pdf)
        or pdf[before : before + 1] != b"<"
        or pdf[after - 1] != 0x3E
    ):
        yield "pdf.range"
        return
    expected = hashlib.sha256(pdf[:before] + pdf[after:]).digest()
    stated, to_verify, signature = _message(bytes.fromhex(pdf[before + 1 : after - 1].decode()))
    signed_by = {"message_digest": expected, "certificate": hashlib.sha256(certificate).digest()}
    if stated != signed_by:
        yield "pdf.digest"
    key, begins, ends = _public_half(certificate)
    if not begins <= at <= ends:
        yield "pdf.certificate"
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, to_verify, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(signature, to_verify, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        yield "pdf.signature"


def _message(padded: bytes) -> tuple[dict[str, bytes], bytes, bytes]:
    """Return what the attributes state, the bytes that were signed, and the signature."""
    (signer,) = cms.ContentInfo.load(padded)["content"]["signer_infos"]
    # Taken before they are looked into: looking makes the library encode them anew (3 ms).
    to_verify = b"\x31" + signer["signed_attrs"].dump()[1:]
    attributes = {
        attribute["type"].native: attribute["values"][0] for attribute in signer["signed_attrs"]
    }
    (named,) = attributes["signing_certificate_v2"]["certs"]
    stated = {
        "message_digest": attributes["message_digest"].native,
        "certificate": named["cert_hash"].native,
    }
    return stated, to_verify, signer["signature"].native


@lru_cache(maxsize=8)
def _public_half(
    certificate: bytes,
) -> tuple[ec.EllipticCurvePublicKey | rsa.RSAPublicKey, datetime, datetime]:
    read = x509.load_der_x509_certificate(certificate)
    key = read.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise TypeError("the signing certificate bears neither an ECDSA nor an RSA key")
    return key, read.not_valid_before_utc, read.not_valid_after_utc


def _sheet_flaws(sealed: Sealed, content: Content) -> Iterator[str]:
    """Yield what differs between the sheet's attachment, its title, and what was meant."""
    attached = list(_ATTACHED.finditer(sealed.pdf))
    if [_stream(sealed.pdf, found) for found in attached] != [sealed.credential]:
        yield "sheet.attachment"
    shown = {
        hashlib.sha256(sealed.pdf[found.end() : found.end() + int(found[1])]).hexdigest()
        for found in _PHOTO.finditer(sealed.pdf)
    }
    if shown != ({content.photo} if content.photo else set()):
        yield "sheet.photo"
    title = _TITLE.search(sealed.pdf)
    said = html.unescape(title[1].decode()) if title else ""
    if content.number not in said or content.holder not in said:
        yield "sheet.title"


def _stream(pdf: bytes, found: re.Match[bytes]) -> bytes:
    raw = pdf[found.end() : found.end() + int(found[1])]
    return zlib.decompress(raw) if found["deflated"] else raw
