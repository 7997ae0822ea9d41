"""What does the vault hold of an attempt, and which keys go with it? No query of the house's tables."""

from collections.abc import Iterable, Mapping

from kompeten.exams.adapters import journal as vaults
from kompeten.exams.adapters import keys, receipts
from kompeten.exams.adapters.journal import journal
from kompeten.exams.rules import joining, rows
from kompeten.exams.rules.strands import plain
from kompeten.exams.terms.joined import Joined
from kompeten.exams.terms.vault import Receipt, RowKind, Stored, Ticket


def held(kept: Iterable[Stored], *, since: int = 0) -> Joined:
    """Return what everything kept of one attempt says together, late or not.

    Openings and hand-ins from before `since` are void: the seat was given back then.
    """
    kept = list(kept)
    if all(stored.row.kind is RowKind.OPENING for stored in kept):
        # The bell: thousands open their paper for the first time in the same seconds.
        found = (stored.row.received for stored in kept)
        opened = min((at for at in found if at >= since), default=None)
        return Joined(answers={}, opened=opened)
    received, stated, openings = rows.of_attempt(stored.row for stored in kept)
    return joining.join(received, stated, openings=openings, since=since)


def beside(attempt: str) -> list[Stored]:
    """Return everything kept of one attempt, for whoever must leave the vault's files as they are."""
    return vaults.beside(attempt)


def links(kept: Iterable[Stored]) -> dict[tuple[str, int], tuple[str, int, str, int, int]]:
    """Return every link that is kept of one attempt, by chain and number, as it was sent."""
    received, _, _ = rows.of_attempt(stored.row for stored in kept)
    return {
        (one.segment.chain, number): plain(link)
        for one in received
        for number, link in enumerate(one.segment.links, one.segment.first)
    }


def content_key(ticket: Ticket) -> bytes:
    """Return what opens the paper that a ticket is for."""
    return keys.content_key(ticket.sitting, ticket.form)


def public_keys() -> list[dict[str, str]]:
    """Return the keys that receipts are checked by, as JWK."""
    return receipts.public_keys()


def durability() -> Mapping[str, str]:
    """Return the settings on which it rests that a kept row survives the loss of power."""
    return journal().durability()


def receipt(text: str) -> Receipt:
    """Return what a receipt of this house says. :raises Unreadable: `receipt.…`"""
    return receipts.verify(text, receipts.public_keys())


def ticket(granted: Ticket) -> str:
    """Return the text of a ticket; whoever calls has seen to it that it is granted."""
    return keys.ticket(granted)
