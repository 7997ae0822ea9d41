"""In which words does an office hear of its people? What is public, and no more."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kompeten.notices.terms import Group, PingState, Told, WatchChannel, WatchState

# A mail of a thousand lines is read by nobody; the page has all of them.
MOST_LINES = 50

CHANNEL = {
    WatchChannel.MAIL: _("by e-mail"),
    WatchChannel.WEBHOOK: _("to a system of yours (webhook)"),
}
WATCH_STATE = {
    WatchState.ACTIVE: pgettext_lazy("watch", "active"),
    WatchState.ENDED: pgettext_lazy("watch", "ended"),
}
PING_STATE = {
    PingState.QUEUED: _("waiting to be sent"),
    PingState.SENT: _("sent"),
    PingState.DROPPED: _("not sent any more"),
}
GROUP = {
    Group.ALL: pgettext_lazy("certificates", "All"),
    Group.VALID: pgettext_lazy("certificates", "Valid"),
    Group.ENDING: pgettext_lazy("certificates", "Ending within six months"),
    Group.SUSPENDED: pgettext_lazy("certificates", "Suspended"),
    Group.EXPIRED: pgettext_lazy("certificates", "Expired"),
    Group.OUT: pgettext_lazy("certificates", "Withdrawn or replaced"),
}
BECAME = {
    "certificate.published": _("issued"),
    "certificate.suspended": pgettext_lazy("certificate", "suspended"),
    "certificate.lifted": _("valid again"),
    "certificate.withdrawn": pgettext_lazy("certificate", "withdrawn"),
    "certificate.replaced": _("replaced by a corrected one"),
}
REASON = {
    "watch.not_yours": _("You do not speak for this office."),
    "watch.no_person": _("Your account belongs to no person, so no mail can reach you."),
    "watch.known": _("This is on already."),
    "watch.too_many": _("Five webhooks are on already. End one that is no longer used."),
    "watch.no_number": _("The register knows no certificate with this number."),
    "watch.too_many_added": _("Two thousand certificates are added already; take some out first."),
    "watch.by_hand": _("Somebody of the office ended it."),
    "watch.not_sponsor": _("The person does not speak for the office any more."),
    "webhook.unreadable": _("This is not written as addresses are."),
    "webhook.not_https": _("The address begins with https://."),
    "webhook.has_password": _("An address with a user name or password in it is not taken."),
    "webhook.not_public": _(
        "The address leads into a private network; we call the open Internet only."
    ),
    "webhook.bad_certificate": _("The receiver does not prove to be who its address says (TLS)."),
    "webhook.no_such_host": _("No machine is known under the name in the address."),
    "webhook.secret_lost": _(
        "The secret of this webhook cannot be read any more. End it and connect the system anew."
    ),
    "webhook.gone": _("The receiver asked us to call no more (410)."),
}
EVENT = {
    "watch.opened": _("An office began to watch certificates."),
    "watch.failed": _("The office could not be told yet; it is tried again."),
    "watch.ended": _("The office watches no longer by this way."),
    "ping.opened": _("A message for an office was queued."),
    "ping.sent": _("The office was told."),
    "ping.dropped": _("The office was not told: it watches no longer by this way."),
}
LINE = _("%(name)s, %(number)s: %(became)s (%(day)s)")
BODY = _(
    "What became of the certificates that %(office)s watches:\n\n%(lines)s\n\n"
    "All of them, with what each is worth today, stand on your page under “Our people”. "
    "There you can also end these messages."
)


def digest(told: Sequence[Told], *, office: str) -> tuple[str, str]:
    """Return subject and body of a mail in the language at hand."""
    subject = ngettext(
        "%(n)s change to a certificate of your people",
        "%(n)s changes to certificates of your people",
        len(told),
    )
    lines = [f"– {_line(one)}" for one in told[:MOST_LINES]]
    if (rest := len(told) - MOST_LINES) > 0:
        lines.append(f"– {_more(rest)}")
    body = str(BODY) % {"office": office, "lines": "\n".join(lines)}
    return subject % {"n": len(told)}, body


def _line(told: Told) -> str:
    return str(LINE) % {
        "name": told.name,
        "number": told.number,
        "became": BECAME[told.kind],
        "day": date_format(told.day, "j F Y"),
    }


def _more(rest: int) -> str:
    return ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest}
