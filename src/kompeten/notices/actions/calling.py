"""How do offices hear? One round: a mail or a row of calls for each watch that something waits for."""

import random
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger, privacy
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM
from kompeten.notices import queries, rules
from kompeten.notices.actions.watching import end_watch
from kompeten.notices.adapters.post import round_of_post
from kompeten.notices.adapters.webhook import HttpsCaller
from kompeten.notices.chart import PING, WATCH
from kompeten.notices.models import Ping, Watch
from kompeten.notices.ports import Caller, Gone, Post, PostOffice, Refused, Unavailable
from kompeten.notices.terms import Failure, Mail, Parcel, PingState, Posted, WatchChannel

ROUND = 10  # watches in hand at a time: even where each is slow, a round ends before its lease
CALLS = 100  # messages of one watch in a round
CALLERS = 8
# A receiver that answers slowly hears the rest in the next round.
PATIENCE_SECONDS = 60.0

Trouble = Refused | Unavailable | Gone


@dataclass(slots=True)
class InHand:
    """A watch in this round: what it is to hear, how much of that arrived, and what stood in the way."""

    watch: Watch
    pings: Sequence[Ping]
    arrived: int = 0
    trouble: Trouble | None = None
    ended: str = ""


def call(
    *,
    at: datetime,
    rng: random.Random,
    caller: Caller | None = None,
    office: PostOffice = round_of_post,
) -> Posted:
    """Tell up to 10 watches what waits for them: a mail with all of it, or a call for each in order.

    Nothing is lost: it counts as sent only after the receiver said yes, and what did not arrive is
    tried again, under the same name, with all that came after it waiting behind. Should the worker
    die in between, it goes out again under that name.
    """
    # 1. Take watches in hand: other workers do not see them until the lease ends.
    held = _lease(at=at, rng=rng)
    if not held:
        return Posted()
    # 2. Tell them, outside of any transaction: a slow receiver must not hold up the house.
    _mail([i for i in held if i.watch.channel == WatchChannel.MAIL], office, at=at)
    _call([i for i in held if i.watch.channel == WatchChannel.WEBHOOK], caller or HttpsCaller())
    # 3. Note what arrived, and when the rest is tried again.
    with transaction.atomic():
        return _noted(held, at=at)


def _lease(*, at: datetime, rng: random.Random) -> list[InHand]:
    with transaction.atomic():
        due = queries.due_watches(at=at).select_for_update(skip_locked=True, of=("self",))
        watches = list(due[:ROUND])
        keys = [watch.pk for watch in watches]
        Watch.objects.filter(pk__in=keys).update(next_try_at=at + rules.LEASE)
        return [InHand(watch, _waiting(watch, rng)) for watch in watches]


def _waiting(watch: Watch, rng: random.Random) -> list[Ping]:
    """Return what the watch is to hear in this round; a mail that was begun before holds the same."""
    waiting = queries.waiting_pings(watch)
    if watch.channel == WatchChannel.WEBHOOK:
        return list(waiting[:CALLS])
    if begun := list(waiting.exclude(batch="")):
        return begun
    pings, batch = list(waiting), refs.new(rng)
    Ping.objects.filter(watch=watch, state=PingState.QUEUED, batch="").update(batch=batch)
    for ping in pings:
        ping.batch = batch
    return pings


def _mail(held: Sequence[InHand], office: PostOffice, *, at: datetime) -> None:
    if not held:
        return
    letters = queries.digests([(i.watch, i.pings) for i in held], at=at)
    with ExitStack() as stack:
        try:
            round_ = stack.enter_context(office())
        except Unavailable as closed:
            for in_hand in held:
                in_hand.trouble = closed
            return
        for in_hand in held:
            _deliver(in_hand, letters[in_hand.watch.pk], round_)


def _deliver(in_hand: InHand, letter: Mail | str, round_: Post) -> None:
    if isinstance(letter, str):  # why nobody is to be written to
        in_hand.ended = letter
        return
    try:
        if not letter.to:
            raise Refused("mail.no_address")
        round_.deliver(letter)
    except (Refused, Unavailable) as trouble:
        in_hand.trouble = trouble
    else:
        in_hand.arrived = len(in_hand.pings)


def _call(held: Sequence[InHand], caller: Caller) -> None:
    """Call all webhooks of the round at once, each in its own order; the threads touch no database."""
    ready = [(in_hand, parcel) for in_hand in held if (parcel := _parcel(in_hand)) is not None]
    if not ready:
        return
    with ThreadPoolExecutor(CALLERS) as pool:
        told = pool.map(lambda one: _told(one[1], caller), ready)
        for (in_hand, _), (arrived, trouble) in zip(ready, told, strict=True):
            in_hand.arrived, in_hand.trouble = arrived, trouble


def _parcel(in_hand: InHand) -> Parcel | None:
    """Return what a webhook is to hear; None where its secret does not open, which is its own trouble only."""
    try:
        return queries.parcel(in_hand.watch, in_hand.pings)
    except privacy.SealBroken:
        in_hand.trouble = Unavailable("webhook.secret_lost")
        return None


def _told(parcel: Parcel, caller: Caller) -> tuple[int, Trouble | None]:
    """Return how many messages arrived, and what stood in the way of the next."""
    began = time.monotonic()
    for arrived, (key, body) in enumerate(parcel.messages):
        if time.monotonic() - began > PATIENCE_SECONDS:
            return arrived, None
        try:
            caller(parcel.url, key=key, body=body, secret=parcel.secret)
        except (Unavailable, Gone) as trouble:
            return arrived, trouble
    return len(parcel.messages), None


def _noted(held: Iterable[InHand], *, at: datetime) -> Posted:
    sent = given_up = failed = 0
    for in_hand in held:
        # Locked first: whoever ends a watch by hand comes before this or after it.
        watch = Watch.objects.select_for_update().get(pk=in_hand.watch.pk)
        arrived = [ping.pk for ping in in_hand.pings[: in_hand.arrived]]
        pings = list(Ping.objects.filter(pk__in=arrived, state=PingState.QUEUED))
        ledger.take_many(PING, "send", pings, by=SYSTEM, at=at, also={"settled_at": at})
        sent += len(pings)
        if queries.is_ended(watch):
            continue
        reason = "webhook.gone" if isinstance(in_hand.trouble, Gone) else in_hand.ended
        if reason:
            end_watch(watch, reason=reason, by=SYSTEM, at=at)
            given_up += 1
        elif in_hand.trouble is not None:
            _note_failure(watch, str(in_hand.trouble), began_anew=bool(arrived), at=at)
            failed += 1
        else:
            Watch.objects.filter(pk=watch.pk).update(failures=0, trouble="", next_try_at=at)
    return Posted(sent=sent, given_up=given_up, failed=failed)


def _note_failure(watch: Watch, trouble: str, *, began_anew: bool, at: datetime) -> None:
    attempt = 1 if began_anew else watch.failures + 1
    next_try_at = rules.next_try(at, failed=attempt)
    facts = Failure(attempt=attempt, trouble=trouble, next_try_at=next_try_at)
    also = {"failures": attempt, "trouble": trouble[:200], "next_try_at": next_try_at}
    ledger.take(WATCH, "fail", watch, by=SYSTEM, at=at, facts=facts, also=also)
