"""Who has signed a note? Ed25519 for logs, and the timed cosignatures of witnesses.

Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature, RFC 8032.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.kernel.tlog import notes
from kompeten.kernel.tlog.notes import COSIGNATURE, Note, Signature, VerifierKey


class NoteBroken(Exception):
    """A signature by a known key does not hold; the message names the key."""


class NoteKey(Protocol):
    """A private key that signs notes."""

    @property
    def verifier(self) -> VerifierKey:
        """The public half, with its name."""

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature over `message`."""


class Opened(NamedTuple):
    """A note, the known keys whose signatures hold, and when each witness among them signed.

    Times are seconds since 1970.
    """

    note: Note
    by: frozenset[VerifierKey]
    cosigned: Mapping[VerifierKey, int]


def signed(text: str, key: NoteKey) -> Signature:
    """Return the log's signature on a text."""
    return Signature(key.verifier.name, key.verifier.id, key.sign(text.encode()))


def cosigned(text: str, key: NoteKey, *, at_seconds: int) -> Signature:
    """Return a witness's signature on a checkpoint's text, given at that time."""
    stamp = at_seconds.to_bytes(notes.TIME_BYTES, "big")
    value = stamp + key.sign(notes.cosigned(text, at_seconds=at_seconds))
    return Signature(key.verifier.name, key.verifier.id, value)


def opened(raw: bytes, keys: Iterable[VerifierKey]) -> Opened:
    """Return the note with the known keys that signed it, maybe none; unknown signatures are passed over.

    :raises NoteMalformed: it is no note
    :raises NoteBroken: a known key is named and its signature does not hold
    """
    note = Note.parse(raw)
    known = {(key.name, key.id): key for key in keys}
    by: dict[VerifierKey, int | None] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None and key not in by:
            by[key] = verified(note.text, signature, key)
    return Opened(note, frozenset(by), {key: at for key, at in by.items() if at is not None})


def verified(text: str, signature: Signature, key: VerifierKey) -> int | None:
    """Return when a witness signed, None for a log. :raises NoteBroken: the signature does not hold"""
    at, value, message = None, signature.value, text.encode()
    try:
        if key.kind == COSIGNATURE:
            at, value = notes.cosignature(value)
            message = notes.cosigned(text, at_seconds=at)
        ed25519.Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except (InvalidSignature, notes.NoteMalformed) as error:
        raise NoteBroken(f"the signature of {key.name} does not hold") from error
    return at
