"""What becomes of an answer: is it told, does it wait for a second look, or is it one itself?

Whichever it is, review and application move together, or neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kompeten.applications import actions as applications
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.schemes.terms import Route, SchemeContent
from kompeten.verification import queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.rules import documents, looks
from kompeten.verification.terms import (
    Answering,
    Comparison,
    Eligible,
    Hold,
    Record,
    Rejection,
    Return,
    State,
)

VERB = {State.ELIGIBLE: "find_eligible", State.RETURNED: "return", State.REJECTED: "reject"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a review would end: its whole record, and the facts of the answer."""

    review: Review
    answer: State
    whole: Record
    facts: Answering
    said: SchemeContent

    @property
    def columns(self) -> dict[str, Any]:
        """What the row gets to hold the whole record."""
        return {
            "remarks": plain(self.whole.remarks),
            "grounds": plain(self.whole.grounds),
            "note": self.whole.note,
            "digest": self.facts.digest,
        }


def proposal(
    review: Review, answer: State, whole: Record, *, said: SchemeContent, at: datetime
) -> Proposal:
    """Return what answering so comes to at the instant `at`; whether it may be is judged later."""
    asked = said.routes[Route(review.application.route)].documents
    digest = documents.seal(whole)
    unjudged = documents.unjudged(asked, whole.findings, files=review.files)
    facts: Answering
    if answer is State.ELIGIBLE:
        facts = Eligible(digest, unjudged, documents.unmet(asked, whole.findings))
    elif answer is State.REJECTED:
        facts = Rejection(digest, whole.grounds)
    else:
        items = len(documents.to_mend(asked, whole.findings)) + len(whole.remarks)
        today = queries.day(review.application, at=at)
        until = documents.correct_by(today, days=said.candidate_days.correction)
        facts = Return(digest, items, until, unjudged)
    return Proposal(review, answer, whole, facts, said)


def conclude(ended: Sequence[Proposal], *, by: Actor, at: datetime) -> None:
    """Tell the answers, but for those that chance picks for a second look, and those that are one.

    Ties are asked for again: somebody may have recommended the applicant since they took the file.

    :raises StepRefused: one of them may not be given; then none is
    """
    require_untied(ended, by=by, at=at)
    for one in ended:
        if reasons := looks.reasons(one.facts):
            raise StepRefused(*reasons, step=VERB[one.answer])
    firsts = queries.by_ids(p.review.first_id for p in ended if p.review.first_id)
    seconds = [p for p in ended if p.review.first_id]
    held = [p for p in ended if not p.review.first_id and _is_drawn(p, at=at)]
    apart = {p.review.pk for p in (*seconds, *held)}
    told = [p for p in ended if p.review.pk not in apart]
    with transaction.atomic():
        take_effect(told, by=by, at=at)
        for one in held:
            _hold(one, by=by, at=at)
        for one in seconds:
            _compare(one, firsts[one.review.first_id or 0], by=by, at=at)


def require_untied(ended: Sequence[Proposal], *, by: Actor, at: datetime) -> None:
    """Let nobody answer for people they are tied to. Two queries.

    :raises StepRefused: `tie.*`, `review.own_*`
    """
    files = [p.review.application for p in ended]
    if barred := queries.barred(files, actor=by, on=timezone.localdate(at)):
        why = sorted({reason for reasons in barred.values() for reason in reasons})
        raise StepRefused(*why, step=VERB[ended[0].answer])


def take_effect(ended: Sequence[Proposal], *, by: Actor, at: datetime) -> None:
    """Move each review and its application, in the caller's transaction."""
    facts = {p.review.pk: p.facts for p in ended}
    eligible = [p.review for p in ended if p.answer is State.ELIGIBLE]
    also = {"closed_at": at, "lapses_at": None}
    ledger.take_many(
        REVIEW, "find_eligible", eligible, by=by, at=at, facts=lambda r: facts[r.pk], also=also
    )
    applications.accept_many([r.application for r in eligible], by=by, at=at)
    for one in ended:
        if one.answer is not State.ELIGIBLE:
            _tell(one, by=by, at=at)


def waiting(review: Review, *, at: datetime) -> Proposal:
    """Return how a review that waits would end if it took effect at `at`."""
    said = queries.said([review])[review.pk]
    return proposal(review, State(review.answer), queries.record(review), said=said, at=at)


def _tell(one: Proposal, *, by: Actor, at: datetime) -> None:
    """Return or refuse one application. The day to mend counts from now, not from the first look."""
    columns: Mapping[str, Any] = {**one.columns, "closed_at": at, "lapses_at": None}
    application = one.review.application
    if isinstance(one.facts, Return):
        also = {**columns, "correct_by_on": one.facts.until}
        ledger.take(REVIEW, "return", one.review, by=by, at=at, facts=one.facts, also=also)
        items, until = one.facts.items, one.facts.until
        spent = queries.clock(application, at=at).used
        applications.send_back(
            application, items=items, until=until, spent_days=spent, by=by, at=at
        )
    else:
        ledger.take(REVIEW, "reject", one.review, by=by, at=at, facts=one.facts, also=columns)
        reasons = tuple(g.value for g in one.whole.grounds)
        applications.reject(application, reasons=reasons, by=by, at=at)


def _is_drawn(one: Proposal, *, at: datetime) -> bool:
    options, review = settings.OPTIONS, one.review
    secret, percent = settings.SECRET_KEY.encode(), options.second_look_percent
    if not looks.drawn(secret, review.application.ref, review.round, percent=percent):
        return False
    until = queries.day(review.application, at=at + timedelta(hours=options.second_look_hours))
    return looks.may_wait(due_on=queries.clock(review.application, at=at).due_on, until=until)


def _hold(one: Proposal, *, by: Actor, at: datetime) -> None:
    lapses_at = at + timedelta(hours=settings.OPTIONS.second_look_hours)
    facts = Hold(one.answer, one.facts)
    also = {**one.columns, "answer": one.answer.value, "lapses_at": lapses_at}
    ledger.take(REVIEW, "hold", one.review, by=by, at=at, facts=facts, also=also)


def _compare(second: Proposal, first: Review, *, by: Actor, at: datetime) -> None:
    """Let the first answer take effect where the second is the same; else both wait for the head."""
    answers = (State(first.answer), second.answer)
    apart = looks.differences(queries.record(first), second.whole, answers=answers)
    facts = Comparison(first.ref, second.answer, second.facts.digest, apart)
    also = {**second.columns, "answer": second.answer.value, "lapses_at": None}
    if apart:
        ledger.take(REVIEW, "differ", second.review, by=by, at=at, facts=facts, also=also)
        return
    also["closed_at"] = at
    ledger.take(REVIEW, "concur", second.review, by=by, at=at, facts=facts, also=also)
    take_effect([waiting(first, at=at)], by=by, at=at)
