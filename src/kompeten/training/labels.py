"""What are sessions, places and refusals called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.training.terms import EnrolmentState, State, Zone

STATE = {
    State.PLANNED: pgettext_lazy("session", "planned"),
    State.OPEN: pgettext_lazy("session", "open for names"),
    State.HELD: pgettext_lazy("session", "held"),
    State.CLOSED: pgettext_lazy("session", "list final"),
    State.CANCELLED: pgettext_lazy("session", "called off"),
}
ENROLMENT_STATE = {
    EnrolmentState.ENROLLED: _("has a place"),
    EnrolmentState.ATTENDED: _("attended"),
    EnrolmentState.ABSENT: _("did not attend"),
    EnrolmentState.WITHDRAWN: _("place given back"),
}
ZONE = {
    Zone.WIB: _("WIB (Western Indonesia)"),
    Zone.WITA: _("WITA (Central Indonesia)"),
    Zone.WIT: _("WIT (Eastern Indonesia)"),
}
REASON = {
    "session.ends_before_start": _("The session ends before it starts."),
    "session.too_long": _("A session lasts at most 31 days."),
    "session.nowhere": _("Give a place or a link."),
    "session.no_places": _("A session has at least one place."),
    "session.full": _("There are not enough places left in this session."),
    "session.not_begun": _("Attendance can be taken once the session has begun."),
    "session.no_trainer": _("Name the trainers first: who taught may not assess these candidates."),
    "enrolment.not_accepted": _("Only candidates whose application was accepted get a place."),
    "enrolment.not_listed": _("Somebody marked as present is not on this session's list."),
    "enrolment.elsewhere": _("Somebody noted absent before has a place in another session now."),
    "enrolment.not_yours": _("Only the candidate or a coordinator can give this place back."),
}
EVENT = {
    "session.opened": _("The session was planned."),
    "session.revised": _("The plan of the session was changed."),
    "session.announced": _("The session was opened for names."),
    "session.enrolled": _("Places were given."),
    "session.held": _("The session was held and attendance taken."),
    "session.corrected": _("The attendance list was corrected."),
    "session.closed": _("The attendance list was made final."),
    "session.cancelled": _("The session was called off."),
    "enrolment.opened": _("A place in a preparation session was given."),
    "enrolment.attended": _("The preparation session was attended."),
    "enrolment.missed": _("The preparation session was not attended."),
    "enrolment.withdrawn": _("The place in the preparation session was given back."),
}
