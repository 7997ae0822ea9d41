"""How is personal data kept from whoever holds a copy of the database? Sealed fields and a blind index.

AES-256-GCM with the column and the row's reference as associated data: a sealed value moved to
another row or column does not open. The blind index finds an equal value without opening any.

Source: NIST SP 800-38D (GCM); keys by HKDF, RFC 5869.
"""

import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
VERSION = b"\x01"


class SealBroken(Exception):
    """The sealed value was changed, moved to another row, or sealed with another key."""


def seal(text: str, *, column: str, row: str) -> bytes:
    """Return `text` sealed for `column` (`room.table.field`) of the row with reference `row`."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(settings.PRIVACY_KEY).encrypt(nonce, text.encode(), f"{column}/{row}".encode())
    return VERSION + nonce + sealed


def unseal(sealed: bytes, *, column: str, row: str) -> str:
    """Return the text that was sealed for this column and row.

    :raises SealBroken: it does not open here
    """
    blob = bytes(sealed)
    if blob[:1] != VERSION:
        raise SealBroken(column)
    nonce, body = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        text = _cipher(settings.PRIVACY_KEY).decrypt(nonce, body, f"{column}/{row}".encode())
    except InvalidTag as error:
        raise SealBroken(column) from error
    return text.decode()


def blind_index(text: str, *, column: str) -> bytes:
    """Return 32 bytes that are equal for equal `text` in one column and tell nothing without the key."""
    key = _derived(settings.PRIVACY_KEY, b"index/" + column.encode())
    return hmac.digest(key, text.encode(), "sha256")


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, b"seal"))


@lru_cache(maxsize=32)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=b"kompeten", info=purpose).derive(secret.encode())
