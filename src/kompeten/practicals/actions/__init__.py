"""What may be done with slots and ratings? One verb, one function."""

from kompeten.practicals.actions.booking import book, fill, release
from kompeten.practicals.actions.ending import cancel, interrupt, miss
from kompeten.practicals.actions.rating import hand_in, keep
from kompeten.practicals.actions.settling import rate_many, settle_many

__all__ = [
    "book",
    "cancel",
    "fill",
    "hand_in",
    "interrupt",
    "keep",
    "miss",
    "rate_many",
    "release",
    "settle_many",
]
