"""Which words and tones have the pages of applicants, beside those of the rooms?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.applications.terms import Verdict
from kompeten.applications.terms.application import State
from kompeten.journey.terms import Station
from kompeten.people.terms import ClaimState
from kompeten.portfolios.terms import DossierState, Fill
from kompeten.schemes.terms import Verdict as RouteVerdict
from kompeten.training.terms import EnrolmentState
from kompeten.web.ui.shapes import Tone

APPLICATION_TONE = {
    State.DRAFT: Tone.PLAIN,
    State.SUBMITTED: Tone.INFO,
    State.RETURNED: Tone.WAIT,
    State.ACCEPTED: Tone.GOOD,
    State.REJECTED: Tone.BAD,
    State.WITHDRAWN: Tone.PLAIN,
    State.CONCLUDED: Tone.GOOD,
}
STATION_TONE = {
    Station.MEND: Tone.WAIT,
    Station.CONFIRM: Tone.WAIT,
    Station.DOCUMENTS: Tone.WAIT,
    Station.REVIEW: Tone.INFO,
    Station.RETURNED: Tone.WAIT,
    Station.ACCEPTED: Tone.GOOD,
    Station.SEATED: Tone.INFO,
    Station.EXAMINED: Tone.INFO,
    Station.DECIDED: Tone.PLAIN,
    Station.CERTIFIED: Tone.GOOD,
    Station.OVER: Tone.PLAIN,
    Station.LEFT_OUT: Tone.PLAIN,
    Station.ELSEWHERE: Tone.PLAIN,
}
ROUTE_TONE = {
    RouteVerdict.OPEN: Tone.GOOD,
    RouteVerdict.UNKNOWN: Tone.INFO,
    RouteVerdict.CLOSED: Tone.WAIT,
}
VERDICT_TONE = {Verdict.GOOD: Tone.GOOD, Verdict.REPAIR: Tone.WAIT, Verdict.DUPLICATE: Tone.PLAIN}
DOSSIER_TONE = {
    DossierState.DRAFT: Tone.PLAIN,
    DossierState.HANDED_IN: Tone.INFO,
    DossierState.RETURNED: Tone.WAIT,
    DossierState.ACCEPTED: Tone.GOOD,
    DossierState.ASSESSED: Tone.GOOD,
}
FILL_TONE = {Fill.BLANK: Tone.PLAIN, Fill.SHORT: Tone.WAIT, Fill.DONE: Tone.GOOD}
MEDIA_TYPE = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}
HANDED_IN = _("Your application has been handed in. A verifier will look at it.")
WITHDRAWN = _("Your application has been withdrawn.")
UPLOADED = _("The document has been saved.")
BEGUN = _("begun")
PART_EMPTY = _("This part is asked of everybody and is still empty.")
TEXT_KEPT = _("Your writing has been saved.")
PART_KEPT = _("This part has been saved.")
PORTFOLIO_HANDED_IN = _("Your portfolio has been handed in. Two assessors will read it.")
PLACE_GIVEN_BACK = _("You have given your place back. Somebody else can have it now.")
CLAIM = {
    ClaimState.OPEN: _(
        "You have asked us to check whose your NIK is. We compare identity cards; you can go on "
        "meanwhile, and need your card among the documents."
    ),
    ClaimState.GRANTED: _(
        "We have compared the identity cards: the NIK that you asked for is yours."
    ),
    ClaimState.DECLINED: _(
        "We have compared what we hold: the NIK that you asked for stays where it was. Check your "
        "card once more; if you had an account before, log in with your NIK. If it still seems wrong "
        "to you, tell the certification body."
    ),
}
LIST_EXPIRED = _("This preview is too old or belongs to somebody else. Please send the list again.")
LIST_TAKEN = _("The list has been taken. Good lines are drafts now and wait for their documents.")
LIST_AGAIN = _("This list had been taken before. Nothing has changed; here is what became of it.")
LIST_ELSEWHERE = _(
    "Another office has handed in this very list before. Taking it again changes nothing. If these "
    "people are yours, ask the certification body."
)
LIST_MISSING = _("Choose a file, or paste the rows.")
LIST_TWICE = _("Send either a file or pasted rows: empty one of the two.")
COLUMN_TAKEN = _("Another column was named so already. One of the two has to be something else.")
COLUMN_NUMBER = _("Column %(number)s, without a name")
COLUMNS_KEPT = _("The names of your columns have been saved. They hold for the next list.")
LIST_FIELD = {
    "nik": _("NIK"),
    "name": _("Name"),
    "title_before": _("Title before the name"),
    "title_after": _("Title after the name"),
    "title": _("Title"),
    "sex": _("Sex"),
    "birth_place": _("Place of birth"),
    "birth_on": _("Date of birth"),
    "birth": _("Place and date of birth"),
    "region_code": _("Regency or city, by code or name"),
    "region": _("Name of the regency or city, beside its code"),
    "address": _("Address"),
    "phone": _("Phone number"),
    "email": _("E-mail address"),
    "education": _("Education"),
    "employer": _("Employer"),
    "position": _("Position"),
    "program": _("Programme"),
    "started_on": _("First day of work"),
    "practice_hours": _("Hours of practice"),
    "profession": _("Profession"),
    "level": pgettext_lazy("scheme", "Level"),
    "route": _("Route"),
}
EVERYBODY_HELP = {"region_code": _("The Home Affairs code or the name, for example 32.71.")}
LINE_SETTLED = _("This line has been settled already.")
LINE_MENDED = _("The line is good now and has become a draft.")
LINE_DROPPED = _("The line has been left out.")
SLOT_NOTE = _("Bring your identity card, and be there fifteen minutes early.")
PLACE = {
    EnrolmentState.ENROLLED: _("you have a place"),
    EnrolmentState.ATTENDED: _("you were there"),
    EnrolmentState.ABSENT: _("you were not there"),
    EnrolmentState.WITHDRAWN: _("you gave the place back"),
}
PLACE_TONE = {
    EnrolmentState.ENROLLED: Tone.INFO,
    EnrolmentState.ATTENDED: Tone.GOOD,
    EnrolmentState.ABSENT: Tone.PLAIN,
    EnrolmentState.WITHDRAWN: Tone.PLAIN,
}


def exam_note(minutes: int) -> str:
    """Return how long a written test takes within its window."""
    text = _("%(minutes)s minutes, at any time within the window. Have your identity card ready.")
    return str(text) % {"minutes": minutes}
