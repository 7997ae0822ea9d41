"""How does an office say that it wants to hear, of whom, and that it has heard enough?"""

import random
from base64 import b64encode
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.certificates import queries as certificates
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.notices import queries, rules
from kompeten.notices.chart import OFFICES, PING, WATCH
from kompeten.notices.models import Ping, Watch, Watched
from kompeten.notices.models.watch import SECRET_COLUMN
from kompeten.notices.rules.webhook import SECRET_BYTES, SECRET_PREFIX
from kompeten.notices.terms import (
    Ending,
    GivingUp,
    PingState,
    WatchChannel,
    Watching,
    WatchState,
)

MOST_WEBHOOKS = 5  # of one office: one for each of its systems, and one to try things out
MOST_ADDED = 2000


def watch_by_mail(organization_id: int, *, by: Actor, at: datetime, rng: random.Random) -> Watch:
    """Let the person hear by mail, for this office, what becomes of the certificates it watches.

    :raises StepRefused: `role.not_held`; `watch.not_yours`; `watch.no_person`; `watch.known`
    """
    _judge(organization_id, by)
    if by.person_id is None:
        raise StepRefused("watch.no_person", step="open")
    watch = Watch(person_id=by.person_id)
    return _opened(watch, organization_id, WatchChannel.MAIL, by=by, at=at, rng=rng)


def watch_by_webhook(
    organization_id: int, *, url: str, by: Actor, at: datetime, rng: random.Random
) -> tuple[Watch, str]:
    """Let a system of the office hear; return the watch and its secret, which is shown this once.

    :raises StepRefused: `role.not_held`; `watch.not_yours`; `watch.known`; `watch.too_many`; or why
        the address is none (`webhook.*`)
    """
    _judge(organization_id, by)
    if flaws := rules.url_flaws(url):
        raise StepRefused(*flaws, step="open")
    held = queries.active(organization_id).filter(channel=WatchChannel.WEBHOOK)
    if held.count() >= MOST_WEBHOOKS:
        raise StepRefused("watch.too_many", step="open")
    secret = SECRET_PREFIX + b64encode(rng.randbytes(SECRET_BYTES)).decode()
    watch = Watch(url=url, ref=refs.new(rng))
    watch.secret_sealed = privacy.seal(secret, column=SECRET_COLUMN, row=watch.ref)
    channel = WatchChannel.WEBHOOK
    return _opened(watch, organization_id, channel, by=by, at=at, rng=rng), secret


def end_watch(watch: Watch, *, reason: str = "watch.by_hand", by: Actor, at: datetime) -> None:
    """Let a watch hear nothing any more; what it has not heard yet is dropped, and says why.

    :raises StepRefused: `role.not_held`; `watch.not_yours`; `step.not_open`: it was ended before
    """
    if by != SYSTEM:
        _judge(watch.organization_id, by)
    with transaction.atomic():
        also = {"ended_at": at, "trouble": "" if reason == "watch.by_hand" else reason}
        ledger.take(WATCH, "end", watch, by=by, at=at, facts=Ending(reason), also=also)
        waiting = list(Ping.objects.filter(watch=watch, state=PingState.QUEUED))
        facts, settled = GivingUp(reason), {"settled_at": at}
        ledger.take_many(
            PING, "drop", waiting, by=SYSTEM, at=at, facts=lambda _: facts, also=settled
        )


def add(organization_id: int, *, number: str, by: Actor, at: datetime) -> Watched:
    """Watch a certificate that did not come through the office, by its number; twice is once.

    :raises StepRefused: `role.not_held`; `watch.not_yours`; `watch.no_number`: the register knows
        none; `watch.too_many_added`
    """
    _judge(organization_id, by)
    found = certificates.by_number(" ".join(number.split()))
    if found is None:
        raise StepRefused("watch.no_number", step="add")
    if Watched.objects.filter(organization_id=organization_id).count() >= MOST_ADDED:
        raise StepRefused("watch.too_many_added", step="add")
    defaults = {"added_by_id": by.account, "added_at": at}
    row, _ = Watched.objects.get_or_create(
        organization_id=organization_id, certificate=found, defaults=defaults
    )
    return row


def remove(certificate_ref: str, *, by: Actor) -> int:
    """Watch a certificate no longer that was added by number; return for how many offices it was."""
    rows = Watched.objects.filter(certificate__ref=certificate_ref)
    return rows.filter(organization_id__in=queries.offices(by)).delete()[0]


def _opened(
    watch: Watch,
    organization_id: int,
    channel: WatchChannel,
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Watch:
    watch.ref = watch.ref or refs.new(rng)
    watch.organization_id, watch.channel = organization_id, channel
    watch.account_id, watch.opened_at, watch.next_try_at = by.account, at, at
    facts = Watching(organization_id, channel)
    try:
        with transaction.atomic():
            ledger.enter(WATCH, watch, by=by, at=at, facts=facts)
    except IntegrityError as error:
        # One of two clicks, or the address is watched already; the constraint says so to both.
        if not _is_known(watch):
            raise
        raise StepRefused("watch.known", step="open") from error
    return watch


def _is_known(watch: Watch) -> bool:
    same = Watch.objects.filter(
        organization_id=watch.organization_id, channel=watch.channel, state=WatchState.ACTIVE
    )
    own = {"url": watch.url} if watch.url else {"account_id": watch.account_id}
    return same.filter(**own).exists()


def _judge(organization_id: int, by: Actor) -> None:
    if not by.may(OFFICES):
        raise StepRefused("role.not_held", step="open")
    if organization_id not in by.organization_ids:
        raise StepRefused("watch.not_yours", step="open")
