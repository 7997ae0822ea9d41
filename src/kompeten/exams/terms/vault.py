"""What devices record and how it travels: links, chains, segments, openings and receipts.

The protocol stands in docs/rooms/exam-protocol.md; these are its shapes.
"""

from dataclasses import dataclass
from enum import StrEnum

MOST_LINKS = 500  # in one segment
LONGEST_CHAIN = 4_000
MOST_BYTES = 64 * 1024  # of one message


class LinkKind(StrEnum):
    """What one link records. Only `ANSWER` and `EDIT` say anything about the paper; the rest is evidence.

    `PRESENT`: nothing was tapped for a while, and the page is open and well.
    """

    OPENED = "o"
    ANSWER = "a"
    EDIT = "e"
    HIDDEN = "f"
    SHOWN = "r"
    CLOCK = "c"
    STILL = "s"
    PRESENT = "b"
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
    """What lets a device write to one attempt; instants are milliseconds since 1970.

    `form` is the first 16 hexadecimal characters of the form's digest: it names the content key, so
    that the intake needs no database to find it.
    """

    attempt: str
    sitting: str
    form: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The house's word that links `first` to `last` of a chain, up to the hash `head`, are on disk.

    `received` is the instant they first were, in milliseconds since 1970.
    """

    attempt: str
    chain: str
    first: int
    last: int
    head: str
    received: int
    via: "Via"


class Unreadable(Exception):
    """A message is not what a client of this house sends; `code` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Received:
    """A segment as it came in; `received` is milliseconds since 1970 by this house's clock."""

    segment: Segment
    received: int
    via: Via


@dataclass(frozen=True, slots=True)
class Opening:
    """An attempt's paper was opened by line, on this chain, at this instant of this house's clock."""

    attempt: str
    chain: str
    received: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What a device states of its answers where only their last state travels: by code, QR or SMS.

    `count` is the number of links of its chain, `seconds` its clock's time of the last answer since
    1970, `head` the first 16 hexadecimal characters of the last hash. `choices` has one sign for each
    choice item of the form in its order, `-` for a blank. `partial`: there are texts on the device, which
    no code carries, so that this is no hand-in yet.
    """

    attempt: str
    count: int
    seconds: int
    head: str
    choices: str
    received: int = 0
    via: Via = Via.CODE
    partial: bool = False

    @property
    def answers(self) -> dict[int, str | None]:
        """The choice of each item by its number, None for a blank."""
        return {n: None if sign == "-" else sign for n, sign in enumerate(self.choices, 1)}


class RowKind(StrEnum):
    """What one row of the vault is."""

    OPENING = "opening"
    SEGMENT = "segment"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Row:
    """What the vault keeps of one message. Kept once by (attempt, chain, first, last, head).

    `body` is the message as JSON without its ticket; an opening has first = last = 0 and no head, what
    was stated has its short head for a chain (`rules.rows` writes and reads them).
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
