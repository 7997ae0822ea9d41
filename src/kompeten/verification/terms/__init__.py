"""What does the verification desk speak of? The words and shapes of this room.

Source: APL-01 part 3 (ada–memenuhi, ada–tidak memenuhi, tidak ada); ISO/IEC 17024, 9.1.
"""

from kompeten.verification.terms.looks import Comparison, Disagreement, Hold, Looks, Overruling
from kompeten.verification.terms.queue import InboxRow, Part, ReviewRow
from kompeten.verification.terms.reasons import (
    FAULTS,
    STATEMENT_FAULTS,
    Fault,
    Ground,
    Judgement,
    ReasonRow,
    ReasonState,
    Topic,
    Wording,
)
from kompeten.verification.terms.reviews import (
    ANSWERS,
    UNANSWERED,
    Answering,
    Claim,
    Eligible,
    Finding,
    Noting,
    Record,
    Rejection,
    Release,
    Remark,
    Return,
    State,
)
from kompeten.verification.terms.sheet import Answer, Before, Correction, Sheet, SheetRow

__all__ = [
    "ANSWERS",
    "FAULTS",
    "STATEMENT_FAULTS",
    "UNANSWERED",
    "Answer",
    "Answering",
    "Before",
    "Claim",
    "Comparison",
    "Correction",
    "Disagreement",
    "Eligible",
    "Fault",
    "Finding",
    "Ground",
    "Hold",
    "InboxRow",
    "Judgement",
    "Looks",
    "Noting",
    "Overruling",
    "Part",
    "ReasonRow",
    "ReasonState",
    "Record",
    "Rejection",
    "Release",
    "Remark",
    "Return",
    "ReviewRow",
    "Sheet",
    "SheetRow",
    "State",
    "Topic",
    "Wording",
]
