"""How are notices written, sent and read?"""

import random
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation

from kompeten.applications.actions import keep_status_codes
from kompeten.applications.queries import status_code
from kompeten.foundation import ledger
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.notices import labels, queries, rules
from kompeten.notices.adapters.post import round_of_post
from kompeten.notices.chart import DELIVERY
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.ports import Post, PostOffice, Refused, Unavailable
from kompeten.notices.terms import Channel, Failure, GivingUp, Letter, Mail, Posted, Queued
from kompeten.people import queries as people

LANGUAGE = "id"
ROUND = 50


def write(letters: Sequence[Letter], *, at: datetime, rng: random.Random) -> int:
    """Write notices, and put those whose person has an address in the post; return how many are new.

    A notice that was written for the same event and person is left as it is, so that reading the
    feed again writes nothing twice. Seven queries for up to 150 letters.
    """
    with transaction.atomic():
        fresh = _unwritten(letters)
        with translation.override(LANGUAGE):
            notices = [_notice(letter, at=at, rng=rng) for letter in fresh]
        Notice.objects.bulk_create(notices, batch_size=500)
        told_of = {str(x.values["application"]) for x in fresh if "application" in x.values}
        keep_status_codes(told_of, at=at)
        reached = people.mail_addresses(n.person_id for n in notices)
        posted = [
            Delivery(notice=n, channel=Channel.MAIL, next_try_at=at)
            for n in notices
            if n.person_id in reached
        ]
        ledger.enter_many(DELIVERY, posted, by=SYSTEM, at=at, facts=_queued)
    return len(notices)


def mark_read(person: Actor, refs: Iterable[str], *, at: datetime) -> int:
    """Note that the person has read these of their own notices; return how many were unread."""
    held = queries.of(person).filter(ref__in=list(refs), read_at__isnull=True)
    return held.order_by().update(read_at=at)


def mark_all_read(person: Actor, *, at: datetime) -> int:
    """Note that the person has read all their notices; return how many were unread."""
    return queries.of(person).filter(read_at__isnull=True).order_by().update(read_at=at)


def post(*, at: datetime, office: PostOffice = round_of_post) -> Posted:
    """Send what is due, at most 50: each is noted as sent, as failed with its next try, or given up.

    A mail is never lost: it is noted as sent only after the server took it. Should the worker die
    between the two, it goes out again under the same key, by which receivers know it.
    """
    # 1. Take letters in hand: others do not see them until the lease ends.
    held = _lease(at=at)
    if not held:
        return Posted()
    # 2. Hand them over, outside of any transaction: a slow server must not hold up the house.
    outcomes = _hand_over(held, office)
    # 3. Note what became of each.
    with transaction.atomic():
        sent = [d for d in held if outcomes[d.pk] is None]
        ledger.take_many(DELIVERY, "send", sent, by=SYSTEM, at=at, also={"sent_at": at})
        refused = [d for d in held if isinstance(outcomes[d.pk], Refused)]
        ledger.take_many(
            DELIVERY,
            "give_up",
            refused,
            by=SYSTEM,
            at=at,
            facts=lambda d: _given_up(outcomes[d.pk]),
        )
        failed = [d for d in held if isinstance(outcomes[d.pk], Unavailable)]
        for delivery in failed:
            _note_failure(delivery, str(outcomes[delivery.pk]), at=at)
    return Posted(sent=len(sent), given_up=len(refused), failed=len(failed))


def _unwritten(letters: Sequence[Letter]) -> list[Letter]:
    events = {letter.event_id for letter in letters}
    rows = Notice.objects.filter(event_id__in=events)
    written = set(rows.values_list("event_id", "person_id"))
    return [letter for letter in letters if (letter.event_id, letter.person_id) not in written]


def _notice(letter: Letter, *, at: datetime, rng: random.Random) -> Notice:
    subject, body = labels.render(letter.kind, letter.values)
    return Notice(
        ref=refs.new(rng),
        event_id=letter.event_id,
        kind=letter.kind,
        person_id=letter.person_id,
        subject=subject[:200],
        body=body,
        target=letter.target,
        target_ref=letter.target_ref,
        written_at=at,
    )


def _queued(delivery: Delivery) -> Queued:
    return Queued(delivery.notice.ref, Channel.MAIL)


def _lease(*, at: datetime) -> list[Delivery]:
    with transaction.atomic():
        waiting = queries.due(at=at).select_for_update(skip_locked=True, of=("self",))
        held = list(waiting.select_related("notice")[:ROUND])
        keys = [delivery.pk for delivery in held]
        Delivery.objects.filter(pk__in=keys).update(next_try_at=at + rules.LEASE)
    return held


def _hand_over(
    held: Sequence[Delivery], office: PostOffice
) -> dict[int, Refused | Unavailable | None]:
    """Return by delivery what stood in the way; None where the server took the mail."""
    persons = {delivery.notice.person_id for delivery in held}
    told_of = queries.applications_told_of([delivery.notice for delivery in held])
    addresses, rows = people.mail_addresses(persons), people.persons(persons)
    outcomes: dict[int, Refused | Unavailable | None] = {}
    with ExitStack() as stack:
        try:
            round_ = stack.enter_context(office())
        except Unavailable as closed:
            return {delivery.pk: closed for delivery in held}
        for delivery in held:
            notice = delivery.notice
            to = addresses.get(notice.person_id, "")
            name = rows[notice.person_id].full_name
            code = _code(told_of.get(notice.event_id))
            outcomes[delivery.pk] = _deliver(round_, notice, to=to, name=name, code=code)
    return outcomes


def _code(application_ref: str | None) -> str:
    return status_code(application_ref) if application_ref else ""


def _deliver(
    round_: Post, notice: Notice, *, to: str, name: str, code: str
) -> Refused | Unavailable | None:
    if not to:
        return Refused("mail.no_address")
    with translation.override(LANGUAGE):
        body = labels.frame(
            notice.body,
            name=name,
            site=settings.PUBLIC_URL,
            sender=settings.OPTIONS.body_name,
            code=code,
        )
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    mail = Mail(to=to, subject=notice.subject, body=body, key=f"<{notice.ref}@{host}>")
    try:
        round_.deliver(mail)
    except (Refused, Unavailable) as trouble:
        return trouble
    return None


def _given_up(trouble: Refused | Unavailable | None) -> GivingUp:
    return GivingUp(str(trouble))


def _note_failure(delivery: Delivery, trouble: str, *, at: datetime) -> None:
    attempt = delivery.attempts + 1
    next_try_at = rules.next_try(at, failed=attempt)
    facts = Failure(attempt=attempt, trouble=trouble, next_try_at=next_try_at)
    also = {"attempts": attempt, "next_try_at": next_try_at}
    ledger.take(DELIVERY, "fail", delivery, by=SYSTEM, at=at, facts=facts, also=also)
