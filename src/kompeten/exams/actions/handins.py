"""How are answers taken in that come without a line? By file, frames or code; all end in a receipt.

The tag of the attempt's own key says whose they are, so nobody need be logged in; when they were made,
and what of them counts, is judged on reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kompeten.exams.actions.receiving import receipt
from kompeten.exams.adapters import keys
from kompeten.exams.adapters.journal import journal
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.queries import vault
from kompeten.exams.rules import handfile, handin, rows
from kompeten.exams.terms import TAKERS, BringingIn
from kompeten.exams.terms.byhand import TakenIn
from kompeten.exams.terms.vault import Row, Unreadable, Via
from kompeten.foundation import ledger
from kompeten.kernel.actors import SYSTEM, Actor

TRIES = 3


@dataclass(frozen=True, slots=True)
class _Brought:
    """Rows of one attempt, those of each chain together, and the head that its words stand for."""

    attempt: str
    via: Via
    chains: tuple[tuple[Row, ...], ...]
    head: str
    partial: bool = False


def receive(sent: str | bytes, *, by: Actor, via: Via | None = None, at: datetime) -> TakenIn:
    """Keep what was brought for good and return its receipts; the same again changes nothing.

    `sent` is a file, or a text: a code as it was typed, or the frames of a moving code, one a line;
    each may stand behind the `#` of an address. `via` says how it came, if more is known than that.

    :raises Unreadable: `handin.…` or `message.…`: nothing was kept
    """
    brought = _read(sent, via, received=round(at.timestamp() * 1000))
    every = [row for chain in brought.chains for row in chain]
    first = dict(zip(every, journal().append(every), strict=True))
    receipts = tuple(_signed(chain, first) for chain in brought.chains)
    if any(first[row] == row.received for row in every):
        _note(brought, by=by if by.may(TAKERS) else SYSTEM, at=at)
    held = vault.held(journal().of(brought.attempt))
    return TakenIn(
        attempt=brought.attempt,
        via=brought.via,
        receipts=receipts,
        words=() if brought.partial and held.owed else handin.words(brought.attempt, brought.head),
        answered=sum(map(bool, (*held.answers.values(), *held.texts.values()))),
        owed=held.owed,
        received=max(first.values()),
    )


def _read(sent: str | bytes, via: Via | None, *, received: int) -> _Brought:
    if isinstance(sent, bytes) and sent[:2] != handfile.GZIP:
        return _of_upload(sent, via, received=received)
    if isinstance(sent, bytes) or sent.lstrip().startswith("{"):
        content = sent if isinstance(sent, bytes) else sent.strip().encode("ascii", "replace")
        return _of_file(content, via or Via.FILE, received=received)
    parts = [part.rpartition("#")[2] for part in sent.split()]
    if any(handfile.FRAME.fullmatch(part) for part in parts):
        joined = handfile.join(parts)
        if joined.content is None:
            raise Unreadable("handin.frames_missing")
        return _of_file(joined.content, via or Via.QR, received=received)
    return _of_code("".join(parts), via or Via.CODE, received=received)


def _of_upload(content: bytes, via: Via | None, *, received: int) -> _Brought:
    """Read a file that is none of ours as what it is: no one looks for a wrong sign in a photo."""
    try:
        return _read(content.decode("utf-8"), via, received=received)
    except UnicodeDecodeError as error:
        raise Unreadable("handin.file") from error
    except Unreadable as problem:
        if problem.code == "handin.signs":
            raise Unreadable("handin.file") from problem
        raise


def _of_file(content: bytes, via: Via, *, received: int) -> _Brought:
    handed = handfile.parse(content, key_of=keys.attempt_key)
    if not handed.chains:
        raise Unreadable("handin.empty")
    chains = tuple(
        tuple(rows.segment_row(segment, received=received, via=via) for segment in chain)
        for chain in handed.chains
    )
    return _Brought(handed.attempt, via, chains, handed.chains[-1][-1].head)


def _of_code(text: str, via: Via, *, received: int) -> _Brought:
    stated = handin.unpack(handin.read(text), key_of=keys.attempt_key)
    row = rows.stated_row(rows.stated_via(stated, received=received, via=via))
    return _Brought(stated.attempt, via, ((row,),), stated.head, stated.partial)


def _signed(chain: Sequence[Row], first: dict[Row, int]) -> str:
    """Return one receipt for all rows of a chain, from its first link to its last."""
    whole = replace(chain[-1], first=chain[0].first)
    return receipt(whole, kept=max(first[row] for row in chain))


def _note(brought: _Brought, *, by: Actor, at: datetime) -> None:
    """Tell the history of the seat; what was kept stands, also where there is no such seat."""
    facts = BringingIn(via=brought.via, links=sum(chain[-1].last for chain in brought.chains))
    for _ in range(TRIES):
        entry = Entry.objects.filter(ref=brought.attempt).first()
        if entry is None:
            return
        try:
            ledger.take(ENTRY, "bring_in", entry, by=by, at=at, facts=facts)
        except ledger.StaleRecord:
            continue  # somebody moved the seat at this very moment
        return
