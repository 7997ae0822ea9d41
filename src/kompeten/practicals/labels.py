"""What are slots, ratings and their refusals called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.practicals.terms import Cause, RatingState, SlotState

SLOT_STATE = {
    SlotState.BOOKED: pgettext_lazy("slot", "booked"),
    SlotState.RATED: pgettext_lazy("slot", "rated"),
    SlotState.SETTLED: pgettext_lazy("slot", "assessed"),
    SlotState.MISSED: pgettext_lazy("slot", "did not come"),
    SlotState.INTERRUPTED: pgettext_lazy("slot", "interrupted, to be held again"),
    SlotState.CANCELLED: pgettext_lazy("slot", "cancelled"),
}
RATING_STATE = {
    RatingState.OPEN: pgettext_lazy("rating", "to be rated"),
    RatingState.HANDED_IN: pgettext_lazy("rating", "marks handed in"),
    RatingState.LAPSED: pgettext_lazy("rating", "no longer needed"),
    RatingState.RELEASED: pgettext_lazy("rating", "given to somebody else"),
}
CAUSE = {
    Cause.POWER: _("Power failure"),
    Cause.NETWORK: _("Network or device failure"),
    Cause.HEALTH: _("The candidate fell ill"),
    Cause.PLACE: _("The place could not be used"),
    Cause.ASSESSOR_ABSENT: _("An assessor was absent"),
    Cause.OTHER: _("Another cause"),
}
REASON = {
    "seat.past": _("A time in the plan has already passed."),
    "seat.place_missing": _("A time in the plan has neither a site nor a link."),
    "seat.zone_unknown": _("A time in the plan has an unknown time zone."),
    "seats.too_few": _("There is no time left in the plan at which this candidate is free."),
    "booking.not_accepted": _("This applicant has not passed the eligibility review."),
    "booking.not_asked": _("This candidate's route does not have this part."),
    "booking.portfolio_not_ready": _("This candidate's portfolio has not been accepted yet."),
    "booking.exists": _("This candidate has already been booked for this part."),
    "slot.not_started": _("This can only be done once the appointed time has come."),
    "slot.has_ratings": _(
        "An assessor has already rated this candidate, who was therefore present."
    ),
    "notes.short": _("Write a short note on what you saw for every criterion."),
    "marks.unknown": _(
        "A mark was given for something that is not on this form. Please reload it."
    ),
    "marks.off_scale": _("A mark is outside the scale."),
    "marks.unmarked": _("Some parts are not marked yet."),
    "assessor.not_assigned": _("Only the assessor to whom this was assigned can do this."),
    "assessor.license_lapsed": _(
        "Your assessor's license is no longer valid. Please contact the coordinator."
    ),
    "assessors.too_few": _(
        "There are not enough licensed assessors without a conflict of interest."
    ),
}
EVENT = {
    "slot.opened": _("A time was booked."),
    "slot.rated": _("All assessors have handed in their marks."),
    "slot.settled": _("The marks were settled."),
    "slot.missed": _("The candidate did not come."),
    "slot.interrupted": _("The session was interrupted and will be held again."),
    "slot.cancelled": _("The booking was cancelled."),
    "rating.opened": _("An assessor was asked to rate."),
    "rating.handed_in": _("An assessor handed in marks."),
    "rating.lapsed": _("A rating was no longer needed."),
    "rating.released": _("A rating was taken from its assessor."),
}
