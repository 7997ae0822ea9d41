"""Does the text of a QR code hold, and what does it state? The address and the token behind its #.

Source: RFC 9052 (COSE_Sign1), RFC 9285 (base45).
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.certificates.terms import BODY_ZONE, Fact, StatusPurpose
from kompeten.register import rules
from kompeten.register.terms import CredentialKey, Finding, Part, Refused, Trust, When

MAX_CHARS = 2_000
_HEADER = cbor2.dumps({1: -8})
_EPOCH = date(1970, 1, 1)
# The kinds of the facts, in their order: version, number, holder, level, scheme, its version,
# first and last day, demonstration.
_KINDS = (int, str, str, str, str, str, int, int, bool)
# The second version names a place in the status lists as well: list and index.
_VERSIONS = {1: _KINDS, 2: (*_KINDS, int, int)}


class Read(NamedTuple):
    """A QR code whose signature holds; `entries` are its places in status lists."""

    facts: tuple[tuple[Fact, str], ...]
    findings: tuple[Finding, ...]
    is_cut: bool
    entries: tuple[dict[str, str], ...] = ()


def verify(text: str, *, trust: Trust, when: When) -> Read:
    """Return facts and findings of a code that a trusted key signed.

    :raises Refused: it is no such code, or not signed by a trusted key
    """
    if len(text) > MAX_CHARS:
        raise Refused(Part.SIGNATURE, "file.too_large")
    address, _, token = text.partition("#")
    key_id, payload, signature = _message(token)
    signed = cbor2.dumps(["Signature1", _HEADER, address.encode(), payload])
    issuer = _issuer(key_id, signature, signed, trust, when)
    _, number, holder, level, scheme, version, first, last, is_demonstration, *place = _facts(
        payload
    )
    try:
        begins, ends = _EPOCH + timedelta(first), _EPOCH + timedelta(last)
    except OverflowError as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable") from error
    lines = {
        Fact.NUMBER: number or unquote(address.rpartition("/")[2]),
        Fact.HOLDER: holder,
        Fact.LEVEL: level,
        Fact.SCHEME: f"{scheme}, {version}",
        Fact.VALID_FROM: begins.isoformat(),
        Fact.VALID_UNTIL: ends.isoformat(),
        Fact.DEMONSTRATION: "demonstration" if is_demonstration else "",
    }
    findings = (
        Finding(Part.SIGNATURE, "signature.holds", holds=True, detail=key_id.hex()),
        Finding(Part.ISSUER, "issuer.trusted", holds=True, detail=issuer),
        Finding(Part.AGREEMENT, "agreement.holds", holds=True),
        rules.validity(begins, ends, on=when.at.astimezone(BODY_ZONE).date()),
    )
    facts = tuple((fact, line) for fact, line in lines.items() if line)
    return Read(facts, findings, holder.endswith("…"), tuple(_entries(address, *place)))


def _entries(address: str, *place: int) -> Iterator[dict[str, str]]:
    """Give the places as a credential names them: the lists lie beside the page, on the same site."""
    if not place:
        return
    number, index = place
    site = address.rpartition("/s/")[0]
    for purpose in StatusPurpose:
        yield {
            "statusPurpose": purpose.value,
            "statusListIndex": str(index),
            "statusListCredential": f"{site}/status/{purpose}/{number}",
        }


def _message(token: str) -> tuple[bytes, bytes, bytes]:
    """Return key id, payload and signature; each may be written in one way only."""
    try:
        encoded = base45.b45decode(unquote(token, errors="strict"))
        protected, unprotected, payload, signature = message = cbor2.loads(encoded)
        key_id = unprotected[4]
        again = quote(base45.b45encode(cbor2.dumps(message)), safe="$*+-./:")
    except (ValueError, TypeError, LookupError, RecursionError, cbor2.CBORError) as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable") from error
    kinds = [type(part) for part in (protected, key_id, payload, signature)]
    if kinds != [bytes] * 4 or protected != _HEADER or len(unprotected) != 1 or again != token:
        raise Refused(Part.SIGNATURE, "signature.unreadable")
    return key_id, payload, signature


def _issuer(key_id: bytes, signature: bytes, signed: bytes, trust: Trust, when: When) -> str:
    """Return whose signature this is. A short key id may fit several keys; one of them must hold."""
    candidates = [key for key in trust.keys.values() if _key_id(key).startswith(key_id)]
    if len(key_id) < 4 or not candidates:
        raise Refused(Part.ISSUER, "issuer.unknown", key_id.hex())
    for key in candidates:
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, signed)
        except InvalidSignature:
            continue
        # A code has no room for the time of its signature; only what others prove of it counts.
        if fault := rules.key_fault(key.tenure, when):
            raise Refused(Part.ISSUER, fault, key_id.hex())
        return key.issuer
    raise Refused(Part.SIGNATURE, "signature.broken")


def _key_id(key: CredentialKey) -> bytes:
    return hashlib.sha256(key.public_key).digest()


def _facts(payload: bytes) -> list[Any]:
    facts: Any = cbor2.loads(payload)
    kinds = _VERSIONS.get(facts[0]) if isinstance(facts, list) and facts else None
    if kinds is None or tuple(map(type, facts)) != kinds:
        raise Refused(Part.SIGNATURE, "signature.unknown_version")
    return list(facts)
