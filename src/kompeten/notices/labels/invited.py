"""What does a letter say to somebody on a list who has no phone?"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kompeten.notices.terms import MessageKind

SUBJECT = {
    MessageKind.MEND: _("Your certification: something on your line has to be mended"),
    MessageKind.CONFIRM: _("Your certification: please check your data and agree"),
}
FIRST = {
    MessageKind.MEND: _(
        "%(office)s has put you on its list for certification. Before you can apply, something on "
        "your line has to be mended."
    ),
    MessageKind.CONFIRM: _(
        "%(office)s has put you on its list for certification. Nothing is handed in before you have "
        "checked your data and agreed."
    ),
}
HOW = _(
    "Scan the code below with any phone, or type the address beside it. You need your date of birth or "
    "the code that your office tells you. The address holds until %(day)s and is for you alone."
)
WITHOUT_PHONE = _(
    "You have no phone? Go to your office with this letter and your identity card. Somebody there lends "
    "you theirs and helps you to fill in; you yourself agree, and you can end it at any time."
)


def render(kind: MessageKind, *, office: str, until: date) -> tuple[str, tuple[str, ...]]:
    """Return subject and paragraphs of a letter, in the language at hand."""
    how = str(HOW) % {"day": date_format(until, "j F Y")}
    body = (str(FIRST[kind]) % {"office": office}, how, str(WITHOUT_PHONE))
    return str(SUBJECT[kind]), body
