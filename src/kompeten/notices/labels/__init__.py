"""In which words are people told? Plain and kind: what has happened, what to do next, by when."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kompeten.certificates import labels as certificates
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import words
from kompeten.notices.labels import messages, watching
from kompeten.notices.labels.texts import TEXT
from kompeten.notices.terms import Code, DeliveryState, Moment, PaperKind, Standing
from kompeten.schemes import labels as schemes
from kompeten.schemes.terms import Component

DELIVERY_STATE = {
    DeliveryState.QUEUED: _("waiting to be sent"),
    DeliveryState.SENT: _("sent"),
    DeliveryState.UNDELIVERABLE: _("could not be delivered"),
}
REASON = {
    "mail.no_address": _("The person has no e-mail address any more."),
    "mail.bad_address": _("The e-mail address is not written as addresses are."),
    "mail.refused": _("The receiving side does not know the e-mail address."),
    "paper.nobody": _(
        "Nobody waits for a letter here: all have answered, have a phone, or were written to not long ago."
    ),
    "paper.none": _("No letter waits to be printed here."),
    **messages.REASON,
    **watching.REASON,
}
EVENT = {
    "delivery.opened": _("A message was put in the post."),
    "delivery.sent": _("The message was sent."),
    "delivery.printed": _("The message was printed as a letter."),
    "delivery.failed": _("The message could not be sent yet; it is tried again."),
    "delivery.given_up": _("The message could not be delivered."),
    "digest.opened": _("The office was told how promises stand."),
    **watching.EVENT,
}
KEPT = {
    "notices": _("Messages"),
    "purpose": _("to tell you what happens, and to prove that you were told"),
    "law": _("the law asks it of the body (UU 27/2022, art. 20(2)(c))"),
    "until": _("%(days)s days after it was written"),
    "then": _("deleted"),
}
STANDING = _("%(step)s: %(soon)s newly close to the promised day, %(late)s newly past it")
PAPER_KIND = {
    PaperKind.RETURNED: _("Asked to mend"),
    PaperKind.RESULT: _("Decision of the committee"),
    PaperKind.CERTIFICATE: _("Certificate ready"),
}
SEE_PAGE = _("your page explains it")
ONLINE = _("online, on this site")
GREETING = _("Dear %(name)s,")
STATUS = _(
    "How far your application is, anybody can read without a log-in who has this code: %(code)s\n"
    "%(site)s/cek-status/?kode=%(code)s"
)
CODE_SUBJECT = _("Your code: %(code)s")
CODE_BODY = _(
    "%(code)s is the code with which you sign the recommendation that you have just written. Type it on "
    "the page where you were asked for it; it holds for 30 minutes.\n\n"
    "If you have written none, please do nothing: without the code nothing is signed in your name."
)
CLOSING = _(
    "See where you stand at any time: %(site)s\n\n"
    "This message was written by the system of %(body)s; please do not answer it."
)


def render(kind: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return subject and body of a notice in the language at hand."""
    shown = {name: _shown(value) for name, value in values.items()}
    text = TEXT[kind]
    return str(text.subject) % shown, str(text.body) % shown


def frame(body: str, *, name: str, site: str, sender: str, code: str = "") -> str:
    """Return the body of a notice as a mail: with a greeting, the status code if any, and where to go."""
    closing = str(CLOSING) % {"site": site, "body": sender}
    status = [str(STATUS) % {"site": site, "code": code}] if code else []
    parts = [str(GREETING) % {"name": name}, body, *status, "-- \n" + closing]
    return "\n\n".join(parts) + "\n"


def code_mail(code: str, *, name: str, site: str, sender: str) -> tuple[str, str]:
    """Return subject and body of the mail with the code that signs a recommendation."""
    said = {"code": code}
    body = frame(str(CODE_BODY) % said, name=name, site=site, sender=sender)
    return str(CODE_SUBJECT) % said, body


def _shown(value: Any) -> str:
    """Return a value as it is read: days and times in words, codes as sentences, lists as lines."""
    if value is None:
        return str(ONLINE)
    if isinstance(value, Moment | date):
        return _when(value, get_language())
    if isinstance(value, Component):
        return str(schemes.COMPONENT[value])
    if isinstance(value, SuspensionCause):
        return str(certificates.SUSPENSION[value])
    if isinstance(value, WithdrawalCause):
        return str(certificates.WITHDRAWAL[value])
    if isinstance(value, Standing):
        return str(STANDING) % {
            "step": schemes.SERVICE[value.service],
            "soon": value.soon,
            "late": value.late,
        }
    if isinstance(value, Code):
        return words.reason(value.code)
    if isinstance(value, tuple):
        return "\n".join(f"– {_shown(item)}" for item in value or (SEE_PAGE,))
    return str(value)


@lru_cache(maxsize=1000)
def _when(value: Moment | date, language: str | None) -> str:
    """Return a day or an instant in the words of `language`; the same few stand in thousands of letters."""
    if isinstance(value, date):
        return date_format(value, "l, j F Y")
    local = value.at.astimezone(ZoneInfo(value.zone))
    return f"{date_format(local, 'l, j F Y H.i')} {local.strftime('%Z')}"
