"""How is a text signed so that anybody can add a signature? Signed notes, their keys, and cosignatures.

Only the words; the signatures themselves are checked by an adapter.

Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

ED25519, COSIGNATURE = 1, 4
MAX_BYTES = 1_000_000
MAX_SIGNATURES = 100
KEY_BYTES, SIGNATURE_BYTES, TIME_BYTES = 32, 64, 8

_DASH = "\N{EM DASH}"
_LINE = re.compile(rf"{_DASH} (?P<name>\S+) (?P<value>\S+)")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteMalformed(Exception):
    """The bytes are no signed note, or the text is no key."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under; `kind` is `ED25519` (logs) or `COSIGNATURE` (witnesses)."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that name the key in a signature, together with its name."""
        return sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key written as `name+id+material`. :raises NoteMalformed: it is no such key"""
        name, id_, material = [*text.split("+", 2), "", ""][:3]
        raw = decoded(material)
        key = cls(name, raw[0] if raw else 0, raw[1:])
        if not is_name(name) or key.kind not in (ED25519, COSIGNATURE):
            raise NoteMalformed("this is no key of a log or a witness")
        if len(key.public) != KEY_BYTES or key.id.hex() != id_:
            raise NoteMalformed(f"the key of {name} was written down wrongly")
        return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note: who signed, with which key, and the signature as its kind has it."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in the note, with its end."""
        return f"{_DASH} {self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a newline, and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(signature.line for signature in self.signatures)

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Return the note; nothing is verified. :raises NoteMalformed: these bytes are no note"""
        try:
            whole = raw.decode("utf-8") if len(raw) <= MAX_BYTES else "\0"
        except UnicodeDecodeError as error:
            raise NoteMalformed("a note is UTF-8") from error
        text, gap, below = whole.rpartition("\n\n")
        if _FORBIDDEN.search(whole) or not gap or not below.endswith("\n"):
            raise NoteMalformed("there is no text with signatures below")
        return cls(f"{text}\n", signatures(below))


def signatures(lines: str) -> tuple[Signature, ...]:
    """Return the signatures in lines that each end with a newline. :raises NoteMalformed: one is none"""
    found = tuple(_signature(line) for line in lines.split("\n")[:-1])
    if not lines.endswith("\n") or not 0 < len(found) <= MAX_SIGNATURES:
        raise NoteMalformed("there are no signatures, or too many")
    return found


def cosigned(text: str, *, at_seconds: int) -> bytes:
    """Return what a witness signs for a checkpoint's text at a time, in seconds since 1970."""
    return f"cosignature/v1\ntime {at_seconds}\n{text}".encode()


def cosignature(value: bytes) -> tuple[int, bytes]:
    """Return time (seconds since 1970) and signature. :raises NoteMalformed: it is no cosignature"""
    if len(value) != TIME_BYTES + SIGNATURE_BYTES or value[0] & 0x80:
        raise NoteMalformed("this is no cosignature of a witness")
    return int.from_bytes(value[:TIME_BYTES], "big"), value[TIME_BYTES:]


def is_name(name: str) -> bool:
    """Say whether a key may bear this name: something, without blanks, plus signs or control signs."""
    return bool(name) and name.isprintable() and "+" not in name and not re.search(r"\s", name)


def decoded(text: str) -> bytes:
    """Return the bytes of base64 text that is written in the one right way.

    :raises NoteMalformed: it is not
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteMalformed("this is no base64") from error
    if base64.b64encode(raw).decode() != text:
        raise NoteMalformed("this is base64 with something left over")
    return raw


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    raw = decoded(found["value"]) if found else b""
    if found is None or not is_name(found["name"]) or len(raw) < 5:
        raise NoteMalformed("a line below the text is no signature")
    return Signature(found["name"], raw[:4], raw[4:])
