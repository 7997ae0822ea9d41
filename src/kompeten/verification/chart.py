"""The lives of eligibility reviews and of the reasons they give, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.verification.rules.documents import (
    eligible_reasons,
    rejection_reasons,
    return_reasons,
)
from kompeten.verification.rules.looks import hold_reasons
from kompeten.verification.terms import (
    UNANSWERED,
    Claim,
    Comparison,
    Eligible,
    Hold,
    Noting,
    Overruling,
    ReasonState,
    Rejection,
    Release,
    Return,
    State,
    Wording,
)

VERIFIER = frozenset({Role.VERIFIER})
COORDINATOR = frozenset({Role.COORDINATOR})
# Who has the last word where two reviews differ: the head, and the director where the head verified
# one of them or is tied to the applicant.
SETTLERS = COORDINATOR | {Role.DIRECTOR}
# An answer that waited takes effect by the second verifier, by who settles, or when its time is up.
ANSWERING = VERIFIER | SETTLERS | {Role.SYSTEM}

# fmt: off
REVIEW = Chart("review", State.OPEN, (
    step("note", "review.noted", {State.OPEN}, None, roles=VERIFIER, facts=Noting),
    step("hold", "review.held", {State.OPEN}, State.HELD,
         roles=VERIFIER, facts=Hold, guard=hold_reasons),
    step("concur", "review.seconded", {State.OPEN}, State.SECONDED,
         roles=VERIFIER, facts=Comparison),
    step("differ", "review.differed", {State.OPEN}, State.DIFFERED,
         roles=VERIFIER, facts=Comparison),
    step("find_eligible", "review.found_eligible", UNANSWERED, State.ELIGIBLE,
         roles=ANSWERING, facts=Eligible, guard=eligible_reasons),
    step("return", "review.returned", UNANSWERED, State.RETURNED,
         roles=ANSWERING, facts=Return, guard=return_reasons),
    step("reject", "review.rejected", UNANSWERED, State.REJECTED,
         roles=ANSWERING, facts=Rejection, guard=rejection_reasons),
    step("overrule", "review.overruled", {State.HELD, State.DIFFERED}, State.OVERRULED,
         roles=SETTLERS, facts=Overruling),
    step("release", "review.released", UNANSWERED, State.RELEASED,
         roles={Role.VERIFIER, Role.COORDINATOR, Role.SYSTEM}, facts=Release),
), opened_by=VERIFIER, opening=Claim)

REASON = Chart("reason", ReasonState.CURRENT, (
    step("retire", "reason.retired", {ReasonState.CURRENT}, ReasonState.RETIRED,
         roles=COORDINATOR | {Role.SYSTEM}),
), opened_by=COORDINATOR | {Role.SYSTEM}, opening=Wording)
# fmt: on
