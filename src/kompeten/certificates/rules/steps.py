"""What must hold before somebody holds, suspends, withdraws, shares or voids one? Pure; no clock."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from kompeten.certificates.terms import Range

LONGEST_SUSPENSION = timedelta(days=2 * 366)
MOST_SHARES = 20  # of one certificate, open at a time: more than anybody keeps an eye on
# As many numbered sheets as are taken into the books in one go.
MOST_SHEETS = 20_000


class GroundGiven(Protocol):
    """Facts that say on what ground somebody did something."""

    @property
    def ground(self) -> str:
        """The ground, in words."""


class Judged(Protocol):
    """Facts that say who proposed something, and who judges it."""

    @property
    def proposed_by(self) -> int:
        """The account of who proposed it."""

    @property
    def judged_by(self) -> int:
        """The account of who judges it."""


class ReasonGiven(Protocol):
    """Facts that say why a sheet cannot be used."""

    @property
    def reason(self) -> str:
        """The reason, in words."""


def unexplained(facts: GroundGiven) -> tuple[str, ...]:
    """Return why a held certificate may not go on: nobody has said what was put right."""
    return () if facts.ground.strip() else ("certificate.no_ground",)


def suspension_flaws(note: str, starts_at: datetime, ends_at: datetime) -> tuple[str, ...]:
    """Return why a suspension may not be so, as codes; it lasts two years at the longest.

    Who stays suspended longer is withdrawn; the length is the body's to set, two years are ours.
    """
    found = [] if note.strip() else ["suspension.no_note"]
    if ends_at <= starts_at:
        found.append("suspension.ends_early")
    elif ends_at - starts_at > LONGEST_SUSPENSION:
        found.append("suspension.too_long")
    return tuple(found)


def two_pairs_of_eyes(facts: Judged) -> tuple[str, ...]:
    """Return why a recall may not be approved: nobody approves their own."""
    return ("recall.same_person",) if facts.judged_by == facts.proposed_by else ()


def withdrawal_flaws(note: str) -> tuple[str, ...]:
    """Return why a withdrawal may not be so, as codes: nobody has said on what it rests."""
    return () if note.strip() else ("withdrawal.no_note",)


def share_flaws(
    label: str, at: datetime, ends_at: datetime | None, *, open_already: int
) -> tuple[str, ...]:
    """Return why a link may not be given away so, as codes."""
    found = {
        "share.no_label": not label.strip(),
        "share.ends_early": ends_at is not None and ends_at <= at,
        "share.too_many": open_already >= MOST_SHARES,
    }
    return tuple(code for code, holds in found.items() if holds)


def unreasoned(facts: ReasonGiven) -> tuple[str, ...]:
    """Return why a sheet may not be made void: nobody has said what happened to it."""
    return () if facts.reason.strip() else ("blank.no_reason",)


def range_flaws(came: Range) -> tuple[str, ...]:
    """Return why a range of sheets cannot be taken into the books, as codes; empty when it can.

    >>> range_flaws(Range("LSP-", 1, 500, 6)), range_flaws(Range("", 5, 4, 3)), range_flaws(Range("", 1, 1000, 3))
    ((), ('blank.range_order',), ('blank.range_digits',))
    """
    if came.last < came.first:
        return ("blank.range_order",)
    if came.count > MOST_SHEETS:
        return (f"blank.range_long:{MOST_SHEETS}",)
    return ("blank.range_digits",) if len(str(came.last)) > came.digits else ()


def gaps(came: Sequence[Range]) -> tuple[Range, ...]:
    """Return the numbers that lie between ranges and never came, by prefix and number of digits.

    >>> gaps([Range("A", 11, 20, 3), Range("A", 1, 5, 3), Range("B", 40, 50, 3)])
    (Range(prefix='A', first=6, last=10, digits=3),)
    """
    ordered = sorted(came, key=lambda r: (r.prefix, r.digits, r.first))
    return tuple(
        Range(one.prefix, one.last + 1, after.first - 1, one.digits)
        for one, after in itertools.pairwise(ordered)
        if (one.prefix, one.digits) == (after.prefix, after.digits) and after.first > one.last + 1
    )
