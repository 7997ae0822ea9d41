"""How is a witness asked to cosign? The size it knows, the proof of growth, and the checkpoint.

Source: c2sp.org/tlog-witness, `add-checkpoint`.
"""

import base64
import re
from dataclasses import dataclass
from typing import Self

from kompeten.kernel.tlog import merkle, notes

MAX_HASHES = 63
MAX_BYTES = 64 * 1024

_OLD = re.compile(r"old (0|[1-9]\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """What a log sends: `old` is the size that the witness has cosigned last, as the log believes."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    @property
    def body(self) -> bytes:
        """What is posted."""
        lines = [f"old {self.old}", *(base64.b64encode(hash_).decode() for hash_ in self.proof)]
        return ("\n".join(lines) + f"\n\n{self.note}").encode()

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Return the request; nothing is verified. :raises NoteMalformed: it is none"""
        try:
            text = body.decode("utf-8") if len(body) <= MAX_BYTES else ""
        except UnicodeDecodeError as error:
            raise notes.NoteMalformed("a request is UTF-8") from error
        above, gap, note = text.partition("\n\n")
        lines = above.split("\n")
        old = _OLD.fullmatch(lines[0])
        if old is None or not gap or len(lines) - 1 > MAX_HASHES:
            raise notes.NoteMalformed("a request states an old size, a proof and a checkpoint")
        proof = tuple(notes.decoded(line) for line in lines[1:])
        if any(len(hash_) != merkle.HASH_BYTES for hash_ in proof):
            raise notes.NoteMalformed("a proof consists of hashes of 32 bytes")
        return cls(int(old[1]), proof, note)
