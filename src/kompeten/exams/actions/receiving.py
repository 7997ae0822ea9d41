"""How does what a device sends become a row of the vault, and when may it be signed for?

Nothing is judged here but whether a message can be read and whose it is: time and items are judged
on reading, so that nothing is ever dropped. None of this looks into the house's tables.
"""

import json
from typing import Any

from kompeten.exams.adapters import keys, receipts
from kompeten.exams.adapters.commit import GroupCommit, Waiting, settle
from kompeten.exams.adapters.journal import close, journal
from kompeten.exams.rules import chain, rows
from kompeten.exams.terms.vault import Row, Ticket, Unreadable, Via

__all__ = ["GroupCommit", "Waiting", "close", "journal", "opening", "receipt", "segment", "settle"]


def segment(content: bytes, *, received: int, via: Via = Via.LINE) -> tuple[Ticket, Row]:
    """Return whose the links in a message are, and the row that keeps them; `received` in milliseconds.

    :raises Unreadable: `ticket.…` where it is not ours, `message.…` where it cannot be read
    """
    message = _message(content)
    ticket = keys.read_ticket(message["ticket"])
    found = chain.read(message, attempt=ticket.attempt)
    return ticket, rows.segment_row(found, received=received, via=via)


def opening(content: bytes, *, received: int, via: Via = Via.LINE) -> tuple[Ticket, Row]:
    """Return whose paper is being opened, and the row that says so.

    :raises Unreadable: as `segment`
    """
    message = _message(content)
    ticket = keys.read_ticket(message["ticket"])
    name = message.get("chain")
    if not isinstance(name, str) or not chain.CHAIN.fullmatch(name):
        raise Unreadable("message.chain")
    return ticket, rows.opening_row(ticket.attempt, name, received=received, via=via)


def receipt(row: Row, *, kept: int) -> str:
    """Return the signed word for a segment that is on disk since `kept`; never call it before it is."""
    return receipts.sign(row.attempt, row.chain, row.first, row.last, row.head, kept, row.via)


def _message(content: bytes) -> dict[str, Any]:
    try:
        message = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("message.shape") from error
    if not isinstance(message, dict) or message.get("v") != 1:
        raise Unreadable("message.shape")
    if not isinstance(message.get("ticket"), str):
        raise Unreadable("ticket.shape")
    return message
