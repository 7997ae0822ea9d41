"""The lives of applications, lists and their repairs, each in one table."""

from kompeten.applications.rules.evidence import hand_in_reasons
from kompeten.applications.terms.application import (
    Attachment,
    Disposal,
    ListReceived,
    ListState,
    Mending,
    Opening,
    Quarantine,
    Refusal,
    RepairState,
    Return,
    Revision,
    State,
    Submission,
)
from kompeten.applications.terms.helping import Begun, Ended, Helping, HelpState
from kompeten.applications.terms.invitation import InvitationState, Inviting, Nudge
from kompeten.applications.terms.recommending import (
    Asking,
    Coding,
    Declined,
    Given,
    RecommendationState,
    RefereeOpening,
    RefereeState,
)
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step

# An answer may have waited for a second look: then the head or the director lets
# it hold, or the house when time is up.
ANSWERING = frozenset({Role.VERIFIER, Role.COORDINATOR, Role.DIRECTOR, Role.SYSTEM})
FILERS = frozenset({Role.APPLICANT, Role.SPONSOR})
# Whoever judges, decides or keeps the register does not fill in what they judge.
HELPERS = frozenset({Role.SPONSOR, Role.COORDINATOR})

# fmt: off
APPLICATION = Chart("application", State.DRAFT, (
    step("revise", "application.revised", {State.DRAFT, State.RETURNED}, None,
         roles=FILERS, facts=Revision, with_help=True),
    step("renumber", "application.renumbered", {State.DRAFT, State.RETURNED}, None,
         roles={Role.APPLICANT}, with_help=True),
    step("attach", "application.attached", {State.DRAFT, State.RETURNED}, None,
         roles=FILERS | {Role.REFEREE}, facts=Attachment, with_help=True),
    step("quarantine", "application.quarantined", set(State), None,
         roles=FILERS | {Role.REFEREE, Role.SYSTEM}, facts=Quarantine, with_help=True),
    step("submit", "application.submitted", {State.DRAFT, State.RETURNED}, State.SUBMITTED,
         roles=FILERS, facts=Submission, guard=hand_in_reasons, with_help=True),
    step("return", "application.returned", {State.SUBMITTED}, State.RETURNED,
         roles=ANSWERING, facts=Return),
    step("accept", "application.accepted", {State.SUBMITTED}, State.ACCEPTED,
         roles=ANSWERING),
    step("reject", "application.rejected", {State.SUBMITTED, State.RETURNED}, State.REJECTED,
         roles=ANSWERING, facts=Refusal),
    step("withdraw", "application.withdrawn", {State.DRAFT, State.SUBMITTED, State.RETURNED},
         State.WITHDRAWN, roles=FILERS),
    step("lapse", "application.lapsed", {State.DRAFT}, State.WITHDRAWN, roles={Role.SYSTEM}),
    step("dispose", "application.disposed", {State.WITHDRAWN, State.REJECTED, State.CONCLUDED}, None,
         roles={Role.SYSTEM}, facts=Disposal),
    step("conclude", "application.concluded", {State.ACCEPTED}, State.CONCLUDED,
         roles={Role.COMMITTEE, Role.SYSTEM}),
), opened_by=FILERS, opening=Opening)

COLLECTIVE = Chart("collective", ListState.RECEIVED, (
    step("dispose", "collective.disposed", {ListState.RECEIVED}, ListState.DISPOSED,
         roles={Role.SYSTEM}),
), opened_by=frozenset({Role.SPONSOR}), opening=ListReceived)

REPAIR = Chart("repair", RepairState.WAITING, (
    step("mend", "repair.mended", {RepairState.WAITING}, RepairState.MENDED,
         roles=FILERS, facts=Mending),
    step("renew", "repair.renewed", {RepairState.WAITING}, None, roles={Role.SPONSOR}),
    step("drop", "repair.dropped", {RepairState.WAITING}, RepairState.DROPPED,
         roles={Role.SPONSOR}),
    step("lapse", "repair.lapsed", {RepairState.WAITING}, RepairState.DROPPED,
         roles={Role.SYSTEM}),
), opened_by=frozenset({Role.SPONSOR}))

INVITATION = Chart("invitation", InvitationState.OPEN, (
    step("nudge", "invitation.nudged", {InvitationState.OPEN}, None, roles={Role.SPONSOR},
         facts=Nudge),
    step("object", "invitation.objected", {InvitationState.OPEN}, None, roles={Role.APPLICANT}),
    step("use", "invitation.used", {InvitationState.OPEN}, InvitationState.USED,
         roles={Role.APPLICANT}),
    step("lock", "invitation.locked", {InvitationState.OPEN}, InvitationState.LOCKED,
         roles={Role.SYSTEM}),
    step("end", "invitation.ended", {InvitationState.OPEN, InvitationState.LOCKED},
         InvitationState.ENDED, roles=FILERS | {Role.SYSTEM}),
), opened_by=frozenset({Role.SPONSOR}), opening=Inviting)

HELP = Chart("help", HelpState.ASKED, (
    step("begin", "help.begun", {HelpState.ASKED}, HelpState.OPEN, roles=HELPERS, facts=Begun),
    step("lock", "help.locked", {HelpState.ASKED}, HelpState.LOCKED, roles={Role.SYSTEM}),
    step("end", "help.ended", {HelpState.OPEN}, HelpState.ENDED,
         roles=HELPERS | {Role.APPLICANT, Role.SYSTEM}, facts=Ended, with_help=True),
), opened_by=HELPERS, opening=Helping)

REFEREE = Chart("referee", RefereeState.OPEN, (
    step("code", "referee.coded", {RefereeState.OPEN}, None, roles={Role.REFEREE}, facts=Coding),
    step("use", "referee.used", {RefereeState.OPEN}, RefereeState.USED, roles={Role.REFEREE}),
    step("lock", "referee.locked", {RefereeState.OPEN}, RefereeState.LOCKED, roles={Role.SYSTEM}),
    step("end", "referee.ended", {RefereeState.OPEN, RefereeState.LOCKED}, RefereeState.ENDED,
         roles=FILERS | {Role.SYSTEM}),
    step("dispose", "referee.disposed",
         {RefereeState.USED, RefereeState.LOCKED, RefereeState.ENDED}, None, roles={Role.SYSTEM}),
), opened_by=FILERS, opening=RefereeOpening)

SETTLED = frozenset(RecommendationState) - {RecommendationState.ASKED}
RECOMMENDATION = Chart("recommendation", RecommendationState.ASKED, (
    step("give", "recommendation.given", {RecommendationState.ASKED}, RecommendationState.GIVEN,
         roles={Role.REFEREE}, facts=Given),
    step("decline", "recommendation.declined", {RecommendationState.ASKED},
         RecommendationState.DECLINED, roles={Role.REFEREE}, facts=Declined),
    step("withdraw", "recommendation.withdrawn", {RecommendationState.ASKED},
         RecommendationState.WITHDRAWN, roles=FILERS | {Role.SYSTEM}),
    step("lapse", "recommendation.lapsed", {RecommendationState.ASKED}, RecommendationState.LAPSED,
         roles={Role.SYSTEM}),
    step("dispose", "recommendation.disposed", SETTLED, None, roles={Role.SYSTEM}),
), opened_by=FILERS, opening=Asking, opens_as="asked")
# fmt: on
