"""How are many certificates taken back at once? Proposed, approved by another, carried out in batches."""

import random
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.actions.life import withdraw
from kompeten.certificates.chart import (
    RECALL,
    RecallEnding,
    Recalling,
    RecallJudging,
)
from kompeten.certificates.models import Certificate, Recall, RecallLine
from kompeten.certificates.rules.steps import withdrawal_flaws
from kompeten.certificates.terms import IN_FORCE, RecallState, RecallWish, State, WithdrawalCause
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.canonical import plain


def propose(
    wish: RecallWish,
    *,
    shown: str,
    cause: WithdrawalCause,
    note: str,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Recall:
    """Name every certificate in force that meets `wish`; return the recall, which waits for the director.

    `shown` is the digest that the preview gave of them.

    :raises StepRefused: `role.not_held`, `withdrawal.no_note`, `recall.everything`, `recall.nothing`,
        or `recall.changed`: other certificates meet it now
    """
    reasons = withdrawal_flaws(note) + (("recall.everything",) if wish.is_empty else ())
    if reasons:
        raise StepRefused(*reasons, step="open")
    recall = Recall(
        ref=refs.new(rng),
        cause=cause,
        note=note.strip(),
        wish=plain(wish),
        proposed_by_id=by.account_id or 0,
        proposed_at=at,
    )
    with transaction.atomic():
        met = list(queries.recallable(wish).values_list("pk", flat=True))
        if not met or queries.digest_of(met) != shown:
            raise StepRefused("recall.changed" if met else "recall.nothing", step="open")
        ledger.enter(RECALL, recall, by=by, at=at, facts=Recalling(cause, len(met)))
        lines = [RecallLine(recall=recall, certificate_id=key) for key in met]
        RecallLine.objects.bulk_create(lines, batch_size=500)
    return recall


def approve(recall: Recall, *, by: Actor, at: datetime) -> Event:
    """Let the recall be carried out; it begins at once and needs nobody.

    :raises StepRefused: `role.not_held`, `step.not_open`, or `recall.same_person`
    """
    return _judge(recall, "approve", by=by, at=at)


def drop(recall: Recall, *, by: Actor, at: datetime) -> Event:
    """Let the recall be; its certificates stay as they are.

    :raises StepRefused: `role.not_held` or `step.not_open`
    """
    return _judge(recall, "drop", by=by, at=at)


def carry_out(*, at: datetime, most: int) -> int:
    """Withdraw up to `most` certificates of approved recalls, and end recalls with none left; return how many.

    Who took the place of a named one meanwhile is withdrawn in its stead: what was wrong with the
    old one is wrong with the new one.
    """
    recall = Recall.objects.filter(state=RecallState.APPROVED).order_by("id").first()
    if recall is None:
        return 0
    waiting = recall.lines.filter(settled=False).select_related("certificate").order_by("id")
    lines = list(waiting[:most])
    with transaction.atomic():
        if lines:
            _settle(recall, lines, at=at)
        if not recall.lines.filter(settled=False).exists():
            done = recall.lines.exclude(withdrawn=None).count()
            facts = RecallEnding(done, recall.lines.count() - done)
            ledger.take(RECALL, "finish", recall, by=SYSTEM, at=at, facts=facts)
    return max(1, len(lines))


def _settle(recall: Recall, lines: Sequence[RecallLine], *, at: datetime) -> None:
    taken: dict[int, Certificate] = {}
    for line in lines:
        standing = _standing(line.certificate)
        line.settled = True
        if standing is not None and standing.pk not in taken:
            line.withdrawn = taken[standing.pk] = standing
    withdraw(
        list(taken.values()),
        cause=WithdrawalCause(recall.cause),
        note=recall.note,
        by=SYSTEM,
        at=at,
        recall=recall.ref,
    )
    RecallLine.objects.bulk_update(lines, ["settled", "withdrawn"], batch_size=200)


def _standing(certificate: Certificate) -> Certificate | None:
    """Return the certificate in force that stands for this one today, or None."""
    found: Certificate | None = certificate
    while found is not None and found.state == State.REPLACED:
        found = queries.heir(found)
    return found if found is not None and found.state in IN_FORCE else None


def _judge(recall: Recall, verb: str, *, by: Actor, at: datetime) -> Event:
    facts = RecallJudging(recall.proposed_by_id, by.account_id or 0)
    also = {"judged_at": at}
    return ledger.take(RECALL, verb, recall, by=by, at=at, facts=facts, also=also)
