"""What do messages say that an office sends itself, until the body words them otherwise?"""

from django.utils.translation import gettext_lazy as _

from kompeten.notices.terms import MessageKind, Placeholder

LANGUAGES = {"id": _("Indonesian"), "en": _("English")}
MESSAGE = {
    MessageKind.MEND: _("A line has to be mended"),
    MessageKind.CONFIRM: _("Data have to be confirmed"),
    MessageKind.RECOMMEND: _("Somebody is asked to recommend"),
}
PLACEHOLDER = {
    Placeholder.NAME: _("the name of who is written to"),
    Placeholder.OFFICE: _("the office, or the person, that asks"),
    Placeholder.LINK: _("the person's own short link; it has to stand in the text"),
    Placeholder.DAY: _("until when the link holds"),
    Placeholder.CODE: _("the code by which anybody asks how far the application is"),
}
EXAMPLE = {
    Placeholder.NAME: "Dewi Lestari",
    Placeholder.OFFICE: "Dinas Sosial Kabupaten Bone",
    Placeholder.DAY: "30 Desember 2026",
    Placeholder.CODE: "7QK2M-0XW4P",
}
REASON = {
    "message.unknown_placeholder": _("Between braces stands something that is not on the list."),
    "message.loose_brace": _("A brace is opened and not closed, or the other way round."),
    "message.no_link": _("Without {tautan} the person could not answer."),
    "message.too_long": _("This is too long: at most 600 characters."),
    "message.same": _("This text is in force already."),
}
TEXT = {
    MessageKind.MEND: _(
        "Dear %(name)s, %(office)s has put you on its list for certification, but something on "
        "your line has to be mended. Open %(address)s and mend it there. You need the code that we "
        "tell you, or your date of birth. The link holds until %(day)s and is for you alone."
    ),
    MessageKind.CONFIRM: _(
        "Dear %(name)s, %(office)s has put you on its list for certification. Open %(address)s, check "
        "your data and agree; nothing is handed in before. You need the code that we tell you, or your "
        "date of birth. The link holds until %(day)s and is for you alone."
    ),
    MessageKind.RECOMMEND: _(
        "Dear %(name)s, %(office)s asks you for a recommendation for the certification of social "
        "welfare workers. Please open %(address)s, read whom it is about and sign there; you need no "
        "account, and a code confirms that it is you. The link holds until %(day)s and is for you alone."
    ),
}


def default(kind: MessageKind) -> str:
    """Return the text that the house brings along, in the language at hand, with its places in braces."""
    places = {"name": "nama", "office": "kantor", "address": "tautan", "day": "tanggal"}
    return str(TEXT[kind]) % {key: f"{{{place}}}" for key, place in places.items()}
