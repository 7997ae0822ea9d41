"""The life of an eligibility review, in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.verification.rules.documents import (
    eligible_reasons,
    rejection_reasons,
    return_reasons,
)
from kompeten.verification.terms import (
    Claim,
    Eligible,
    Noting,
    Rejection,
    Release,
    Return,
    State,
)

VERIFIER = frozenset({Role.VERIFIER})

# fmt: off
REVIEW = Chart("review", State.OPEN, (
    step("note", "review.noted", {State.OPEN}, None, roles=VERIFIER, facts=Noting),
    step("find_eligible", "review.found_eligible", {State.OPEN}, State.ELIGIBLE,
         roles=VERIFIER, facts=Eligible, guard=eligible_reasons),
    step("return", "review.returned", {State.OPEN}, State.RETURNED,
         roles=VERIFIER, facts=Return, guard=return_reasons),
    step("reject", "review.rejected", {State.OPEN}, State.REJECTED,
         roles=VERIFIER, facts=Rejection, guard=rejection_reasons),
    step("release", "review.released", {State.OPEN}, State.RELEASED,
         roles={Role.VERIFIER, Role.COORDINATOR, Role.SYSTEM}, facts=Release),
), opened_by=VERIFIER, opening=Claim)
# fmt: on
