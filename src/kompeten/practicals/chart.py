"""The lives of slots and ratings, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.practicals.rules import marking
from kompeten.practicals.terms import (
    Absence,
    Booking,
    Interruption,
    RatingHandIn,
    RatingOpening,
    RatingState,
    Settlement,
    SlotState,
)

OFFICE = frozenset({Role.COORDINATOR, Role.SYSTEM})
PRESENT = frozenset({Role.ASSESSOR, Role.COORDINATOR})

# fmt: off
SLOT = Chart("slot", SlotState.BOOKED, (
    step("rate", "slot.rated", {SlotState.BOOKED}, SlotState.RATED, roles={Role.SYSTEM}),
    step("settle", "slot.settled", {SlotState.RATED}, SlotState.SETTLED,
         roles={Role.SYSTEM}, facts=Settlement),
    step("miss", "slot.missed", {SlotState.BOOKED}, SlotState.MISSED,
         roles=PRESENT, facts=Absence, guard=marking.miss_reasons),
    step("interrupt", "slot.interrupted", {SlotState.BOOKED}, SlotState.INTERRUPTED,
         roles=PRESENT, facts=Interruption),
    step("cancel", "slot.cancelled", {SlotState.BOOKED}, SlotState.CANCELLED, roles=OFFICE),
), opened_by=OFFICE, opening=Booking)

RATING = Chart("rating", RatingState.OPEN, (
    step("hand_in", "rating.handed_in", {RatingState.OPEN}, RatingState.HANDED_IN,
         roles={Role.ASSESSOR}, facts=RatingHandIn, guard=marking.hand_in_reasons),
    step("lapse", "rating.lapsed", {RatingState.OPEN}, RatingState.LAPSED,
         roles=PRESENT | OFFICE),
    step("release", "rating.released", {RatingState.OPEN}, RatingState.RELEASED, roles=OFFICE),
), opened_by=OFFICE, opening=RatingOpening)
# fmt: on
