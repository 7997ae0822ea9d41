"""What waits for a review, who has it, and what came of it?"""

from kompeten.verification.queries.inbox import (
    barred,
    handed_in_at,
    inbox,
    inbox_rows,
    rounds,
)
from kompeten.verification.queries.reviews import (
    awaiting_correction,
    counts_by_state,
    desk,
    findings,
    in_states,
    newest,
    open_of,
    own,
    record,
    rows,
    seen,
    visible,
    without_application,
)
from kompeten.verification.queries.selfcheck import RouteOffer, facts, self_check
from kompeten.verification.queries.sheet import (
    answer,
    answers,
    asked,
    eligibility,
    routes,
    sheet,
)

__all__ = [
    "RouteOffer",
    "answer",
    "answers",
    "asked",
    "awaiting_correction",
    "barred",
    "counts_by_state",
    "desk",
    "eligibility",
    "facts",
    "findings",
    "handed_in_at",
    "in_states",
    "inbox",
    "inbox_rows",
    "newest",
    "open_of",
    "own",
    "record",
    "rounds",
    "routes",
    "rows",
    "seen",
    "self_check",
    "sheet",
    "visible",
    "without_application",
]
