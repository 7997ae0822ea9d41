"""How does an exam site come into a story? A laptop of its own: other keys, another disk, no table."""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings

from kompeten.config.options import Options
from kompeten.exams.actions import receiving
from kompeten.exams.adapters import journal
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.rules import rows as lying
from kompeten.exams.rules.rows import segment
from kompeten.exams.terms.vault import Link, LinkKind, Row, Via
from kompeten.node import actions, queries
from kompeten.node.adapters.site import site
from kompeten.node.models import Node, Parcel
from kompeten.node.terms import Card, Load, Note
from tests.make import applications, exams
from tests.make.exams import KARTIKA, OPENS
from tests.make.times import MONDAY

RNG = random.Random(31)


@contextmanager
def at_site(folder: Path, *, key: str = "the laptop's own") -> Iterator[None]:
    """Be at the site whose disk is `folder`; its vault is another than that of headquarters."""
    folder.mkdir(exist_ok=True)
    journal.close()
    house = Options(settings.OPTIONS.values | {"site_pages": True})
    with override_settings(DATA_DIR=folder, VAULT_KEY=key, OPTIONS=house):
        try:
            yield
        finally:
            journal.close()


def card(folder: Path, *, name: str = "TUK Ende", **more: Any) -> Card:
    """Return the card of the laptop whose disk is `folder`."""
    with at_site(folder, **more):
        return actions.make(name, rng=RNG)[0]


def seated(count: int = 3) -> tuple[Sitting, list[Entry]]:
    """Return a planned sitting with `count` people in it."""
    held = exams.sitting()
    return held, exams.seated(held, [applications.accepted(n)[0] for n in range(1, count + 1)])


def packed(folder: Path, sitting: Sitting, *, at: datetime = MONDAY) -> tuple[Node, Parcel, bytes]:
    """Return the node on record, the parcel and the file for the laptop whose disk is `folder`."""
    node = actions.register(card(folder), by=KARTIKA, at=at)
    parcel, content = actions.pack(sitting, node, by=KARTIKA, at=at, rng=RNG)
    return node, parcel, content


def given(folder: Path, count: int = 3) -> tuple[Sitting, list[Entry], Load]:
    """Return a sitting that the laptop has taken in."""
    sitting, entries = seated(count)
    _, _, content = packed(folder, sitting)
    with at_site(folder):
        return sitting, entries, actions.take_in(content)


def worked(
    load: Load, *, minutes: int = 5, at: datetime = OPENS, seed: int = 1, hands_in: bool = False
) -> list[Row]:
    """Let everybody in the sitting answer one item a minute at the site; return the rows kept there."""
    rng = random.Random(seed)
    rows = []
    for seat in load.seats:
        chain, attempt = f"{rng.getrandbits(64):016x}", seat.held.attempt
        began = round(at.timestamp() * 1000) + rng.randrange(60_000)
        rows.append(lying.opening_row(attempt, chain, received=began, via=Via.NODE))
        links = [
            Link(LinkKind.ANSWER, n, rng.choice("abcd"), n * 60_000, began + n * 60_000)
            for n in range(1, minutes + 1)
        ]
        if hands_in:
            mono = (minutes + 1) * 60_000
            links.append(Link(LinkKind.HANDED_IN, 0, "", mono, began + mono))
        before = ""
        for first in range(1, len(links) + 1, 2):
            some = links[first - 1 : first + 1]
            part = segment(
                attempt, chain, some, first=first, before=before, sent=some[-1].mono + 500
            )
            rows.append(lying.segment_row(part, received=began + some[-1].mono + 500, via=Via.NODE))
            before = part.head
    receiving.journal().append(rows)
    return rows


def message(load: Load, place: int = 0, *, at: datetime, **more: Any) -> bytes:
    """Return what the device in a seat sends to open its paper, or with more, its links."""
    seat = load.seats[place]
    said = queries.ticket(load, seat, at=at)
    return json.dumps({"v": 1, "ticket": said["ticket"], "chain": "c" * 16} | more).encode()


def minutes_after(minutes: float) -> datetime:
    """Return an instant so long after the sitting opens."""
    return OPENS + timedelta(minutes=minutes)


def vault_of(entries: Sequence[Entry]) -> set[Row]:
    """Return the rows that the vault at hand holds of these entries."""
    return {kept.row for e in entries for kept in receiving.journal().of(e.ref)}


def site_notes() -> list[Note]:
    """Return what the site at hand has noted."""
    return site().notes()
