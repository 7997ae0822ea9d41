"""How does a code reach somebody who was asked to recommend, and how often may they type it?"""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from kompeten.applications import queries
from kompeten.applications.chart import REFEREE
from kompeten.applications.models import Referee
from kompeten.applications.queries.recommending import LETTER_COLUMN
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.recommending import CodeRefused, Coding, Letter, RefereeState
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.canonical import plain
from kompeten.kernel.roles import Role

BY_LINK = Actor(None, frozenset({Role.REFEREE}), label="referee")


def write(referee: Referee, letter: Letter, *, at: datetime) -> bool:
    """Keep what the referee has written, sealed, until they sign it; return whether a code is mailed.

    None is within a minute of the last one, nor while that one still holds and no more may go out: it
    signs what is written now. Where they were asked by phone, whoever asked tells the code, always the same.

    :raises StepRefused: `letter.*`; `recommendation.too_many_codes`, `.address_codes`, `.own_account`
    """
    asked = {r.application.ref: r for r in queries.asked_of(referee)}
    about = tuple(ref for ref in letter.about if ref in asked)
    reasons = list(rules.letter_reasons(letter, on=rules.latest_day(at)))
    if about != letter.about:
        reasons.append("letter.about_others")
    if letter.account_person in {r.application.person_id for r in asked.values()}:
        reasons.append("recommendation.own_account")
    if reasons:
        raise StepRefused(*reasons, step="code")
    sealed = privacy.seal(json.dumps(plain(letter)), column=LETTER_COLUMN, row=referee.ref)
    if queries.signatory(referee).email:
        return _mail(referee, at=at, letter=sealed)
    _code(referee, {"letter_sealed": sealed}, at=at)
    return False


def send_code_again(referee: Referee, *, at: datetime) -> bool:
    """Mail another code; return whether one is on its way: not within a minute of the last one.

    :raises StepRefused: `recommendation.too_many_codes`; `recommendation.address_codes`
    """
    if not queries.signatory(referee).email or not bytes(referee.letter_sealed):
        return False
    return _mail(referee, at=at)


def check(referee: Referee, typed: str, expected: str, *, at: datetime) -> None:
    """Compare what was typed with the code, of one link one after the other.

    A wrong one is counted before the next is compared: of a hundred typed at once only five are. SQLite
    has one writer at a time, so there nothing is locked.

    :raises CodeRefused: it is not the code, and the last one closes the link; or the link was closed so
    :raises StaleRecord: the link was answered or taken back at this moment
    """
    with transaction.atomic():
        held = Referee.objects.select_for_update().get(pk=referee.pk)
        if held.state not in (RefereeState.OPEN, RefereeState.LOCKED):
            raise StaleRecord(f"referee {held.pk} is no longer open")
        is_locked = held.state == RefereeState.LOCKED
        bears_one = not is_locked and held.tries < rules.MOST_TRIES
        if bears_one and rules.fits(typed, expected):
            return
        is_locked = is_locked or _count(held, at=at)
    raise CodeRefused(is_locked=is_locked)


def _count(held: Referee, *, at: datetime) -> bool:
    """Count a wrong code; return whether it was the last one, which closes the link."""
    tries = held.tries + 1
    if tries < rules.MOST_TRIES:
        Referee.objects.filter(pk=held.pk).update(tries=tries)
        return False
    also = {"tries": tries, "letter_sealed": b"", "mail_due_at": None}
    ledger.take(REFEREE, "lock", held, by=SYSTEM, at=at, also=also)
    return True


def _mail(referee: Referee, *, at: datetime, letter: bytes = b"") -> bool:
    """Mail another code, with what was written if anything was; return False where the last one stays.

    The codes to one address are counted one link after the other, so that two who ask at once for the
    last one of a day do not both get it.
    """
    also: dict[str, Any] = {"letter_sealed": letter} if letter else {}
    with transaction.atomic():
        _one_by_one(referee, at=at)
        referee.refresh_from_db(fields=["codes", "codes_signed", "coded_at"])
        if rules.is_new(referee.coded_at, at=at):
            _keep(referee, also)
            return False
        if reasons := _too_many_codes(referee, at=at):
            if not letter or not rules.holds(referee.coded_at, at=at):
                raise StepRefused(*reasons, step="code")
            _keep(referee, also)
            return False
        _code(referee, also | {"mail_due_at": at, "mail_refused_at": None}, at=at)
    return True


def _one_by_one(referee: Referee, *, at: datetime) -> None:
    """Let other links to the same address wait until the caller's transaction ends.

    SQLite has one writer at a time, so there nothing is locked.
    """
    rows = Referee.objects.filter(address_index=bytes(referee.address_index), ends_at__gt=at)
    waiting = rows.filter(state=RefereeState.OPEN.value).order_by("pk")
    list(waiting.select_for_update().values_list("pk", flat=True))


def _too_many_codes(referee: Referee, *, at: datetime) -> tuple[str, ...]:
    """Return why no more codes are mailed: by this link, or to this address today.

    Those up to the last signature do not count: who signed wanted theirs.
    """
    if referee.codes - referee.codes_signed >= rules.MOST_CODES:
        return ("recommendation.too_many_codes",)
    to_address, of_asker = queries.codes_today(referee, at=at)
    if to_address >= rules.MOST_CODES_A_DAY or of_asker >= rules.MOST_CODES_OF_ASKER:
        return ("recommendation.address_codes",)
    return ()


def _keep(referee: Referee, also: dict[str, Any]) -> None:
    """Put in what was written, while the code stays the one that went out.

    :raises StaleRecord: the link was closed or taken back at this moment
    """
    rows = Referee.objects.filter(pk=referee.pk, state=RefereeState.OPEN.value)
    if also and not rows.update(**also):
        raise StaleRecord(f"referee {referee.pk} is no longer open")
    for name, value in also.items():
        setattr(referee, name, value)


def _code(referee: Referee, also: dict[str, Any], *, at: datetime) -> None:
    number = referee.codes + 1
    columns = {"codes": number, "coded_at": at, **also}
    ledger.take(REFEREE, "code", referee, by=BY_LINK, at=at, facts=Coding(number), also=columns)
