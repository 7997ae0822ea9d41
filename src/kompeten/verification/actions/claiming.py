"""How does a verifier take applications from the inbox, and give them back?"""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from kompeten.applications import queries as applications
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification import queries
from kompeten.verification.actions.judging import claim_ends
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.rules import documents
from kompeten.verification.terms import Claim, Part, Record, Release, State

if TYPE_CHECKING:
    from kompeten.applications.models import Application

PAGE_MARGIN = 10
EVERYTHING = Part()
TRIES = 10
SPREAD = 20


def claim(application: "Application", *, by: Actor, at: datetime, rng: random.Random) -> Review:
    """Take one application for review; see `claim_many`."""
    return claim_many([application], by=by, at=at, rng=rng)[0]


def claim_many(
    waiting: "Sequence[Application]", *, by: Actor, at: datetime, rng: random.Random
) -> list[Review]:
    """Take applications for review: all of them or none, in a constant number of queries.

    Of two verifiers who take the same one at once, one gets it.

    An application whose answer waits for a second look is taken like any other: nothing shows it.

    :raises StepRefused: `review.own_filing`, `tie.*`: not by this verifier; `review.taken`:
        somebody else has one of them, or it is no longer waiting; `review.stack_full`
    """
    if len(waiting) > _room(by):
        raise StepRefused("review.stack_full", step="open")
    if barred := queries.barred(waiting, actor=by, on=timezone.localdate(at)):
        raise StepRefused(*sorted({r for why in barred.values() for r in why}), step="open")
    return _take(waiting, by=by, at=at, rng=rng)


def claim_next(
    *, by: Actor, at: datetime, rng: random.Random, count: int = 1, part: Part = EVERYTHING
) -> list[Review]:
    """Take the oldest applications of `part` that `by` may review, at most `count`.

    Returns fewer, or none, when there are no more. Whoever loses a race for them takes others near the front.

    :raises StepRefused: `review.stack_full`
    """
    wanted = min(count, _room(by))
    if wanted <= 0:
        raise StepRefused("review.stack_full", step="open")
    for turn in range(TRIES):
        # Eight who ask at once would lose seven times in step; after the first loss they spread out.
        free = _free(wanted + SPREAD * min(turn, 1), part, by=by, at=at)
        skipped = rng.randrange(max(1, len(free) - wanted + 1))
        try:
            mine = free[skipped : skipped + wanted]
            return _take(mine, by=by, at=at, rng=rng) if mine else []
        except StepRefused as refusal:
            if refusal.reasons != ("review.taken",):
                raise
    raise StepRefused("review.taken", step="open")


def release(review: Review, *, by: Actor, at: datetime) -> Event:
    """Give a claim back, so that somebody else may take it; a coordinator may do it for another.

    :raises StepRefused: `review.not_yours`, `step.not_open`
    """
    own = review.verifier_id == by.account_id
    if not own and not by.may(frozenset({Role.COORDINATOR})):
        raise StepRefused("review.not_yours", step="release")
    if review.state != State.OPEN:  # an answer that waits is given: it takes effect or is settled
        raise StepRefused("step.not_open", step="release")
    facts = Release("release.by_verifier" if own else "release.by_coordinator")
    also = {"closed_at": at, "lapses_at": None}
    return ledger.take(REVIEW, "release", review, by=by, at=at, facts=facts, also=also)


def _room(by: Actor) -> int:
    """Return how many files `by` may still take; without an account there is no stack to fill."""
    return int(settings.OPTIONS.claim_stack) - queries.desk(by).count()


def _free(count: int, part: Part, *, by: Actor, at: datetime) -> "list[Application]":
    """Return the oldest that `by` may review; looks further only past those `by` is tied to."""
    found: list[Application] = []
    page, offset = count + PAGE_MARGIN, 0
    while len(found) < count:
        waiting = list(queries.inbox(part, by=by)[offset : offset + page])
        barred = queries.barred(waiting, actor=by, on=timezone.localdate(at))
        found += [a for a in waiting if a.pk not in barred]
        if len(waiting) < page:
            break
        offset, page = offset + page, 2 * page
    return found[:count]


def _take(
    waiting: "Sequence[Application]", *, by: Actor, at: datetime, rng: random.Random
) -> list[Review]:
    """Open a review of each of `waiting`; whether `by` may review them was asked before."""
    if by.account_id is None:
        raise StepRefused("role.not_held", step="open")
    keys = [a.pk for a in waiting]
    try:
        with transaction.atomic():
            if queries.inbox(by=by).filter(pk__in=keys).count() != len(keys):
                raise StepRefused("review.taken", step="open")
            before, first = queries.rounds(keys), queries.held(keys)
            files = applications.files(keys)
            reviews = [
                _review(
                    a,
                    before.get(a.pk, 0) + 1,
                    _to_judge(files.get(a.pk, {}), first.get(a.pk)),
                    by.account_id,
                    first=first.get(a.pk),
                    at=at,
                    rng=rng,
                )
                for a in waiting
            ]
            ledger.enter_many(REVIEW, reviews, by=by, at=at, facts=_claim)
    except IntegrityError as error:
        raise StepRefused("review.taken", step="open") from error
    return reviews


def _to_judge(there: dict[str, str], first: Review | None) -> dict[str, str]:
    """Return what a review judges: all that is there, or of that what the first look had before it.

    What was signed since then would part two looks at the same file, and call the head for nothing.
    """
    if first is None:
        return there
    return {code: file for code, file in first.files.items() if code in there}


def _review(
    application: "Application",
    number: int,
    files: dict[str, str],
    verifier_id: int,
    *,
    first: Review | None,
    at: datetime,
    rng: random.Random,
) -> Review:
    return Review(
        ref=refs.new(rng),
        application=application,
        first=first,
        verifier_id=verifier_id,
        round=number,
        files=files,
        digest=documents.seal(Record(application.ref, number)),
        submitted_at=queries.handed_in_at(application),
        opened_at=at,
        lapses_at=claim_ends(at),
    )


def _claim(review: Review) -> Claim:
    return Claim(application=review.application.ref, round=review.round, files=review.files)
