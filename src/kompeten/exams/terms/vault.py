"""What devices record and how it travels: links, chains, segments, openings and receipts.

The protocol stands in docs/rooms/exam-protocol.md; these are its shapes.
"""

from dataclasses import dataclass
from enum import StrEnum

MOST_LINKS = 500  # in one segment
LONGEST_CHAIN = 4_000
MOST_BYTES = 64 * 1024  # of one message


class LinkKind(StrEnum):
    """What one link records. Only `ANSWER` says anything about the paper; the rest is evidence."""

    OPENED = "o"
    ANSWER = "a"
    HIDDEN = "f"
    SHOWN = "r"
    CLOCK = "c"
    STILL = "s"
    TROUBLE = "t"
    HANDED_IN = "h"


class Via(StrEnum):
    """By which way a segment came in."""

    LINE = "line"
    NODE = "node"
    FILE = "file"
    QR = "qr"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Link:
    """One record of a chain.

    `item` is its place in the form, 0 where there is none. `mono` is milliseconds since the page was
    loaded and never goes back; `wall` is milliseconds since 1970 by a clock that may be wrong.
    """

    kind: LinkKind
    item: int
    choice: str
    mono: int
    wall: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive links of a chain: `first` is the number of the first one, from 1.

    `before` is the hash of the link before it, `head` that of its last link, both as 64 hexadecimal
    characters; `sent` is the device's `mono` when it was sent, None where it came by hand. `parent`
    is "" or `<chain>:<number>:<hash>`.
    """

    attempt: str
    chain: str
    parent: str
    first: int
    before: str
    head: str
    links: tuple[Link, ...]
    sent: int | None = None

    @property
    def last(self) -> int:
        """The number of the last link."""
        return self.first + len(self.links) - 1


@dataclass(frozen=True, slots=True)
class Ticket:
    """What lets a device write to one attempt; instants are milliseconds since 1970."""

    attempt: str
    sitting: str
    opens: int
    closes: int


class Unreadable(Exception):
    """A message is not what a client of this house sends; `code` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RowKind(StrEnum):
    """What one row of the vault is."""

    OPENING = "opening"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Row:
    """What the vault keeps of one message. Kept once by (attempt, chain, first, last, head).

    `body` is the message as JSON without its ticket; an opening has first = last = 0 and no head.
    `received` is milliseconds since 1970 by this house's clock.
    """

    kind: RowKind
    attempt: str
    chain: str
    first: int
    last: int
    head: str
    body: bytes
    received: int
    via: Via


@dataclass(frozen=True, slots=True)
class Stored:
    """A row with its number in the vault; numbers grow in the order rows became durable."""

    id: int
    row: Row
