"""Does a CMS signature hold, and who made it? Read strictly: one way to write each thing.

What is not signed in a CMS message, the shell around the signature, is built again and compared, so
that no byte of it may change either.

Source: RFC 5652, sections 5.4 and 5.6; RFC 5035; RFC 5280, section 6.
"""

import hashlib
import itertools
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kompeten.register import rules
from kompeten.register.adapters import chain
from kompeten.register.terms import Finding, Part, Refused, Tenure, Trust, When

MIN_RSA_BITS = 3072


class _Message(NamedTuple):
    """The parts of a CMS message with one signer, as bytes, before any of them is believed."""

    certificates: tuple[bytes, ...]
    attributes: bytes
    signature: bytes


def verify(
    message: bytes, sha256: bytes, *, trust: Trust, when: When, crls: Sequence[bytes] = ()
) -> tuple[Finding, Finding]:
    """Return what was found on the signature and on its issuer.

    `crls` came with the file: what they say of the signer's certificate is believed, as of their date.

    :raises Refused: the message is not readable, or does not sign content with this digest
    """
    try:
        return _verified(message, sha256, trust=trust, when=when, crls=crls)
    except chain.STRANGE as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable") from error


def _verified(
    message: bytes, sha256: bytes, *, trust: Trust, when: When, crls: Sequence[bytes]
) -> tuple[Finding, Finding]:
    # 1. The signature is over this content.
    parts = _parts(message)
    attributes = _attributes(parts.attributes)
    if attributes.get("message_digest") != sha256:
        raise Refused(Part.SIGNATURE, "signature.content_changed")
    # 2. It names its certificate, and the key of that certificate made it.
    named = named_certificate(parts.certificates, attributes)
    signing = x509.load_der_x509_certificate(named)
    _hold(signing, parts.signature, parts.attributes)
    # 3. What the key did not sign, the shell around it, is what it has to be.
    if message not in _shells(parts, signing):
        raise Refused(Part.SIGNATURE, "signature.unreadable", "unknown form")
    signer = chain.name(signing.subject)
    found = Finding(Part.SIGNATURE, "signature.holds", holds=True, detail=signer)
    # 4. Somebody we believe vouches for the certificate.
    others = [x509.load_der_x509_certificate(der) for der in parts.certificates if der != named]
    return found, _issuer(signing, others, trust=trust, when=when, crls=crls)


def _parts(message: bytes) -> _Message:
    signed = cms.ContentInfo.load(message, strict=True)["content"]
    (signer,) = signed["signer_infos"]
    # Taken as they stand: once looked into, the library would encode them anew.
    return _Message(
        tuple(choice.chosen.dump() for choice in signed["certificates"]),
        b"\x31" + signer["signed_attrs"].dump()[1:],
        signer["signature"].native,
    )


def _attributes(encoded: bytes) -> dict[str, Any]:
    """Return the signed attributes, each of which may stand there once with one value."""
    found: dict[str, Any] = {}
    for attribute in cms.CMSAttributes.load(encoded, strict=True):
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise Refused(Part.SIGNATURE, "signature.unreadable", name)
        found[name] = attribute["values"][0].native
    if found.get("content_type") != "data":
        raise Refused(Part.SIGNATURE, "signature.unreadable", "content type")
    return found


def _shells(parts: _Message, signing: x509.Certificate) -> tuple[bytes, ...]:
    """Return the message as it must read, with the digest's parameters left out or null (RFC 5754)."""
    algorithms = (
        (_RSA_SHA256, _RSA_PLAIN)
        if isinstance(signing.public_key(), rsa.RSAPublicKey)
        else (_ECDSA_SHA256,)
    )
    return tuple(
        _shell(parts, signing, parameters, algorithm)
        for parameters in (b"", b"\x05\x00")
        for algorithm in algorithms
    )


def _shell(
    parts: _Message, signing: x509.Certificate, parameters: bytes, algorithm: bytes
) -> bytes:
    sha256 = _der(0x30, _SHA256, parameters)
    serial = signing.serial_number
    signer = _der(
        0x30,
        _VERSION_1,
        _der(
            0x30,
            signing.issuer.public_bytes(),
            _der(0x02, serial.to_bytes(serial.bit_length() // 8 + 1, "big")),
        ),
        sha256,
        b"\xa0" + parts.attributes[1:],
        _der(0x30, algorithm),
        _der(0x04, parts.signature),
    )
    signed = _der(
        0x30,
        _VERSION_1,
        _der(0x31, sha256),
        _der(0x30, _DATA),
        _der(0xA0, *parts.certificates),
        _der(0x31, signer),
    )
    return _der(0x30, _SIGNED_DATA, _der(0xA0, signed))


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    length = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    head = bytes([tag]) + (length if size < 0x80 else bytes([0x80 | len(length)]) + length)
    return head + content


_VERSION_1 = bytes.fromhex("020101")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SHA256 = bytes.fromhex("0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("06082a8648ce3d040302")
# Either name of RSASSA-PKCS1-v1_5 may stand there (RFC 3370, 3.2; RFC 5754, 3.2).
_RSA_SHA256 = bytes.fromhex("06092a864886f70d01010b0500")
_RSA_PLAIN = bytes.fromhex("06092a864886f70d0101010500")


def named_certificate(certificates: Sequence[bytes], attributes: dict[str, Any]) -> bytes:
    """Return the certificate that the signed attributes name, by its digest and before it is parsed.

    :raises Refused: none of `certificates` is the one
    """
    named = attributes.get("signing_certificate_v2") or {}
    first = (named.get("certs") or [{}])[0]
    if first.get("hash_algorithm", {"algorithm": "sha256"})["algorithm"] != "sha256":
        raise Refused(Part.SIGNATURE, "signature.unreadable", "certificate digest")
    for certificate in certificates:
        if hashlib.sha256(certificate).digest() == first.get("cert_hash"):
            return certificate
    raise Refused(Part.SIGNATURE, "signature.other_signer")


def _hold(signing: x509.Certificate, signature: bytes, signed: bytes) -> None:
    key = signing.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size >= 256:
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey) and key.key_size >= MIN_RSA_BITS:
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            raise Refused(Part.SIGNATURE, "signature.unknown_algorithm")
    except InvalidSignature as error:
        raise Refused(Part.SIGNATURE, "signature.broken") from error


def _issuer(
    signing: x509.Certificate,
    others: list[x509.Certificate],
    *,
    trust: Trust,
    when: When,
    crls: Sequence[bytes],
) -> Finding:
    """Say whether somebody we believe vouches for `signing`, for the time that counts.

    That is the time that somebody else has proven, or else now: without proof, a signature lasts as
    long as its certificate.
    """
    if not chain.may(signing, "digital_signature") and not chain.may(signing, "content_commitment"):
        return Finding(Part.ISSUER, "issuer.unfit", holds=False)
    at = when.proven or when.at
    found = chain.path(signing, others, roots=trust.roots, at=at)
    if found.fault:
        return Finding(Part.ISSUER, found.fault, holds=False, detail=found.detail)
    known = trust.documents.get(signing.fingerprint(hashes.SHA256()), Tenure())
    if fault := rules.key_fault(known, when):
        return Finding(Part.ISSUER, fault, holds=False, detail=chain.name(signing.subject))
    for crl in crls:
        since = _revoked(found.certificates, crl)
        if since is not None and at >= since:
            return Finding(Part.ISSUER, "issuer.revoked", holds=False, detail=since.isoformat())
    return Finding(Part.ISSUER, "issuer.trusted", holds=True, detail=found.detail)


def _revoked(path: Sequence[x509.Certificate], crl: bytes) -> datetime | None:
    """Return when a list revoked one of the path's certificates; lists of others say nothing here."""
    for lower, upper in itertools.pairwise(path):
        try:
            since = chain.revoked_at(lower, upper, crl)
        except ValueError:
            continue
        if since is not None:
            return since
    return None
