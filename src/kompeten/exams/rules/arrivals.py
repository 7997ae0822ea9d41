"""Which check-in stands, and which photos of a seat lie in the store? Read from its events alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kompeten.exams.terms import Arrival, IdentityCheck, NoPhoto

CAME, TAKEN_BACK, DISPOSED = (
    "entry.checked_in",
    "entry.check_in_withdrawn",
    "entry.photos_disposed",
)
TOLD = (CAME, TAKEN_BACK, DISPOSED)

Told = tuple[str, datetime, Mapping[str, Any]]  # type, instant and facts of an event


def standing(told: Iterable[Told]) -> Arrival | None:
    """Return the check-in that stands after these events of one seat, in their order; None if none does.

    Its photo stays named when the picture was deleted: that one was taken is a fact.
    """
    found: Arrival | None = None
    for event, at, facts in told:
        if event == CAME:
            without = facts.get("without")
            found = Arrival(
                at=at,
                way=IdentityCheck(facts["way"]),
                note=facts["reason"],
                photo=facts.get("photo", ""),
                without=NoPhoto(without) if without else None,
            )
        elif event == TAKEN_BACK:
            found = None
    return found


def held(told: Iterable[Told]) -> tuple[str, ...]:
    """Return the digests of the photos of one seat that were not deleted, shown or not, each once."""
    kept: dict[str, None] = {}
    for event, _, facts in told:
        if event == CAME and facts.get("photo"):
            kept[facts["photo"]] = None
        elif event == DISPOSED:
            for digest in facts["photos"]:
                kept.pop(digest, None)
    return tuple(kept)
