"""The lives of a dispute over a NIK and of a consent, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.people.rules import settling_reasons
from kompeten.people.terms import SETTLERS, ClaimState, Consenting, ConsentState, Settling

# fmt: off
NIK_CLAIM = Chart("nik_claim", ClaimState.OPEN, (
    step("grant", "nik_claim.granted", {ClaimState.OPEN}, ClaimState.GRANTED,
         roles=SETTLERS, facts=Settling, guard=settling_reasons),
    step("decline", "nik_claim.declined", {ClaimState.OPEN}, ClaimState.DECLINED,
         roles=SETTLERS, facts=Settling, guard=settling_reasons),
), opened_by=frozenset({Role.APPLICANT}))

CONSENT = Chart("consent", ConsentState.GIVEN, (), opened_by=frozenset({Role.APPLICANT}),
                opening=Consenting, opens_as="given")
# fmt: on
