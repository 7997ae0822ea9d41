"""Which words do faces, sessions and problems have on a page?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

FACE = {
    "candidate": _("the pages of applicants and certificate holders"),
    "office": _("the office"),
    "examroom": _("the exam room"),
}
SESSION_ENDED = {
    "idle": _("You were logged out after half an hour without activity. Please log in again."),
    "old": _("Your session has ended. Please log in again."),
}
FACTOR_WANTED = _("The office asks for a second factor. Set one up, then you can go on.")


@dataclass(frozen=True, slots=True)
class Words:
    """What a problem page says: what is the matter, and what to do next."""

    title: Any
    text: Any
    art: str = "search"


SHUT_WHILE_HELPED = Words(
    _("Not while somebody helps you"),
    _(
        "At this device only your application is open now. Exams, certificates, your account and all else "
        "you open by yourself, with your own log-in."
    ),
    "paper",
)
PROBLEM = {
    400: Words(
        _("This request could not be read"),
        _(
            "Something in the address or the form was not as it should be. Go back and try once more."
        ),
    ),
    403: Words(
        _("This is not open to you"),
        _(
            "Your role does not allow this step, or no longer does. If you think that is a mistake, "
            "ask the certification body."
        ),
        "paper",
    ),
    404: Words(
        _("This page is not here"),
        _(
            "It may have moved, or it belongs to somebody else. Check the address, or begin again "
            "from the first page."
        ),
    ),
    409: Words(
        _("This step cannot be taken now"),
        _("Nothing has been changed. These are the reasons:"),
        "paper",
    ),
    422: Words(
        _("Something is still missing"),
        _("Nothing has been saved yet. Please go back and look at these points:"),
        "paper",
    ),
    413: Words(
        _("This file is too large"),
        _(
            "It was not taken, and nothing else was changed. Take the photo again with a lower "
            "quality, or save the document in a smaller size, then send it again."
        ),
    ),
    429: Words(
        _("One moment, please"),
        _("There were too many attempts in a short time. Wait five minutes, then try again."),
        "rest",
    ),
    500: Words(
        _("Something broke on our side"),
        _(
            "It is not your fault, and what you saved before is safe. Try again in a few minutes. If "
            "it happens again, tell us the incident number below."
        ),
        "basket",
    ),
}


def role_ended(on: date) -> Words:
    """Return what somebody reads whose last role of the office ended on the day `on`."""
    return Words(
        _("Your role has ended"),
        _(
            "The office is open to whoever holds a role there. Yours ended on %(day)s; what you have "
            "done stays as it is. If you go on working here, ask the administrator for a new one."
        )
        % {"day": date_format(on)},
        "rest",
    )


STALE = Words(
    _("Somebody was a little faster"),
    _(
        "While you were looking, this record was moved by somebody else. Nothing of yours was "
        "written. Look at it again, then decide."
    ),
    "paper",
)
FORM_EXPIRED = Words(
    _("This page stood open for too long"),
    _(
        "For your safety the form was not sent. Go back, reload the page and send it again. Copy "
        "long texts first."
    ),
    "rest",
)

# Where the applicants of the demonstration stand, by the name in their address.
PLAYED = {
    "pemegang": _("Holder of a certificate"),
    "peserta": _("Candidate before the written exam"),
    "penyusun": _("Candidate writing a portfolio"),
    "perbaikan": _("Applicant with documents to mend"),
    "pemohon": _("Applicant filling in the form"),
}
