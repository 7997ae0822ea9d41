"""How large is the log, and what is its root? The text that a log signs and witnesses cosign.

Source: c2sp.org/tlog-checkpoint.
"""

import base64
import re
from dataclasses import dataclass
from typing import Self

from kompeten.kernel.tlog import merkle, notes

_SIZE = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log's tree: whose, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, self.size, root, *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint written in a note's text. :raises NoteMalformed: it is none"""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise notes.NoteMalformed("a checkpoint has three lines and more, none empty")
        root = notes.decoded(lines[2])
        if not _SIZE.fullmatch(lines[1]) or len(root) != merkle.HASH_BYTES:
            raise notes.NoteMalformed("a checkpoint states a size and a hash")
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:]))
