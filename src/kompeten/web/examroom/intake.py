"""What does the intake answer? Links come in, papers are opened; the same on every way to this code.

A request is judged in steps, so that a thread and an event loop can both serve it: `judge` answers at
once, or says what must be on disk first (`Pending`) and how to answer when it is. No step waits, asks
the clock or looks into a table. Sections 2, 3 and 6 of docs/rooms/exam-protocol.md.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from random import Random
from secrets import SystemRandom
from threading import Lock
from typing import NamedTuple

from kompeten.exams.actions import receiving
from kompeten.exams.queries import vault
from kompeten.exams.terms.vault import MOST_BYTES, Row, Stored, Ticket, Unreadable, Via

PREFIX = "/ujian/brankas/"
MOST_WAITING = 20_000  # messages; at 7,000 a second the last one waits for 3 s
BUSY_WAITING = 2_000  # messages that wait, or
BUSY_RATE = 2_000  # that come in a second: then routine ones are asked to come each half minute
QUIET = 0.25  # share of it up to which everybody may speak after each tap
SOON_MS, ROUTINE_MS, LONGEST_MS = 1_000, 30_000, 180_000
AGAIN_SECONDS = (3, 30)
MINUTE_MS = 60_000
# What one attempt may send to one process: so much at once, then so much a second. An honest device sends
# some 20 bytes a second, and a whole chain anew is 0.2 MB; the disk is for the others too.
BUDGET_BYTES = 2_000_000
BYTES_A_SECOND = 4_000
OPENING_BYTES = 8_000  # that an opening counts for: everything held of the attempt is read for it
MOST_BUDGETS = 20_000


class Reply(NamedTuple):
    """An answer: JSON, and where it is "later" after how many seconds."""

    status: int
    body: bytes
    retry_after: int = 0


@dataclass(frozen=True, slots=True)
class Allowances:
    """What the rooms decided about running sittings: extra minutes by attempt, and what is closed.

    `windows` holds the windows, in milliseconds, of sittings that were opened by hand at another hour
    than their tickets say: an exam site's clock may be wrong. `since` is when seats were given back:
    what was opened or handed in before is void.
    """

    extra: Mapping[str, int] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    windows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)


class Budgets:
    """How much each attempt has sent of late; in memory, of those last heard of.

    One number each: the instant at which its budget will be whole again, in milliseconds.
    """

    def __init__(self) -> None:
        self._whole_at: OrderedDict[str, float] = OrderedDict()
        self._taking = Lock()

    def take(self, attempt: str, size: int, *, now: int) -> int:
        """Take `size` bytes out of the budget; return 0, or the seconds until there is enough for it."""
        table, empty = self._whole_at, now + _EMPTY_MS
        with self._taking:
            before = table.pop(attempt, 0.0)
            # Not touched for long, or the clock of this machine was set back: a whole budget.
            if not now < before <= empty:
                before = now
            after = before + size * _MS_A_BYTE
            table[attempt] = after if after <= empty else before
            if len(table) > MOST_BUDGETS:
                table.popitem(last=False)
        return 0 if after <= empty else max(1, ceil((after - empty) / 1_000))


_MS_A_BYTE = 1_000 / BYTES_A_SECOND
_EMPTY_MS = BUDGET_BYTES * _MS_A_BYTE


class Pace:
    """How many messages have come of late. Threads may miscount one another by a few: it is a pace."""

    __slots__ = ("_count", "_last", "_second")

    def __init__(self) -> None:
        self._second = self._count = self._last = 0

    def note(self, now: int) -> None:
        """Count one message that came at `now` (milliseconds)."""
        second = now // 1_000
        if second != self._second:
            self._last = self._count if second == self._second + 1 else 0
            self._second, self._count = second, 0
        self._count += 1

    def rate(self) -> int:
        """Return how many came within the second before this one, or in this one if those are more."""
        return max(self._last, self._count)


@dataclass(slots=True)
class Desk:
    """What the requests of one process share; `backlog` says how many messages wait for the disk.

    `pace` is how many come. `via` is how what is kept here came in: by line, or at an exam site by its node.
    """

    backlog: Callable[[], int] = lambda: 0
    allowances: Allowances = field(default_factory=Allowances)
    rng: Random = field(default_factory=lambda: Random(SystemRandom().getrandbits(64)))  # noqa: S311
    via: Via = Via.LINE
    pace: Pace = field(default_factory=Pace)
    budgets: Budgets = field(default_factory=Budgets)


class Settled(NamedTuple):
    """A step is done: its row is on disk since `kept`, and this is everything held of the attempt."""

    kept: int
    held: list[Stored]


@dataclass(frozen=True, slots=True)
class Pending:
    """What must be kept (`row`) or asked (`ask`, an attempt) before `then` says how it goes on."""

    row: Row | None
    ask: str
    then: Callable[[Settled], "Reply | Pending"]


Outcome = Reply | Pending


def judge(method: str, path: str, body: bytes, *, now: int, desk: Desk) -> Outcome:
    """Return the answer to a request at `now` (milliseconds since 1970), or what it waits for."""
    asked = path.removeprefix(PREFIX)
    if asked == "kunci":
        return _keys() if method in ("GET", "HEAD") else refused(405, "method")
    if asked not in ("simpan", "buka"):
        return refused(404, "unknown")
    if method != "POST":
        return refused(405, "method")
    if len(body) > MOST_BYTES:
        return refused(413, "message.size")
    if desk.backlog() > MOST_WAITING:
        return later(desk)
    try:
        return _keep(body, now, desk) if asked == "simpan" else _open(body, now, desk)
    except Unreadable as problem:
        return refused(403 if problem.code.startswith("ticket.") else 400, problem.code)


def later(desk: Desk) -> Reply:
    """Ask the sender to come again, each after a time of its own so that they do not come together."""
    return Reply(503, b'{"error":"later"}', desk.rng.randint(*AGAIN_SECONDS))


def too_much(seconds: int) -> Reply:
    """Tell an attempt that sent far too much when there is room for its message again."""
    return Reply(429, b'{"error":"attempt.budget"}', seconds)


def refused(status: int, code: str) -> Reply:
    """Say no with a code; the client keeps what it has."""
    return Reply(status, json.dumps({"error": code}).encode("ascii"))


def routine_ms(load: float, rng: Random) -> int:
    """Return after how long the next routine message is welcome at a `load` of which 1 is busy.

    While it is quiet an answer reaches the server a second after the tap; busy, each half minute; more
    than busy, in proportion later. A third of it is left to chance, so that a hall that began together
    does not go on together.

    >>> [round(routine_ms(load, Random(1)), -3) for load in (0.1, 1.0, 2.0)]
    [1000, 23000, 45000]
    """
    if load <= QUIET:
        usual = float(SOON_MS)
    elif load < 1:
        usual = SOON_MS + (ROUTINE_MS - SOON_MS) * (load - QUIET) / (1 - QUIET)
    else:
        usual = ROUTINE_MS * load
    return min(LONGEST_MS, int(usual * rng.uniform(2 / 3, 4 / 3)))


def _keep(body: bytes, now: int, desk: Desk) -> Outcome:
    ticket, row = receiving.segment(body, received=now, via=desk.via)
    if seconds := desk.budgets.take(ticket.attempt, len(body), now=now):
        return too_much(seconds)
    desk.pace.note(now)

    def answer(settled: Settled) -> Reply:
        receipt = receiving.receipt(row, kept=settled.kept)
        after = routine_ms(_load(desk), desk.rng)
        said = desk.allowances
        extra = said.extra.get(ticket.attempt, 0)
        say = "closed" if ticket.sitting in said.closed else ""
        # Written by hand: nothing in it can need escaping, and this is the hottest line of the house.
        text = f'{{"receipt":"{receipt}","now":{now},"next":{after},"extra":{extra},"say":"{say}"}}'
        return Reply(200, text.encode("ascii"))

    return Pending(row, "", answer)


def _load(desk: Desk) -> float:
    return max(desk.backlog() / BUSY_WAITING, desk.pace.rate() / BUSY_RATE)


def _open(body: bytes, now: int, desk: Desk) -> Outcome:
    ticket, row = receiving.opening(body, received=now, via=desk.via)
    if seconds := desk.budgets.take(ticket.attempt, OPENING_BYTES, now=now):
        return too_much(seconds)
    opens, closes = desk.allowances.windows.get(ticket.sitting, (ticket.opens, ticket.closes))
    if now < opens:
        wait = json.dumps({"wait": opens - now}).encode("ascii")
        return Reply(425, wait)
    extra = desk.allowances.extra.get(ticket.attempt, 0)
    since = desk.allowances.since.get(ticket.attempt, 0)

    def opened(settled: Settled) -> Reply:
        return _paper(ticket, settled.held, now=now, extra=extra, since=since)

    note = Pending(row, ticket.attempt, opened)
    if now < closes + extra * MINUTE_MS:
        return note

    def if_opened_before(settled: Settled) -> Outcome:
        held = vault.held(settled.held, since=since)
        return refused(410, "exam.window_is_over") if held.opened is None else note

    return Pending(None, ticket.attempt, if_opened_before)


def _paper(ticket: Ticket, kept: list[Stored], *, now: int, extra: int, since: int) -> Reply:
    held = vault.held(kept, since=since)
    told = {
        "key": vault.content_key(ticket).hex(),
        "now": now,
        "opened": held.opened,
        "extra": extra,
        "since": since,
        "handed": held.handed_in,
        "heads": held.heads,
        "answers": {str(item): choice for item, choice in held.answers.items()},
    }
    if held.texts:
        told["texts"] = {str(item): text for item, text in held.texts.items()}
    return Reply(200, json.dumps(told).encode("ascii"))


def _keys() -> Reply:
    return Reply(200, json.dumps({"keys": vault.public_keys()}).encode("ascii"))
