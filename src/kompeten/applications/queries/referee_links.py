"""Where does the link of somebody who is asked to recommend lead, and which codes and mails belong to it?"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from kompeten.applications.models import Referee
from kompeten.applications.queries.inviting import TOKEN_LENGTH, token_digest
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.recommending import RecommendationState, RefereeState
from kompeten.foundation import ledger, privacy
from kompeten.kernel import refs

LINK_COLUMN = "applications.referee.token"
TOLD_COLUMN = "applications.referee.told_code"
MAILED_COLUMN = "applications.referee.mailed_code"
ADDRESS_COLUMN = "applications.referee.address"


def referee_token(ref: str) -> str:
    """Return the token in the address of a referee's link: 80 bits, computed with the privacy key."""
    drawn = privacy.blind_index(ref, column=LINK_COLUMN)[:TOKEN_LENGTH]
    return "".join(refs.ALPHABET[byte % 32] for byte in drawn)


def told_code(ref: str) -> str:
    """Return the six digits that whoever asks tells the referee by phone."""
    return _digits(ref, column=TOLD_COLUMN)


def mailed_code(referee: Referee) -> str:
    """Return the six digits that are mailed to the referee: others each time they ask."""
    return _digits(f"{referee.ref}/{referee.codes}", column=MAILED_COLUMN)


def _digits(text: str, *, column: str) -> str:
    drawn = int.from_bytes(privacy.blind_index(text, column=column)[:8])
    return f"{drawn % 10**rules.CODE_DIGITS:0{rules.CODE_DIGITS}d}"


def address_index(address: str) -> bytes:
    """Return by what an address is found again, however it was written."""
    return privacy.blind_index(rules.plain_address(address), column=ADDRESS_COLUMN)


def referee_by_link(token: str, *, at: datetime) -> Referee | None:
    """Return the referee whom the address with this token leads to, or None. One query.

    One that is used up, locked, over, or about nobody any more looks like one that never was.
    """
    rows = Referee.objects.filter(state=RefereeState.OPEN.value, ends_at__gt=at)
    asked = Q(
        recommendations__state=RecommendationState.ASKED.value,
        recommendations__application__state__in=[s.value for s in rules.TAKES],
    )
    return rows.filter(asked, token_sha256=token_digest(token)).distinct().first()


def codes_due(*, at: datetime) -> QuerySet[Referee]:
    """Return the referees to whom a code is to be mailed now, the longest waiting first."""
    due = Referee.objects.filter(state=RefereeState.OPEN.value, mail_due_at__lte=at)
    return due.order_by("mail_due_at", "id")


def over_recommending(*, at: datetime) -> QuerySet[Referee]:
    """Return the links whose time is over and which still wait for an answer."""
    waiting = (RefereeState.OPEN.value, RefereeState.LOCKED.value)
    return Referee.objects.filter(state__in=waiting, ends_at__lte=at)


def links_today(address: str, *, at: datetime) -> int:
    """Return how many links were sent to an address within a day. One query."""
    since = at - timedelta(days=1)
    return Referee.objects.filter(address_index=address_index(address), opened_at__gt=since).count()


def codes_today(referee: Referee, *, at: datetime) -> tuple[int, int]:
    """Return how many codes went to the address of this link, and how many by links of the same asker.

    Those of a day by which nothing was signed yet: who signed wanted theirs. Two queries.
    """
    since = at - timedelta(days=1)
    rows = Referee.objects.filter(address_index=bytes(referee.address_index), coded_at__gt=since)
    links = {link.pk: link for link in rows.filter(codes__gt=F("codes_signed"))}
    coded = ledger.happened("referee", after=since).filter(type="referee.coded")
    told = coded.filter(subject_id__in=links).values_list("subject_id", "facts")
    unsigned = [links[key] for key, facts in told if facts["number"] > links[key].codes_signed]
    asker = (referee.organization_id, referee.person_id)
    return len(unsigned), [(r.organization_id, r.person_id) for r in unsigned].count(asker)


def is_answered(referee: Referee, about: Collection[str]) -> bool:
    """Say whether this link has answered for one of these applications, by reference. One query."""
    answers = (RecommendationState.GIVEN.value, RecommendationState.DECLINED.value)
    rows = referee.recommendations.filter(state__in=answers)
    return rows.filter(application__ref__in=about).exists()


def mails() -> bool:
    """Say whether a code that is mailed goes anywhere: without a mail server it is printed on a console."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")
