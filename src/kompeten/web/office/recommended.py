"""What was signed about an applicant by link, as whoever reviews the file reads it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kompeten.applications import queries
from kompeten.applications.labels import CAPACITY, CONFIRMED, SENTENCE
from kompeten.applications.terms.application import DocumentRow
from kompeten.applications.terms.recommending import Confirmed, Signed
from kompeten.schemes.terms import Recommender
from kompeten.web.ui.shapes import Fact, Tone

CODES = frozenset(queries.document_of(kind) for kind in Recommender)


@dataclass(frozen=True, slots=True)
class Told:
    """One signed letter in words: what it says, its facts, and how sure it is who signed."""

    word: Any
    tone: Tone
    sentence: Any
    facts: tuple[Fact, ...]


def of(code: str, signed: Iterable[Signed]) -> tuple[Told, ...]:
    """Return what was signed for one document, the newest first; nothing for other documents."""
    return tuple(_told(one) for one in signed if queries.document_of(one.kind) == code)


def is_scan_only(row: DocumentRow) -> bool:
    """Say whether a recommendation is there as a scan that nobody has signed by link."""
    return row.code in CODES and bool(row.sha256) and not row.signed


def _told(one: Signed) -> Told:
    sure = one.confirmed is Confirmed.MAIL_CODE
    if not one.recommends:
        word, tone = _("Answered without a recommendation"), Tone.WAIT
    elif sure:
        word, tone = _("Signed by link"), Tone.GOOD
    else:
        word, tone = _("Signed by link, code told by phone"), Tone.INFO
    return Told(
        word=word,
        tone=tone,
        sentence=SENTENCE[one.kind, one.sentence] if one.recommends else "",
        facts=tuple(fact for fact in _facts(one) if fact.value),
    )


def _facts(one: Signed) -> tuple[Fact, ...]:
    dated, since = date_format(one.dated_on, "DATE_FORMAT"), date_format(one.known_since)
    signed_at = date_format(localtime(one.signed_at), "DATETIME_FORMAT")
    return (
        Fact(_("Letter"), f"{one.number}, {dated}"),
        Fact(_("Signed by"), f"{one.name}, {one.post}", one.office),
        Fact(_("Knows the applicant"), CAPACITY[one.capacity], _("since %(day)s") % {"day": since}),
        Fact(_("In their own words"), one.words),
        Fact(_("Signed on"), signed_at, CONFIRMED[one.confirmed]),
        Fact(_("Asked at"), one.asked),
    )
