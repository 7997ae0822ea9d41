"""The lives of meetings, decisions and decrees, each in one table."""

from kompeten.decisions.terms import (
    CONVENERS,
    RELEASERS,
    Closing,
    Convening,
    DecreeState,
    DrawingUp,
    MeetingState,
    Proposal,
    Releasing,
    Ruling,
    Signing,
    State,
)
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step

# fmt: off
MEETING = Chart("meeting", MeetingState.CONVENED, (
    step("close", "meeting.closed", {MeetingState.CONVENED}, MeetingState.CLOSED,
         roles={Role.COMMITTEE}, facts=Closing),
), opened_by=CONVENERS, opening=Convening)

DECISION = Chart("decision", State.PROPOSED, (
    step("grant", "decision.granted", {State.PROPOSED}, State.GRANTED,
         roles={Role.COMMITTEE}, facts=Ruling),
    step("defer", "decision.deferred", {State.PROPOSED}, State.DEFERRED,
         roles={Role.COMMITTEE}, facts=Ruling),
), opened_by=CONVENERS, opening=Proposal, opens_as="proposed")

DECREE = Chart("decree", DecreeState.DRAWN_UP, (
    step("sign", "decree.signed", {DecreeState.DRAWN_UP}, DecreeState.SIGNED,
         roles={Role.DIRECTOR}, facts=Signing),
    step("release", "decree.released", {DecreeState.SIGNED}, None,
         roles=RELEASERS, facts=Releasing),
), opened_by=frozenset({Role.COMMITTEE}), opening=DrawingUp, opens_as="drawn_up")
# fmt: on
