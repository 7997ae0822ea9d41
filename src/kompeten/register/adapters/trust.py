"""Whom do we believe? The roots and keys in a `trust.json`, which the authority publishes."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kompeten.register.terms import CredentialKey, Tenure, Trust, TrustUnreadable

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"


def load(path: Path) -> Trust:
    """Return the trust in a file. :raises TrustUnreadable: it is missing or says nothing"""
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise TrustUnreadable(f"{path} cannot be read: {error.strerror}") from error


def read(content: bytes) -> Trust:
    """Return the trust written as JSON.

    :raises TrustUnreadable: the content is no such file
    """
    try:
        stated = json.loads(content)
        return Trust(
            tuple(_der(pem) for pem in stated["roots"]),
            dict(_keys(stated["issuers"])),
            dict(_documents(stated.get("signing", []))),
            tuple(_der(pem) for pem in stated.get("timestamping", [])),
            dict(_documents(stated.get("countersigners", []))),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise TrustUnreadable("this is no trust file: it names no roots and issuers") from error


def _keys(issuers: list[dict[str, object]]) -> Iterator[tuple[str, CredentialKey]]:
    for issuer in issuers:
        listed = issuer["keys"]
        if not isinstance(listed, list):
            raise TypeError("keys are no list")
        for key in listed:
            raw = multibase(key["publicKeyMultibase"])
            if not raw.startswith(_ED25519) or len(raw) != 34:
                raise TrustUnreadable(f"{key['id']} is no Ed25519 key")
            yield key["id"], CredentialKey(str(issuer["id"]), raw[2:], _tenure(key))


def _documents(listed: list[dict[str, str | None]]) -> Iterator[tuple[bytes, Tenure]]:
    for key in listed:
        yield hashlib.sha256(_der(str(key["certificate"]))).digest(), _tenure(key)


def _tenure(key: dict[str, str | None]) -> Tenure:
    """Return a key's time; one without any is in use since ever (files from before 2026-12)."""
    begins, ends, lost = (key.get(name) for name in ("from", "until", "compromised_at"))
    return Tenure(*(instant(text) if text else None for text in (begins, ends, lost)))


def instant(text: str) -> datetime:
    """Return an instant written in ISO 8601. :raises ValueError: it is none, or names no zone"""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(f"{text} names no time zone")
    return read


def multibase(text: str) -> bytes:
    """Return the bytes of base58btc multibase text. :raises ValueError: it is no such text"""
    if not text.startswith("z"):
        raise ValueError("not base58btc")
    number = 0
    for letter in text[1:]:
        number = number * 58 + _BASE58.index(letter)
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _der(pem: str) -> bytes:
    lines = [line for line in pem.splitlines() if line and not line.startswith("-----")]
    return base64.b64decode("".join(lines), validate=True)
