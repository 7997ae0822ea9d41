"""What do verifiers do? They take applications, judge documents, and answer."""

from kompeten.verification.actions.answering import (
    find_eligible,
    find_eligible_many,
    reject,
    return_for_correction,
)
from kompeten.verification.actions.claiming import claim, claim_many, claim_next, release
from kompeten.verification.actions.judging import note

__all__ = [
    "claim",
    "claim_many",
    "claim_next",
    "find_eligible",
    "find_eligible_many",
    "note",
    "reject",
    "release",
    "return_for_correction",
]
