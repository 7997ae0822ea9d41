"""How does a laptop become a node, and what may be done at a site by hand? Noted, each of it."""

import random
from datetime import datetime
from pathlib import Path

from kompeten.kernel import refs
from kompeten.node.adapters import sealing
from kompeten.node.adapters.site import site
from kompeten.node.queries.site import window
from kompeten.node.terms import Card, Load, Note, NoteKind, ParcelRefused

PIN_LENGTH = 6


def make(name: str, *, rng: random.Random) -> tuple[Card, Path]:
    """Make this laptop a node, or return the card it has; its keys come from its vault key.

    :raises ParcelRefused: `node.name`
    """
    here = site()
    if (card := here.card()) is not None:
        return card, here.folder / "card.json"
    if not 0 < len(name.strip()) <= 80:
        raise ParcelRefused("node.name")
    card = sealing.own_card(ref=refs.new(rng), name=name.strip())
    return card, here.keep_card("card", card)


def take_in(content: bytes) -> Load:
    """Take a parcel in and keep it: from now on no file is needed.

    :raises ParcelRefused: it is not for this node, was changed or cut off, or is of others
    """
    return site().take(content)


def new_pin(*, rng: random.Random) -> str:
    """Return six digits that open the board from now on."""
    pin = "".join(rng.choices("0123456789", k=PIN_LENGTH))
    site().keep_pin(pin)
    return pin


def open_by_hand(load: Load, *, reason: str, at: datetime) -> Note:
    """Open a sitting now, whatever its hour: the clock of this laptop may be wrong.

    It then lasts as long as it was planned to. Nothing is corrected: the note travels back, and
    headquarters sees both clocks.

    :raises ParcelRefused: `open.no_reason`, `open.already`
    """
    now = round(at.timestamp() * 1000)
    opens, closes = window(load)
    if not reason.strip():
        raise ParcelRefused("open.no_reason")
    if opens <= now < closes:
        raise ParcelRefused("open.already")
    lasts = load.sitting.closes - load.sitting.opens
    return site().note(
        NoteKind.OPENED,
        at=now,
        sitting=load.sitting.ref,
        reason=reason.strip()[:200],
        opens=now,
        closes=now + lasts,
    )


def note(kind: NoteKind, *, at: datetime, **said: object) -> Note:
    """Note something that belongs with the answers."""
    return site().note(kind, at=round(at.timestamp() * 1000), **said)
