"""What do all the records of one attempt say together? The shapes that joining and evidence answer with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kompeten.exams.terms.vault import Via


class Flag(StrEnum):
    """What is worth knowing about how a record was made: facts for a person, never a verdict."""

    NO_ANCHOR = "no_anchor"  # no contact: its instants are by the device's own clock
    NODE_CLOCK = "node_clock"  # its instants are by the clock of the laptop in the room
    CLOCK = "clock_jumped"
    SUSPENDED = "suspended"
    STORE = "store_trouble"
    STATED = "stated_only"  # only the last state came, by code
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Timing:
    """The time one attempt is given, in milliseconds since 1970 and in minutes.

    What was handed in before `since` does not count as handed in: the seat was given back after it.
    """

    opens: int
    closes: int
    minutes: int
    extra: int = 0
    since: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two branches answered one item differently: `counts` stands, `other` was the last word elsewhere.

    Of an essay both are whole texts.
    """

    item: int
    counts: str | None
    other: str | None
    counts_chain: str
    other_chain: str


@dataclass(frozen=True, slots=True)
class Late:
    """An answer that is kept and does not count by itself; `instant` as the evidence has it.

    `after_hand_in`: made in time, but after the hand-in. Of an essay `choice` is the text as it then stood.
    """

    item: int
    choice: str | None
    chain: str
    number: int
    instant: int
    after_hand_in: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Links `first` to `last` of a chain have not come in (yet)."""

    chain: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Flagged:
    """A fact about a chain; `amount` is milliseconds of a jump or a standstill, or a count."""

    flag: Flag
    chain: str
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """What stands of one attempt when everything that came in is read together.

    `answers` by item number; None is a blank that was chosen. `heads` are the last known links that
    nothing continues, as (chain, number, hash), the last to become durable first. Instants are
    milliseconds since 1970: `opened` the first opening, `ends` the end of the time (both None without
    a `Timing`), `handed_in` the first hand-in that counts, `last_contact` when something last came in.
    `texts` are those of essays by item number. `owed`: a device has texts that have not come in.
    """

    answers: Mapping[int, str | None]
    texts: Mapping[int, str] = field(default_factory=dict)
    heads: tuple[tuple[str, int, str], ...] = ()
    handed_in: int | None = None
    handed_in_via: Via | None = None
    opened: int | None = None
    ends: int | None = None
    last_contact: int | None = None
    conflicts: tuple[Conflict, ...] = ()
    late: tuple[Late, ...] = ()
    gaps: tuple[Gap, ...] = ()
    flags: tuple[Flagged, ...] = ()
    links: int = 0
    owed: bool = False
    hidden: int = field(default=0)  # how often the page was left; a fact
