"""What do verifiers do? They take applications, judge documents, and answer."""

from kompeten.verification.actions.alike import answer_alike
from kompeten.verification.actions.answering import (
    find_eligible,
    find_eligible_many,
    reject,
    return_for_correction,
    return_many,
)
from kompeten.verification.actions.claiming import claim, claim_many, claim_next, release
from kompeten.verification.actions.judging import note
from kompeten.verification.actions.settling import lapse, settle
from kompeten.verification.actions.wording import begin_list, retire, word

__all__ = [
    "answer_alike",
    "begin_list",
    "claim",
    "claim_many",
    "claim_next",
    "find_eligible",
    "find_eligible_many",
    "lapse",
    "note",
    "reject",
    "release",
    "retire",
    "return_for_correction",
    "return_many",
    "settle",
    "word",
]
