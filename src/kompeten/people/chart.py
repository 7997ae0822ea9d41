"""The lives of disputes over a NIK, consents, requests to erase, and breaches, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.people.rules import closing_reasons, settling_reasons
from kompeten.people.terms import (
    BREACH_NOTERS,
    DATA_KEEPERS,
    SETTLERS,
    AuthorityTold,
    BreachClosing,
    BreachState,
    ClaimState,
    ConcernedState,
    Consenting,
    ConsentState,
    Naming,
    PeopleTold,
    RemovalState,
    Removing,
    Settling,
)

# fmt: off
NIK_CLAIM = Chart("nik_claim", ClaimState.OPEN, (
    step("grant", "nik_claim.granted", {ClaimState.OPEN}, ClaimState.GRANTED,
         roles=SETTLERS, facts=Settling, guard=settling_reasons),
    step("decline", "nik_claim.declined", {ClaimState.OPEN}, ClaimState.DECLINED,
         roles=SETTLERS, facts=Settling, guard=settling_reasons),
    step("lapse", "nik_claim.lapsed", {ClaimState.OPEN}, ClaimState.LAPSED, roles={Role.SYSTEM}),
), opened_by=frozenset({Role.APPLICANT}))

CONSENT = Chart("consent", ConsentState.GIVEN, (), opened_by=frozenset({Role.APPLICANT}),
                opening=Consenting, opens_as="given", opens_with_help=True)

REMOVAL = Chart("removal", RemovalState.REQUESTED, (
    step("answer", "removal.answered", {RemovalState.REQUESTED}, RemovalState.ANSWERED,
         roles=DATA_KEEPERS, facts=Removing),
    step("take_back", "removal.taken_back", {RemovalState.REQUESTED}, RemovalState.TAKEN_BACK,
         roles={Role.APPLICANT}),
), opened_by=frozenset({Role.APPLICANT}), opens_as="requested")

BREACH = Chart("breach", BreachState.OPEN, (
    step("revise", "breach.revised", {BreachState.OPEN}, None, roles=BREACH_NOTERS),
    step("name", "breach.named", {BreachState.OPEN}, None, roles=BREACH_NOTERS, facts=Naming),
    step("tell_authority", "breach.authority_told", {BreachState.OPEN}, None,
         roles=DATA_KEEPERS, facts=AuthorityTold),
    step("tell_people", "breach.people_told", {BreachState.OPEN}, None,
         roles=DATA_KEEPERS, facts=PeopleTold),
    step("close", "breach.closed", {BreachState.OPEN}, BreachState.CLOSED,
         roles=DATA_KEEPERS, facts=BreachClosing, guard=closing_reasons),
), opened_by=BREACH_NOTERS)

CONCERNED = Chart("concerned", ConcernedState.NAMED, (
    step("tell", "concerned.told", {ConcernedState.NAMED}, ConcernedState.TOLD,
         roles=DATA_KEEPERS),
), opened_by=BREACH_NOTERS, opens_as="named")
# fmt: on
