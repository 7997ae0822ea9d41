"""Did we make what we meant to? Reads our own output back before it is published.

On purpose it shares nothing with the making: other parsing, other hashing, other verification, and
only public keys. It asks less than the register's verifier (no chain, no dates of validity) and one
thing more: that the output states exactly the intended content.
"""

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import base45
import cbor2
import rfc8785
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from kompeten.certificates.terms import Content, Sealed
from kompeten.foundation.vc import linked
from kompeten.kernel import canonical

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_ATTACHED = re.compile(
    rb"<</Length (\d+)/Type/EmbeddedFile(?P<deflated>/Filter/FlateDecode)?[^\n]*\nstream\n"
)
_PHOTO = re.compile(rb"<</Length (\d+)(?=[^\n]*/Subtype/Image)(?=[^\n]*/DCTDecode)[^\n]*\nstream\n")
_TITLE = re.compile(rb'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li>', re.DOTALL)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


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
        "credential": _credential_flaws(sealed.credential, content, credential_key),
        "qr": _qr_flaws(sealed.qr, content, credential_key),
    }
    return tuple(code for name, found in parts.items() for code in _read(name, found))


def paper_flaws(pdf: bytes, *, source: bytes, certificate: bytes, at: datetime) -> tuple[str, ...]:
    """Return what is wrong with a signed paper, as codes: its signature, or that it is not `source`."""
    found = tuple(_read("pdf", _pdf_flaws(pdf, certificate, at)))
    whole = pdf.startswith(source.rstrip(b"\r\n"))
    return found if whole else (*found, "pdf.source")


def stamp(before: bytes, after: bytes) -> tuple[datetime | None, tuple[str, ...]]:
    """Return the instant of the time stamp behind `before`, and what is wrong with it, as codes."""
    ranges = _RANGE.findall(after)
    try:
        start, gap, end, rest = map(int, ranges[-1])
        token = cms.ContentInfo.load(bytes.fromhex(after[gap + 1 : end - 1].decode()))
        info = token["content"]["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]["hashed_message"].native
        instant: datetime = info["gen_time"].native
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, ("stamp.unreadable",)
    codes = {
        "stamp.sheet": not after.startswith(before) or gap < len(before),
        "stamp.range": (start, end + rest) != (0, len(after)),
        "stamp.digest": imprint != hashlib.sha256(after[:gap] + after[end:]).digest(),
        "stamp.several": len(ranges) != len(_RANGE.findall(before)) + 1,
    }
    return instant, tuple(code for code, is_wrong in codes.items() if is_wrong)


def reach(pdf: bytes) -> int:
    """Return how far the signature that stands last in a file reaches; the whole file if there is none."""
    ends = [int(found[2]) + int(found[3]) for found in _RANGE.findall(pdf)]
    return max(ends, default=len(pdf))


def countersignature(before: bytes, after: bytes, certificates: Sequence[bytes]) -> str:
    """Return what is wrong with the signature that others appended to `before`, as a code; "" if nothing.

    `certificates` (DER) are those of the signatories whose national signature counts.
    """
    ranges = _RANGE.findall(after)
    try:
        start, gap, end, rest = map(int, ranges[-1])
        sound = (
            after.startswith(before)
            and len(ranges) == len(_RANGE.findall(before)) + 1
            and (start, end + rest) == (0, len(after))
            and gap >= len(before)
        )
        if not sound:
            return "esign.other_file"
        expected = hashlib.sha256(after[:gap] + after[end:]).digest()
        return _countersigner_flaw(
            bytes.fromhex(after[gap + 1 : end - 1].decode()), expected, certificates
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return "esign.unreadable"


def _countersigner_flaw(message: bytes, expected: bytes, certificates: Sequence[bytes]) -> str:
    signed = cms.ContentInfo.load(message)["content"]
    (signer,) = signed["signer_infos"]
    to_verify = b"\x31" + signer["signed_attrs"].dump()[1:]
    attributes = {a["type"].native: a["values"][0] for a in signer["signed_attrs"]}
    if attributes["message_digest"].native != expected:
        return "esign.other_file"
    inside = {choice.chosen.dump() for choice in signed["certificates"]}
    for certificate in certificates:
        if certificate in inside and _made(certificate, signer["signature"].native, to_verify):
            return ""
    return "esign.stranger"


def _made(certificate: bytes, signature: bytes, to_verify: bytes) -> bool:
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
    ranges = _RANGE.findall(pdf)
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


def _credential_flaws(credential: bytes, content: Content, public_key: bytes) -> Iterator[str]:
    document = json.loads(credential)
    by_statements, by_json = document.pop("proof")
    if not (
        _proof_holds(by_statements, "eddsa-rdfc-2022", document, public_key)
        and _proof_holds(by_json, "eddsa-jcs-2022", document, public_key)
    ):
        yield "credential.proof"
    subject = document["credentialSubject"]
    (carried,) = document["relatedResource"]
    head, _, body = carried["id"].partition(",")
    if (
        head != "data:application/json;base64"
        or base64.b64decode(body, validate=True) != rfc8785.dumps(canonical.plain(content))
        or (subject["name"], subject["licenseNumber"]) != (content.holder, content.number)
        or _achieved(subject["achievement"])
        != [content.scheme.code, content.scheme.version, *(unit.code for unit in content.units)]
        or document["id"] != content.verify_url
        or document["validFrom"][:10] != content.valid_from.isoformat()
        or document["validUntil"][:10] != content.valid_until.isoformat()
    ):
        yield "credential.facts"


def _achieved(achievement: dict[str, Any]) -> list[str]:
    units = [unit["targetCode"] for unit in achievement["alignment"]]
    return [achievement["humanCode"], achievement["version"], *units]


def _proof_holds(
    proof: dict[str, str], suite: str, document: dict[str, Any], public_key: bytes
) -> bool:
    # Of the reader that draws statements from a document there is one make only in here; in CI
    # another implementation, in another language, draws them too.
    canonize = {"eddsa-rdfc-2022": linked.canonical, "eddsa-jcs-2022": rfc8785.dumps}[suite]
    options = {"@context": document["@context"], **proof}
    value = options.pop("proofValue")
    digests = (hashlib.sha256(canonize(part)).digest() for part in (options, document))
    return proof["cryptosuite"] == suite and _holds(
        public_key, _base58(value[1:], 64), b"".join(digests)
    )


def _qr_flaws(qr: str, content: Content, public_key: bytes) -> Iterator[str]:
    address, _, token = qr.partition("#")
    protected, _, payload, signature = cbor2.loads(base45.b45decode(unquote(token)))
    signed = cbor2.dumps(["Signature1", protected, address.encode(), payload])
    if not _holds(public_key, signature, signed):
        yield "qr.proof"
    said = cbor2.loads(payload)
    _, number, holder, level, scheme, version, first, last, is_demonstration, *place = said
    whole = holder == content.holder
    if (
        address != content.verify_url
        or (number or address.rpartition("/")[2]).replace("-", " ")
        != content.number.replace("-", " ")
        or not (whole or (holder.endswith("…") and content.holder.startswith(holder[:-1])))
        or level != (content.level.title if content.level else "")
        or (scheme, version) != (content.scheme.code, content.scheme.version)
        or date(1970, 1, 1) + timedelta(first) != content.valid_from
        or date(1970, 1, 1) + timedelta(last) != content.valid_until
        or is_demonstration is not content.is_demonstration
        or place != ([content.status.list, content.status.index] if content.status else [])
    ):
        yield "qr.facts"


def _holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _base58(text: str, length: int) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + _BASE58.index(letter)
    return number.to_bytes(length, "big")
