"""The lives of a preparation session and of a place in it, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.training.rules import problems
from kompeten.training.terms import (
    Cancelling,
    Enrolling,
    EnrolmentState,
    Holding,
    Place,
    Planning,
    State,
)

PLANNERS = frozenset({Role.COORDINATOR})
LISTERS = frozenset({Role.COORDINATOR, Role.TRAINER})

# fmt: off
SESSION = Chart("session", State.PLANNED, (
    step("revise", "session.revised", {State.PLANNED, State.OPEN}, None,
         roles=PLANNERS, facts=Planning, guard=problems),
    step("announce", "session.announced", {State.PLANNED}, State.OPEN, roles=PLANNERS),
    step("enrol", "session.enrolled", {State.OPEN}, None,
         roles=PLANNERS | {Role.APPLICANT}, facts=Enrolling),
    step("hold", "session.held", {State.OPEN}, State.HELD, roles=LISTERS, facts=Holding),
    step("correct", "session.corrected", {State.HELD}, None, roles=LISTERS, facts=Holding),
    step("close", "session.closed", {State.HELD}, State.CLOSED, roles=PLANNERS),
    step("cancel", "session.cancelled", {State.PLANNED, State.OPEN}, State.CANCELLED,
         roles=PLANNERS, facts=Cancelling),
), opened_by=PLANNERS, opening=Planning)

ENROLMENT = Chart("enrolment", EnrolmentState.ENROLLED, (
    step("attend", "enrolment.attended", {EnrolmentState.ENROLLED, EnrolmentState.ABSENT},
         EnrolmentState.ATTENDED, roles=LISTERS, facts=Place),
    step("miss", "enrolment.missed", {EnrolmentState.ENROLLED, EnrolmentState.ATTENDED},
         EnrolmentState.ABSENT, roles=LISTERS, facts=Place),
    step("withdraw", "enrolment.withdrawn", {EnrolmentState.ENROLLED}, EnrolmentState.WITHDRAWN,
         roles=PLANNERS | {Role.APPLICANT}, facts=Place),
), opened_by=PLANNERS, opening=Place)
# fmt: on
