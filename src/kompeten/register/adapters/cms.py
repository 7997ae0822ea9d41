"""Does a CMS signature hold, and who made it? Read strictly: one way to write each thing.

What is not signed in a CMS message, the shell around the signature, is built again and compared, so
that no byte of it may change either.

Source: RFC 5652, sections 5.4 and 5.6; RFC 5035; RFC 5280, section 6.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from kompeten.register.terms import Finding, Part, Refused, Trust

MAX_CHAIN = 4


# Any of the parsers may meet a strange byte first, each with its own complaint; to people it is one.
_STRANGE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


class _Message(NamedTuple):
    """The parts of a CMS message with one signer, as bytes, before any of them is believed."""

    certificates: tuple[bytes, ...]
    attributes: bytes
    signature: bytes


def verify(message: bytes, sha256: bytes, *, trust: Trust, at: datetime) -> tuple[Finding, Finding]:
    """Return what was found on the signature and on its issuer.

    :raises Refused: the message is not readable, or does not sign content with this digest
    """
    try:
        return _verified(message, sha256, trust=trust, at=at)
    except _STRANGE as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable") from error


def _verified(
    message: bytes, sha256: bytes, *, trust: Trust, at: datetime
) -> tuple[Finding, Finding]:
    # 1. The signature is over this content.
    parts = _parts(message)
    attributes = _attributes(parts.attributes)
    if attributes.get("message_digest") != sha256:
        raise Refused(Part.SIGNATURE, "signature.content_changed")
    # 2. It names its certificate, and the key of that certificate made it.
    named = _named_certificate(parts.certificates, attributes)
    signing = x509.load_der_x509_certificate(named)
    _hold(signing, parts.signature, parts.attributes)
    # 3. What the key did not sign, the shell around it, is what it has to be.
    if message not in _shells(parts, signing):
        raise Refused(Part.SIGNATURE, "signature.unreadable", "unknown form")
    found = Finding(Part.SIGNATURE, "signature.holds", holds=True, detail=_name(signing.subject))
    # 4. Somebody we believe vouches for the certificate.
    others = [x509.load_der_x509_certificate(der) for der in parts.certificates if der != named]
    return found, _issuer(signing, others, trust=trust, at=at)


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
    return tuple(_shell(parts, signing, parameters) for parameters in (b"", b"\x05\x00"))


def _shell(parts: _Message, signing: x509.Certificate, parameters: bytes) -> bytes:
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
        _der(0x30, _ECDSA_SHA256),
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


def _named_certificate(certificates: Sequence[bytes], attributes: dict[str, Any]) -> bytes:
    """Return the certificate that the signed attributes name, by its digest and before it is parsed."""
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
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.key_size < 256:
        raise Refused(Part.SIGNATURE, "signature.unknown_algorithm")
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Refused(Part.SIGNATURE, "signature.broken") from error


def _issuer(
    signing: x509.Certificate, others: list[x509.Certificate], *, trust: Trust, at: datetime
) -> Finding:
    """Say whether a path leads from `signing` to a trusted root, each certificate in force at `at`."""
    if not _may(signing, "digital_signature") and not _may(signing, "content_commitment"):
        return Finding(Part.ISSUER, "issuer.unfit", holds=False)
    roots = [x509.load_der_x509_certificate(root) for root in trust.roots]
    path, current = [signing], signing
    while current not in roots:
        above = [
            c for c in (*roots, *others) if c not in path and _issued(current, c, len(path) - 1)
        ]
        if not above or len(path) == MAX_CHAIN:
            return Finding(Part.ISSUER, "issuer.unknown", holds=False, detail=_name(current.issuer))
        current = above[0]
        path.append(current)
    if any(other not in path for other in others):
        return Finding(Part.ISSUER, "issuer.strange_certificate", holds=False)
    for certificate in path:
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            detail = f"{_name(certificate.subject)}, {certificate.not_valid_after_utc.isoformat()}"
            return Finding(Part.ISSUER, "issuer.not_in_force", holds=False, detail=detail)
    return Finding(Part.ISSUER, "issuer.trusted", holds=True, detail=_name(path[-1].subject))


def _issued(lower: x509.Certificate, upper: x509.Certificate, below: int) -> bool:
    """Say whether `upper` may and did issue `lower`, with `below` authorities between it and the signer."""
    try:
        constraints = upper.extensions.get_extension_for_class(x509.BasicConstraints).value
        lower.verify_directly_issued_by(upper)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    deep = constraints.path_length is not None and below > constraints.path_length
    return constraints.ca and not deep and _may(upper, "key_cert_sign")


def _may(certificate: x509.Certificate, usage: str) -> bool:
    try:
        usages = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return bool(getattr(usages, usage))


def _name(name: x509.Name) -> str:
    return name.rfc4514_string()
