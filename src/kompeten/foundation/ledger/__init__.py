"""What happened, and how does a record move? Every room goes through these names only."""

from kompeten.foundation.ledger.errors import StaleRecord, StepRefused
from kompeten.foundation.ledger.followers import after, drain, drain_all, followers, rung
from kompeten.foundation.ledger.reading import (
    feed,
    happened,
    history,
    last_event_at,
    last_moved,
    replay,
    taken_at,
    together,
    turn,
)
from kompeten.foundation.ledger.record import claim, enter, enter_many, take, take_many

__all__ = [
    "StaleRecord",
    "StepRefused",
    "after",
    "claim",
    "drain",
    "drain_all",
    "enter",
    "enter_many",
    "feed",
    "followers",
    "happened",
    "history",
    "last_event_at",
    "last_moved",
    "replay",
    "rung",
    "take",
    "take_many",
    "taken_at",
    "together",
    "turn",
]
