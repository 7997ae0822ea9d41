"""How does a code reach somebody who was asked to recommend, and how often may they type it?"""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from kompeten.applications import queries
from kompeten.applications.chart import REFEREE
from kompeten.applications.models import Referee
from kompeten.applications.queries.recommending import LETTER_COLUMN
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.recommending import Coding, Letter, RefereeState
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


def count(referee: Referee) -> bool:
    """Count a try; return whether the link still bore it: none that is closed does.

    :raises StepRefused: `recommendation.code_busy`: it is open, but the last try is being compared
    """
    rows = Referee.objects.filter(pk=referee.pk, state=RefereeState.OPEN.value)
    if rows.filter(tries__lt=rules.MOST_TRIES).update(tries=F("tries") + 1):
        return True
    if rows.exists():
        raise StepRefused("recommendation.code_busy", step="give")
    return False


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
    with suppress(StaleRecord):  # another wrong one has closed it at this moment
        ledger.take(REFEREE, "lock", found, by=SYSTEM, at=at, also=also)
    return True


def _mail(referee: Referee, *, at: datetime, letter: bytes = b"") -> bool:
    """Mail another code, with what was written if anything was; return False where the last one stays.

    The codes to one address are counted one link after the other, so that two who ask at once for the
    last one of a day do not both get it.
    """
    also: dict[str, Any] = {"letter_sealed": letter} if letter else {}
    with transaction.atomic():
        _one_by_one(referee, at=at)
        referee.refresh_from_db(fields=["codes", "coded_at"])
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
    """Return why no more codes are mailed: by this link, or to this address today."""
    if referee.codes >= rules.MOST_CODES:
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
