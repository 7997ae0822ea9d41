"""How does one file prove, without a network, that something stands in the log? `.tlog-proof`.

Source: c2sp.org/tlog-proof.
"""

import base64
import re
from dataclasses import dataclass
from typing import Self

from kompeten.kernel.tlog import merkle, notes

HEAD = "c2sp.org/tlog-proof@v1"
MAX_BYTES = 200_000
MAX_HASHES = 64

_INDEX = re.compile(r"index (0|[1-9]\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogProof:
    """Where an entry stands, the hashes from its leaf to the root, and the signed checkpoint as it was.

    `extra` is whatever the maker added; nothing vouches for it.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    @property
    def text(self) -> str:
        """The file's content."""
        extra = f"extra {base64.b64encode(self.extra).decode()}\n" if self.extra else ""
        path = "".join(f"{base64.b64encode(hash_).decode()}\n" for hash_ in self.hashes)
        return f"{HEAD}\n{extra}index {self.index}\n{path}\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the proof in a file; nothing is verified. :raises NoteMalformed: it is none"""
        if len(text) > MAX_BYTES:
            raise notes.NoteMalformed("a proof is not that long")
        above, _, checkpoint = text.partition("\n\n")
        lines = above.split("\n")
        if lines.pop(0) != HEAD or not checkpoint:
            raise notes.NoteMalformed("this is no proof of a log")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = notes.decoded(lines.pop(0).removeprefix("extra "))
        index = _INDEX.fullmatch(lines.pop(0)) if lines else None
        hashes = tuple(notes.decoded(line) for line in lines)
        if index is None or len(hashes) > MAX_HASHES:
            raise notes.NoteMalformed("a proof states where its entry stands")
        if any(len(hash_) != merkle.HASH_BYTES for hash_ in hashes):
            raise notes.NoteMalformed("a proof consists of hashes of 32 bytes")
        return cls(int(index[1]), hashes, checkpoint, extra)
