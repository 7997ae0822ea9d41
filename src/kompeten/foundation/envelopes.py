"""How is a file sealed so that only this house can read it, and still be sent piece by piece?

Head: `KPS`, version (1 byte), which secret (8), salt (32). Then pieces of 64 KiB, each AES-256-GCM
with a tag of 16 bytes. The key is the file's own, from the secret, the salt and the name under which
the file is kept: under another name it does not open. The nonce counts the pieces and marks the last,
so that pieces cannot change places and an end cannot be cut off unseen. Without `KPS` in front it is
a file from before files were sealed.

Source: NIST SP 800-38D (GCM); RFC 5869 (HKDF); the counting follows Hoang, Reyhanitabar, Rogaway and
Vizár, Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015 (STREAM).
"""

import io
import os
from collections.abc import Sequence
from functools import lru_cache
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"KPS\x01"
PIECE = 65_536
_ID, _SALT, _TAG = 8, 32, 16
HEAD = len(MAGIC) + _ID + _SALT


class EnvelopeBroken(Exception):
    """It was changed, cut off or moved to another name."""


class SecretMissing(EnvelopeBroken):
    """It was sealed with a secret that is not among those given."""


def seal(content: bytes, *, secret: str, name: str) -> bytes:
    """Return `content` sealed to be kept under `name`; 60 bytes more, and 16 for each further 64 KiB."""
    head = MAGIC + key_id(secret) + os.urandom(_SALT)
    cipher = _cipher(secret, head, name)
    sealed = [head]
    last = _pieces(len(content)) - 1
    view = memoryview(content)
    for number in range(last + 1):
        piece = view[number * PIECE : (number + 1) * PIECE]
        sealed.append(cipher.encrypt(_nonce(number, number == last), piece, head))
    return b"".join(sealed)


def sealed_size(size: int) -> int:
    """Return how many bytes a file of `size` bytes has when it is sealed."""
    return HEAD + size + _TAG * _pieces(size)


def is_sealed(head: bytes) -> bool:
    """Say whether a file that begins so is sealed."""
    return head[: len(MAGIC)] == MAGIC


def key_id(secret: str) -> bytes:
    """Return the eight bytes that tell which secret a file was sealed with, and nothing of it."""
    return _derived(secret, b"files/id")[:_ID]


def sealed_with(head: bytes) -> bytes:
    """Return the `key_id` of the secret that a sealed file needs, from its first `HEAD` bytes."""
    return head[len(MAGIC) : len(MAGIC) + _ID]


def unsealed(file: IO[bytes], *, secrets: Sequence[str], name: str) -> IO[bytes]:
    """Return what is sealed in `file`, kept under `name`, to be read in any order and piece by piece.

    Each piece is checked when it is read. Closing it closes `file`.

    :raises EnvelopeBroken: `SecretMissing`, or at reading: it does not hold
    """
    return io.BufferedReader(_Unsealed(file, secrets, name), PIECE)


class _Unsealed(io.RawIOBase):
    """The plain bytes of a sealed file."""

    def __init__(self, file: IO[bytes], secrets: Sequence[str], name: str) -> None:
        self._file = file
        file.seek(0)
        self._head = file.read(HEAD)
        self._cipher = _cipher(self._secret(secrets, name), self._head, name)
        sealed = file.seek(0, os.SEEK_END) - HEAD
        pieces = -(-sealed // (PIECE + _TAG))
        self._size = sealed - _TAG * pieces
        if pieces < 1 or self._size < 0 or _pieces(self._size) != pieces:
            raise EnvelopeBroken(name)
        self._last, self._name = pieces - 1, name
        self._at, self._number, self._piece = 0, -1, b""
        self._open(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill `buffer` from one piece, as far as it goes. :raises EnvelopeBroken: it does not open"""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        self._open(number)
        found = self._piece[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _secret(self, secrets: Sequence[str], name: str) -> str:
        wanted = sealed_with(self._head)
        for secret in secrets:
            if key_id(secret) == wanted:
                return secret
        raise SecretMissing(name)

    def _open(self, number: int) -> None:
        if number == self._number:
            return
        self._file.seek(HEAD + number * (PIECE + _TAG))
        piece = self._file.read(PIECE + _TAG)
        nonce = _nonce(number, number == self._last)
        try:
            self._piece = self._cipher.decrypt(nonce, piece, self._head)
        except InvalidTag as error:
            raise EnvelopeBroken(self._name) from error
        self._number = number


def _pieces(size: int) -> int:
    return max(1, -(-size // PIECE))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((is_last,))


def _cipher(secret: str, head: bytes, name: str) -> AESGCM:
    master, salt = _derived(secret, b"files"), head[-_SALT:]
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=name.encode()).derive(master))


@lru_cache(maxsize=16)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=b"kompeten", info=purpose).derive(secret.encode())
