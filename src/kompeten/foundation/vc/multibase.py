"""How do keys, signatures, digests and lists look in a credential? base58btc behind a z, base64url behind a u.

Source: W3C Controlled Identifiers 1.0, sections 2.4 (Multibase) and 2.5 (Multikey).
"""

import base64
import binascii
import hashlib

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_SHA256 = b"\x12\x20"
_ED25519_PUBLIC = b"\xed\x01"
# base58 takes time by the square of its length; nothing that we read in it is longer than this.
LONGEST = 256


def encode(content: bytes) -> str:
    """Return `content` as base58btc; leading zero bytes become leading ones."""
    number, digits = int.from_bytes(content, "big"), []
    while number:
        number, rest = divmod(number, 58)
        digits.append(_ALPHABET[rest])
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(digits))


def decode(text: object) -> bytes:
    """Return the bytes of base58btc text. :raises ValueError: it is no such text, or too long"""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > LONGEST:
        raise ValueError("not base58btc")
    number = 0
    try:
        for letter in text[1:]:
            number = number * 58 + _VALUE[letter]
    except KeyError as error:
        raise ValueError("not base58btc") from error
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_url(content: bytes) -> str:
    """Return `content` as base64url without padding."""
    return "u" + base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode_url(text: object) -> bytes:
    """Return the bytes of base64url text without padding. :raises ValueError: it is no such text"""
    if not isinstance(text, str) or not text.startswith("u") or not text.isascii():
        raise ValueError("not base64url")
    body = text[1:].encode()
    try:
        content = base64.b64decode(body + b"=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if encode_url(content) != text:
        raise ValueError("not base64url in its one form")
    return content


def digest(content: bytes) -> str:
    """Return the SHA-256 of `content` as a multihash in base64url: `uEi…`.

    Source: Controlled Identifiers 1.0, section 2.6 (Multihash).
    """
    return encode_url(_SHA256 + hashlib.sha256(content).digest())


def public_key(raw: bytes) -> str:
    """Return an Ed25519 public key of 32 bytes as a Multikey: `z6Mk…`."""
    return encode(_ED25519_PUBLIC + raw)


def read_public_key(text: object) -> bytes:
    """Return the 32 bytes of a Multikey. :raises ValueError: it is no Ed25519 key"""
    raw = decode(text)
    if len(raw) != 34 or not raw.startswith(_ED25519_PUBLIC):
        raise ValueError("no Ed25519 key")
    return raw[2:]
