"""When was an answer really given, and was that in time? What contacts and clocks say, in milliseconds.

Section 7 of docs/rooms/exam-protocol.md. Server and device reckon alike; what only a device's own
clock says counts with a flag, and a person may look at it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kompeten.exams.rules.strands import Strand
from kompeten.exams.terms.joined import Flag, Flagged, Timing
from kompeten.exams.terms.vault import LinkKind, Opening, Stated, Via

GRACE = 5_000  # after the end, for what was tapped at the last moment
JUMP = 60_000  # of the clock, or between contacts, that is worth a flag
MINUTE = 60_000
NOTED = {
    LinkKind.CLOCK: Flag.CLOCK,
    LinkKind.STILL: Flag.SUSPENDED,
    LinkKind.TROUBLE: Flag.STORE,
}
Place = tuple[int, int]  # of a strand in its list, and of a link in it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the records say of time. `late` has the places that do not count, with their instants;
    True beside one that was in time but after the hand-in."""

    opened: int | None = None
    ends: int | None = None
    handed_in: int | None = None
    handed_in_via: Via | None = None
    late: Mapping[Place, tuple[int, bool]] = field(default_factory=dict)
    flags: tuple[Flagged, ...] = ()


def judge(
    strands: Sequence[Strand],
    timing: Timing,
    *,
    openings: Iterable[Opening] = (),
    stated: Sequence[Stated] = (),
) -> Evidence:
    """Return what counts in time. Places of `stated` follow those of the strands, as link 0."""
    clocks = [Clock(strand, strands) for strand in strands]
    opened = _opened(clocks, timing, openings, stated)
    ends = ends_at(timing, opened)
    handed_in, via = _handed_in(clocks, timing, stated)
    late = dict(_late(clocks, ends, handed_in))
    for place, said in enumerate(stated, len(strands)):
        instant = stated_at(said, clocks)
        if instant >= ends + GRACE:
            late[place, 0] = (instant, False)
    flags = (*_flags(clocks), *(Flagged(Flag.STATED, s.head, s.count) for s in stated))
    return Evidence(opened, ends, handed_in, via, late, flags)


def ends_at(timing: Timing, opened: int | None) -> int:
    """Return when the time of an attempt is over, which was opened at `opened`, or not yet.

    >>> ends_at(Timing(0, 10_800_000, 90, extra=10), 7_200_000) // 60_000
    190
    """
    own = timing.closes if opened is None else opened + timing.minutes * MINUTE
    return min(own, timing.closes) + timing.extra * MINUTE


class Clock:
    """The clock of one strand: by its best contact, else by the device's own time."""

    def __init__(self, strand: Strand, among: Sequence[Strand]) -> None:
        self.strand = strand
        self.offset = strand.line if strand.line is not None else strand.node
        self._own: dict[int, int] = {} if self.offset is not None else _by_wall(strand, among)

    def at(self, number: int) -> int:
        """Return the instant of a link: never later than when it first came in."""
        if self.offset is None:
            return self._own[number]
        return min(self.offset + self.strand.links[number].mono, self.strand.first[number][0])

    def of(self, kind: LinkKind) -> Iterator[tuple[int, int]]:
        """Give number and instant of each link of a kind, in order."""
        strand = self.strand
        return ((n, self.at(n)) for n in strand.numbers() if strand.links[n].kind == kind)


def stated_at(stated: Stated, clocks: Iterable[Clock]) -> int:
    """Return the instant of the last answer of what was stated, by its device's clock."""
    wall = stated.seconds * 1_000
    return min(wall - _skew(wall, [c.strand for c in clocks]), stated.received)


def _by_wall(strand: Strand, among: Sequence[Strand]) -> dict[int, int]:
    """Return the instant of each link by the device's clock, set right by the nearest contact.

    Setting a clock back gains nothing: between two links passes at least what the device counted.
    """
    numbers = strand.numbers()
    skew = _skew(strand.links[numbers[0]].wall, among)
    found: dict[int, int] = {}
    counted, floor = strand.links[numbers[0]].mono, None
    for number in numbers:
        link = strand.links[number]
        own = link.wall - skew
        if floor is not None:
            own = max(own, floor + link.mono - counted)
        counted, floor = link.mono, own
        found[number] = min(own, strand.first[number][0])
    return found


def _skew(wall: int, among: Iterable[Strand]) -> int:
    """Return by how much the device's clock is ahead, as the anchored link nearest to `wall` has it."""
    found = [
        (abs(link.wall - wall), strand.chain, link.wall - offset - link.mono)
        for strand in among
        if (offset := strand.line if strand.line is not None else strand.node) is not None
        for link in (strand.links[min(strand.links)], strand.links[max(strand.links)])
    ]
    return min(found)[2] if found else 0


def sure_openings(clocks: Iterable[Clock], openings: Iterable[Opening]) -> list[int]:
    """Return the instants of openings that do not rest on a device's own clock."""
    anchored = (c for c in clocks if c.offset is not None)
    return [o.received for o in openings] + [
        at for clock in anchored for _, at in clock.of(LinkKind.OPENED)
    ]


def _opened(
    clocks: Sequence[Clock],
    timing: Timing,
    openings: Iterable[Opening],
    stated: Iterable[Stated],
) -> int | None:
    """Return the first opening, by line or by a link with an anchor; a bare clock only if need be.

    Where none was noted from the first link on, or only a code came, what came first proves that it
    was opened by then. Where the beginning is missing, it is waited for.
    """
    sure = [at for at in sure_openings(clocks, openings) if at >= timing.since]
    bare = [
        at
        for clock in clocks
        if clock.offset is None
        for _, at in clock.of(LinkKind.OPENED)
        if at >= timing.since
    ]
    found = sure or bare or [c.at(1) for c in clocks if 1 in c.strand.links]
    found = found or [stated_at(said, clocks) for said in stated]
    first = min((at for at in found if at >= timing.since), default=None)
    return None if first is None else max(first, timing.opens)


def _handed_in(
    clocks: Iterable[Clock], timing: Timing, stated: Iterable[Stated]
) -> tuple[int | None, Via | None]:
    clocks = list(clocks)
    found = [
        (at, clock.strand.first[number][1])
        for clock in clocks
        for number, at in clock.of(LinkKind.HANDED_IN)
        if clock.strand.first[number][0] >= timing.since
    ]
    whole = [s for s in stated if s.received >= timing.since and not s.partial]
    found += [(stated_at(s, clocks), s.via) for s in whole]
    return min(found, default=(None, None))


def _late(
    clocks: Sequence[Clock], ends: int, handed_in: int | None
) -> Iterator[tuple[Place, tuple[int, bool]]]:
    for place, clock in enumerate(clocks):
        strand = clock.strand
        soon = max(at for at, _ in strand.first.values()) < ends + GRACE
        if soon and handed_in is None:
            continue
        closing = _closing(clock, clocks, handed_in)
        if soon and closing == strand.last and len(clocks) == 1:
            continue
        for number, _ in strand.said():
            at = clock.at(number)
            if at >= ends + GRACE:
                yield (place, number), (at, False)
            elif handed_in is not None and (
                at > handed_in + GRACE or (closing is not None and number > closing)
            ):
                yield (place, number), (at, True)


def _closing(clock: Clock, clocks: Sequence[Clock], handed_in: int | None) -> int | None:
    """Return after which number the links of a strand follow the hand-in; 0: all of them do."""
    if handed_in is None:
        return None
    for other in clocks:
        number = next((n for n, at in other.of(LinkKind.HANDED_IN) if at == handed_in), None)
        if number is not None and other is clock:
            return number
        if number is not None and clock.strand.knows(other.strand) >= number:
            return 0
    return None


def _flags(clocks: Iterable[Clock]) -> Iterator[Flagged]:
    for clock in clocks:
        strand = clock.strand
        if strand.line is None:
            flag = Flag.NO_ANCHOR if strand.node is None else Flag.NODE_CLOCK
            yield Flagged(flag, strand.chain)
        amounts: dict[Flag, int] = {}
        for link in strand.links.values():
            if (noted := NOTED.get(link.kind)) is not None:
                amounts[noted] = amounts.get(noted, 0) + _amount(link.choice)
        if strand.widest is not None and strand.line is not None:
            apart = strand.widest - strand.line
            if apart >= JUMP and Flag.SUSPENDED not in amounts:
                amounts[Flag.SUSPENDED] = apart
        yield from (Flagged(flag, strand.chain, amounts[flag]) for flag in sorted(amounts))


def _amount(detail: str) -> int:
    """Return the milliseconds a link tells of, without a sign, or 1 where it tells of none."""
    bare = detail.lstrip("-")
    return int(bare) if bare.isdecimal() else 1
