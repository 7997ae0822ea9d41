"""Who may be asked to recommend, what a letter has to say, and which code shows that they signed?

Source: TKS22 (professional association or workplace recommends); PANTEK annex 3.
"""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from hmac import compare_digest
from zoneinfo import ZoneInfo

from kompeten.applications.terms.application import State
from kompeten.applications.terms.recommending import Letter, Signatory
from kompeten.schemes.terms import DocumentRules, Recommender

EAST = ZoneInfo("Asia/Jayapura")
MOST_TRIES = 5
CODE_DIGITS = 6
CODE_HOLDS = timedelta(minutes=30)
AGAIN = timedelta(seconds=50)  # so soon nobody gets a second mail
MOST_CODES = 8  # mails that one link sends; the address is not theirs who ask for them
MOST_ASKED = 6  # times that somebody is asked about one application, for one kind
MOST_AT_ONCE = 200  # people in one link
MOST_A_DAY = 20  # links to one address
# Mails with a code to one address in a day, by links that are not used up: who signed wanted theirs.
MOST_CODES_A_DAY = 24
MOST_CODES_OF_ASKER = MOST_CODES_A_DAY // 3  # by links of one person or office who asks
OLDEST = timedelta(days=366)  # a letter that is older says nothing of today
# What is handed in and not yet answered may still be recommended: the verifier sees it come.
TAKES = (State.DRAFT, State.RETURNED, State.SUBMITTED)
WRITABLE = (State.DRAFT, State.RETURNED)
# The requirement that a recommendation meets, in the shared catalogue of documents.
DOCUMENT = {
    Recommender.PROFESSION: "recommendation_profession",
    Recommender.WORKPLACE: "recommendation_workplace",
}
KIND = {code: kind for kind, code in DOCUMENT.items()}


def kinds_asked(rules: DocumentRules) -> tuple[Recommender, ...]:
    """Return whose recommendation a route takes, in the order of its documents."""
    return tuple(KIND[code] for code in rules.codes if code in KIND)


def latest_day(at: datetime) -> date:
    """Return the day it is at `at` where it is latest in the country: a letter may be dated there.

    >>> latest_day(datetime.fromisoformat("2026-03-02T22:30+07:00"))
    datetime.date(2026, 3, 3)
    """
    return at.astimezone(EAST).date()


def signatory_reasons(signatory: Signatory, *, own: Collection[str]) -> tuple[str, ...]:
    """Return why somebody cannot be asked; `own` are the addresses of those whom it is about.

    >>> ani = Signatory(name="Ani", post="Kepala", office="Dinas", email="Ani@contoh.example")
    >>> signatory_reasons(ani, own={"ani@contoh.example"})
    ('recommendation.own_address',)
    """
    if not signatory.address:
        return ("recommendation.no_address",)
    theirs = {plain_address(address) for address in own if address}
    addresses = {plain_address(a) for a in (signatory.email, signatory.phone) if a}
    return () if theirs.isdisjoint(addresses) else ("recommendation.own_address",)


def plain_address(address: str) -> str:
    """Return an address as two ways of writing it are the same.

    >>> plain_address(" Ani@Contoh.example"), plain_address("0812-3456 789")
    ('ani@contoh.example', '628123456789')
    """
    bare = address.strip().lower()
    if "@" in bare:
        return bare
    digits = re.sub(r"\D", "", bare)
    return f"62{digits[1:]}" if digits.startswith("0") else digits


def letter_reasons(letter: Letter, *, on: date) -> tuple[str, ...]:
    """Return what bars signing a letter on the day `on`.

    A letter that cannot recommend has to say why; who signs a letter has known the person before.
    """
    reasons = []
    if letter.dated_on > on:
        reasons.append("letter.to_come")
    if letter.dated_on < on - OLDEST:
        reasons.append("letter.old")
    if letter.known_since > min(on, letter.dated_on):
        reasons.append("letter.known_later")
    if not letter.recommends and not letter.words.strip():
        reasons.append("letter.why_missing")
    if not letter.about:
        reasons.append("letter.about_nobody")
    return tuple(reasons)


def fits(said: str, code: str) -> bool:
    """Say whether somebody typed the code, with whatever between its digits.

    >>> fits("481 920", "481920"), fits("481921", "481920")
    (True, False)
    """
    return compare_digest(re.sub(r"[\s.-]", "", said).encode(), code.encode())


def holds(coded_at: datetime | None, *, at: datetime) -> bool:
    """Say whether a code that was mailed may still be typed."""
    return coded_at is not None and at < coded_at + CODE_HOLDS


def is_new(coded_at: datetime | None, *, at: datetime) -> bool:
    """Say whether the last code is so new that no other one goes out.

    >>> noon = datetime(2026, 3, 2, 12)
    >>> [is_new(noon, at=noon + timedelta(seconds=s)) for s in (49, 50)]
    [True, False]
    """
    return coded_at is not None and at < coded_at + AGAIN
