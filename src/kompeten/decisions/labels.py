"""How are decisions and their refusals called on a page?"""

from django.utils.translation import gettext_lazy as _

from kompeten.decisions.terms import DecreeState, MeetingState, PaperKind, State

STATE = {
    State.PROPOSED: _("waiting for the committee"),
    State.GRANTED: _("Competent"),
    State.DEFERRED: _("Not yet competent"),
}
MEETING_STATE = {MeetingState.CONVENED: _("convened"), MeetingState.CLOSED: _("closed")}
DECREE_STATE = {DecreeState.DRAWN_UP: _("waiting for signature"), DecreeState.SIGNED: _("signed")}
PAPER = {
    PaperKind.BNSP: _("List for BNSP"),
    PaperKind.HANDOVER: _("Handing-over list"),
    PaperKind.LABELS: _("Address labels"),
}
REASON = {
    "committee.too_small": _("A committee has at least three different members."),
    "committee.not_a_member": _("Only members of this meeting's committee can do this."),
    "decision.reason_missing": _("Write why the committee departs from the recommendation."),
    "meeting.undecided": _("Some candidates on the agenda are not decided yet."),
    "decree.unprintable": _(
        "The decree cannot be printed: %(what)s holds a sign that is no Latin letter. Correct it,"
        " then sign."
    ),
    "decree.signatory_long": _(
        "Every certificate of this decree would wait: in the name that you sign under, this word is too long"
        " for their sheet: %(what)s. Ask an administrator to put it right under People, Roles; then sign."
    ),
    "meeting.no_minutes": _("Write the minutes before closing the meeting."),
}
EVENT = {
    "meeting.opened": _("The committee was convened."),
    "meeting.closed": _("The meeting was closed."),
    "decision.proposed": _("The result was put on the agenda."),
    "decision.granted": _("The committee decided: competent."),
    "decision.deferred": _("The committee decided: not yet competent."),
    "decree.drawn_up": _("The decree was drawn up."),
    "decree.signed": _("The decree was signed."),
    "decree.released": _("A list of its people was given out."),
}
