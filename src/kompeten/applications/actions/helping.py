"""How does one lend another a hand and a device? The person shows who they are, and it ends with them."""

import random
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.chart import HELP
from kompeten.applications.models import Application, Help
from kompeten.applications.rules import helping
from kompeten.applications.terms.helping import (
    HELP_VERSION,
    Begun,
    Ended,
    HelpEnd,
    Helping,
    HelpState,
    Shown,
)
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.people import queries as people
from kompeten.people.terms import ConsentWay

BATCH = 200


def begin_help(
    application: Application,
    shown: Shown,
    *,
    version: str,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Help | None:
    """Begin to help the person who shows that it is they and has agreed; None: what they show is wrong.

    A helper has one person at a time: whoever they helped before is done with. Too many wrong
    answers about a person keep everybody from asking for a day, too many of a helper keep the helper.

    :raises StepRefused: `role.not_held`: not one that `by` may help; `help.known`; `help.locked`;
        `help.tries`; `help.taken`: somebody else helps them now; `consent.outdated`
    :raises StaleRecord: somebody begins at this moment
    """
    _permit(application, version, by=by, at=at)
    held = _asked(application, by=by, at=at, rng=rng)
    # Counted for good before it is compared: of a hundred asked at once only five are.
    _count(held, at=at)
    about, of_helper = queries.help_tries(application, by, at=at)
    if about > helping.MOST_TRIES:
        _lock(held, application, at=at)
        raise StepRefused("help.locked", step="begin")
    if of_helper > helping.MOST_OF_HELPER:
        raise StepRefused("help.tries", step="begin")
    way = _way(application, shown, at=at)
    if way is None:
        if about >= helping.MOST_TRIES and not _lock(held, application, at=at):
            raise StepRefused("help.locked", step="begin")
        return None
    _forgive(application, by.account)
    try:
        with transaction.atomic():
            _make_room(application, by=by, at=at)
            facts = Begun(way.value, version)
            also = {"begun_at": at, "seen_at": at}
            ledger.take(HELP, "begin", held, by=by, at=at, facts=facts, also=also)
            _tie(application, by=by, at=at)
    except IntegrityError as clash:
        raise StaleRecord(f"application {application.pk} is being helped") from clash
    return held


def prove_helped(held: Help, shown: Shown, *, at: datetime) -> ConsentWay | None:
    """Return by what the person shows once more that it is they, who agree now; wrong answers count.

    The last one ends the helping.
    """
    tries = _count(held, at=at)
    way = _way(held.application, shown, at=at) if tries <= helping.MOST_TRIES else None
    if way is not None:
        _forgive(held.application, held.helper_id)
    elif tries >= helping.MOST_TRIES:
        end_help(held, why=HelpEnd.TRIES, by=SYSTEM, at=at)
    return way


def end_help(held: Help, *, why: HelpEnd, by: Actor, at: datetime) -> None:
    """End a helping; what is ended already stays so."""
    try:
        ledger.take(HELP, "end", held, by=by, at=at, facts=Ended(why), also={"ended_at": at})
    except StaleRecord:  # another device or the clock was first
        held.refresh_from_db()


def touch_help(held: Help, *, at: datetime) -> None:
    """Note that the device is in use; written once a minute at most."""
    if held.seen_at is not None and at - held.seen_at >= helping.SEEN_EVERY:
        Help.objects.filter(pk=held.pk, state=HelpState.OPEN.value).update(seen_at=at)


def end_idle_helps(*, at: datetime) -> int:
    """End up to 200 helpings at whose device nobody did anything for too long."""
    rows = list(queries.idle_helps(at=at).order_by("id")[:BATCH])
    with transaction.atomic():
        ledger.claim(rows)
        # Whoever touched the device a moment ago goes on.
        over = list(queries.idle_helps(at=at).filter(pk__in=[row.pk for row in rows]))
        facts = Ended(HelpEnd.IDLE)
        ended = {"ended_at": at}
        ledger.take_many(HELP, "end", over, by=SYSTEM, at=at, facts=lambda _: facts, also=ended)
    return len(over)


def _permit(application: Application, version: str, *, by: Actor, at: datetime) -> None:
    if queries.to_help(application.ref, by) is None:
        raise StepRefused("role.not_held", step="begin")
    if queries.must_log_in(application, by):
        raise StepRefused("help.known", step="begin")
    if version != HELP_VERSION:
        raise StepRefused("consent.outdated", step="begin")
    about, of_helper = queries.help_tries(application, by, at=at)
    if about >= helping.MOST_TRIES:
        raise StepRefused("help.locked", step="begin")
    if of_helper >= helping.MOST_OF_HELPER:
        raise StepRefused("help.tries", step="begin")


def _way(application: Application, shown: Shown, *, at: datetime) -> ConsentWay | None:
    return helping.proof(
        shown,
        codes=queries.help_codes(application),
        nik=people.nik_of(application.person_id),
        birth_on=application.person.birth_on,
        on=timezone.localdate(at),
    )


def _asked(application: Application, *, by: Actor, at: datetime, rng: random.Random) -> Help:
    """Return the row on which this helper's tries for this person are counted."""
    waiting = Help.objects.filter(
        application=application, helper_id=by.account, state=HelpState.ASKED.value
    )
    if (found := waiting.first()) is not None:
        return found
    held = Help(ref=refs.new(rng), application=application, helper_id=by.account)
    try:
        with transaction.atomic():
            ledger.enter(HELP, held, by=by, at=at, facts=Helping(application.ref))
    except IntegrityError:  # the second click of a double one
        return waiting.get()
    return held


def _count(held: Help, *, at: datetime) -> int:
    """Count a try and return how many there are on this row, of the day that began with the first one."""
    rows = Help.objects.filter(pk=held.pk)
    of_today = Q(tried_at__gt=at - helping.LOCKED_FOR)
    rows.update(
        tries=Case(When(of_today, then=F("tries") + 1), default=Value(1)),
        tried_at=Case(When(of_today, then=F("tried_at")), default=Value(at)),
    )
    return int(rows.values_list("tries", flat=True)[0])


def _forgive(application: Application, helper_id: int) -> None:
    """Count neither a right answer nor what this helper's person had mistaken before it, at whatever helping.

    They have shown who they are. The next mistake begins a day of its own.
    """
    theirs = Help.objects.filter(helper_id=helper_id, tries__gt=0)
    about = theirs.filter(application__person_id=application.person_id)
    about.update(tries=0, tried_at=None)


def _lock(held: Help, application: Application, *, at: datetime) -> bool:
    """Let nobody begin for a day; return False where another answer has closed it already.

    :raises StaleRecord: the helping has begun at this moment
    """
    locked = queries.locked_helps(application, at=at)
    if locked.exists():
        return False
    try:
        ledger.take(HELP, "lock", held, by=SYSTEM, at=at, also={"ended_at": at})
    except StaleRecord:
        if not locked.exists():
            raise
        return False
    return True


def _make_room(application: Application, *, by: Actor, at: datetime) -> None:
    """End whom the helper helped before, and what of this person's is over; refuse while it is not."""
    for mine in Help.objects.filter(helper_id=by.account, state=HelpState.OPEN.value):
        end_help(mine, why=HelpEnd.NEXT, by=by, at=at)
    other = Help.objects.filter(application=application, state=HelpState.OPEN.value).first()
    if other is None or other.seen_at is None:
        return
    if not helping.is_over(other.seen_at, at=at, idle=queries.idle()):
        raise StepRefused("help.taken", step="begin")
    end_help(other, why=HelpEnd.IDLE, by=SYSTEM, at=at)


def _tie(application: Application, *, by: Actor, at: datetime) -> None:
    """Let whoever helped to fill in be known as one who filed: they neither examine nor decide."""
    if by.person_id is not None:
        pairs, since = [(by.person_id, application.person_id)], timezone.localdate(at)
        impartiality.tie_many(TieKind.FILED, pairs, since=since, source=application.ref)
