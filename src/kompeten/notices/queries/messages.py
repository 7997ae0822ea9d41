"""What does a message to a person say today, and what did it say before?"""

from collections.abc import Mapping

from django.utils import translation

from kompeten.notices import rules
from kompeten.notices.labels import messages
from kompeten.notices.models import MessageText
from kompeten.notices.terms import MessageKind, Parts, Placeholder, Wording


def wording(kind: MessageKind, language: str) -> Wording:
    """Return the text in force. One query."""
    rows = MessageText.objects.filter(kind=kind.value, language=language)
    row = rows.order_by("-version").first()
    if row is None:
        with translation.override(language):
            return Wording(kind, language, messages.default(kind), 0)
    return _wording(row)


def wordings(kind: MessageKind, language: str) -> list[Wording]:
    """Return every version that the body has worded, the newest first. One query."""
    rows = MessageText.objects.filter(kind=kind.value, language=language)
    return [_wording(row) for row in rows.order_by("-version")]


def message(kind: MessageKind, language: str, values: Mapping[Placeholder, str]) -> str:
    """Return a message ready to be sent. One query."""
    return rules.filled(wording(kind, language).text, values)


def flaws(text: str, kind: MessageKind) -> tuple[str, ...]:
    """Return why a text may not be sent as a message of this kind, as codes."""
    return rules.flaws(text, kind)


def sample(text: str, *, link: str) -> str:
    """Return how a text without flaws reads to an example person."""
    return rules.filled(text, messages.EXAMPLE | {Placeholder.LINK: link})


def sms_parts(text: str) -> Parts:
    """Return what a text costs as SMS."""
    return rules.sms_parts(text)


def _wording(row: MessageText) -> Wording:
    kind = MessageKind(row.kind)
    return Wording(kind, row.language, row.text, row.version, row.written_at, row.account_id)
