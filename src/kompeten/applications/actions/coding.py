"""How does a code reach somebody who was asked to recommend, and how often may they type it?"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from kompeten.applications import queries
from kompeten.applications.chart import REFEREE
from kompeten.applications.models import Referee
from kompeten.applications.queries.recommending import LETTER_COLUMN
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.recommending import Coding, Letter, RefereeState
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.canonical import plain
from kompeten.kernel.roles import Role

BY_LINK = Actor(None, frozenset({Role.REFEREE}), label="referee")
AGAIN = timedelta(seconds=50)  # so soon nobody gets a second mail


def write(referee: Referee, letter: Letter, *, at: datetime) -> None:
    """Keep what the referee has written, sealed, until they sign it; mail the code where there is an address.

    Where they were asked by phone, whoever asked tells the code, which stays the same.

    :raises StepRefused: `letter.*`; `recommendation.too_many_codes`, `.address_codes`, `.own_account`
    """
    asked = {r.application.ref: r for r in queries.asked_of(referee)}
    about = tuple(ref for ref in letter.about if ref in asked)
    reasons = list(rules.letter_reasons(letter, on=rules.latest_day(at)))
    if about != letter.about:
        reasons.append("letter.about_others")
    if letter.account_person in {r.application.person_id for r in asked.values()}:
        reasons.append("recommendation.own_account")
    by_mail = bool(queries.signatory(referee).email)
    if by_mail:
        reasons += _too_many_codes(referee, at=at)
    if reasons:
        raise StepRefused(*reasons, step="code")
    sealed = privacy.seal(json.dumps(plain(letter)), column=LETTER_COLUMN, row=referee.ref)
    _code(referee, by_mail=by_mail, at=at, letter_sealed=sealed)


def send_code_again(referee: Referee, *, at: datetime) -> bool:
    """Mail another code; return whether one is on its way: not within a minute of the last one.

    :raises StepRefused: `recommendation.too_many_codes`; `recommendation.address_codes`
    """
    if not queries.signatory(referee).email or not bytes(referee.letter_sealed):
        return False
    if referee.coded_at is not None and at < referee.coded_at + AGAIN:
        return False
    if reasons := _too_many_codes(referee, at=at):
        raise StepRefused(*reasons, step="code")
    _code(referee, by_mail=True, at=at)
    return True


def count(referee: Referee) -> bool:
    """Count a try; return whether the link still bore it."""
    rows = Referee.objects.filter(pk=referee.pk, state=RefereeState.OPEN.value)
    return bool(rows.filter(tries__lt=rules.MOST_TRIES).update(tries=F("tries") + 1))


def take_off(referee: Referee) -> None:
    """Count a right code as no try."""
    Referee.objects.filter(pk=referee.pk, tries__gt=0).update(tries=F("tries") - 1)


def lock_if_last(referee: Referee, *, at: datetime) -> bool:
    """Close the link after its last try; return whether it is closed."""
    rows = Referee.objects.filter(pk=referee.pk, state=RefereeState.OPEN.value)
    found = rows.filter(tries__gte=rules.MOST_TRIES).first()
    if found is None:
        return not rows.exists()
    also = {"letter_sealed": b"", "mail_due_at": None}
    ledger.take(REFEREE, "lock", found, by=SYSTEM, at=at, also=also)
    return True


def _too_many_codes(referee: Referee, *, at: datetime) -> tuple[str, ...]:
    """Return why no more codes are mailed: by this link, or to this address today."""
    if referee.codes >= rules.MOST_CODES:
        return ("recommendation.too_many_codes",)
    if queries.codes_today(referee, at=at) >= rules.MOST_CODES_A_DAY:
        return ("recommendation.address_codes",)
    return ()


def _code(referee: Referee, *, by_mail: bool, at: datetime, **also: bytes) -> None:
    number = referee.codes + 1
    columns: dict[str, Any] = {"codes": number, "coded_at": at, **also}
    if by_mail:
        columns |= {"mail_due_at": at, "mail_refused_at": None}
    ledger.take(REFEREE, "code", referee, by=BY_LINK, at=at, facts=Coding(number), also=columns)
