"""What is held of a person, why, for how long, and what becomes of it then?

Each room says it of its own records, in its `tasks`, and hands in what only it can do: tell what it
holds of one person, find what is due, let go of it. Pages, the export, the docs and the job that
clears read this one table.

Source: UU 27/2022 on personal data, art. 16(2)(g) (end of keeping), 21(1)(d) (it is told), 42 to 44
(ending, removing, destroying).
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kompeten.foundation.models import Cursor

log = logging.getLogger("kompeten.keeping")
FOLLOWER, HOUR_SECONDS = "people.clear", 3600
Word = Any  # a text, translated late
Record = dict[str, Any]  # one record as JSON holds it: no keys of tables, no words of the page


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A stored file of a person: the name under which they get it back, and its digest in the store."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One kind of record with personal data.

    `law` names the ground on which it is held. `until` says in words when its time is over, with named
    places for `figures()`; `then` what is done to it. `records` and `files` give what is held of one
    person. `stays` returns the code of the reason why this person's cannot be erased now, or an empty
    text; without `erase` it always stays. `due` counts what is over at an instant, `clear` lets go of
    up to 200 of it and returns how many; it is idempotent.
    """

    name: str
    order: int
    label: Word
    purpose: Word
    law: Word
    until: Word
    then: Word
    figures: Callable[[], Mapping[str, int]] = dict
    records: Callable[[int], list[Record]]
    files: Callable[[int], Iterable[HeldFile]] = lambda person_id: ()
    stays: Callable[[int], str]
    erase: Callable[..., int] | None = None
    due: Callable[..., int] | None = None
    clear: Callable[..., int] | None = None

    def time(self) -> str:
        """Return in words when the time of such a record is over."""
        return str(self.until) % self.figures()


_KINDS: dict[str, RecordKind] = {}


def keep(kind: RecordKind) -> None:
    """Take in what a room says of one kind; saying it again changes nothing."""
    _KINDS[kind.name] = kind


def kinds() -> list[RecordKind]:
    """Return every kind, in the order of the lifecycle."""
    return sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.name))


def kind(name: str) -> RecordKind | None:
    """Return the kind called `name`, or None: one that an older release knew."""
    return _KINDS.get(name)


def due(*, at: datetime) -> dict[str, int]:
    """Return how many records of each kind are over at `at`; nothing is changed. One query each."""
    return {kind.name: kind.due(at=at) for kind in kinds() if kind.due is not None}


def clear_batches(*, at: datetime) -> dict[str, int]:
    """Let go of one batch of each kind whose time is over; return how many, by kind."""
    return {kind.name: _cleared(kind, at=at) for kind in kinds() if kind.clear is not None}


def _cleared(kind: RecordKind, *, at: datetime) -> int:
    # An isolation point: a record that cannot go keeps no other kind beyond its time.
    try:
        return kind.clear(at=at) if kind.clear is not None else 0
    except Exception:
        log.exception("records of kind %s could not be let go of", kind.name)
        return 0


def clear(*, at: datetime) -> int:
    """Let go of one batch of each kind, and return how many; once an hour is clear, it rests until the next.

    What is over a day or an hour more does no harm; asking every room each minute would. One query
    while it rests.
    """
    hour = int(at.timestamp() // HOUR_SECONDS)
    rested = Cursor.objects.filter(pk=FOLLOWER).values_list("position", flat=True).first()
    if rested is not None and rested >= hour:
        return 0
    cleared = sum(clear_batches(at=at).values())
    if not cleared:
        Cursor.objects.update_or_create(follower=FOLLOWER, defaults={"position": hour})
    return cleared
