"""How is somebody asked to recommend, and how is that taken back, asked again or let go?

Whoever asks passes the link on themselves; what follows is done by the one who was asked.
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from kompeten.applications import queries
from kompeten.applications.chart import RECOMMENDATION, REFEREE
from kompeten.applications.models import Application, Recommendation, Referee
from kompeten.applications.queries.recommending import SIGNATORY_COLUMN
from kompeten.applications.rules import filers
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.recommending import (
    Asking,
    RecommendationState,
    RefereeOpening,
    RefereeState,
    Signatory,
)
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.canonical import plain
from kompeten.people import queries as people
from kompeten.schemes.terms import Recommender

BATCH = 200


def ask(
    applications: Sequence[Application],
    *,
    kind: Recommender,
    signatory: Signatory,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Referee:
    """Open a link by which `signatory` is asked to recommend the people of these applications.

    Somebody asks for themselves, or an office for its people.

    :raises StepRefused: `role.not_held`; `recommendation.*`: it is not asked for, asked already, the
        address is missing or the applicant's own, too many; then nobody is asked
    :raises StaleRecord: somebody asks about one of them at this moment
    """
    for application in applications:
        _permit(application, by=by)
    if reasons := _reasons(applications, kind, signatory, at=at):
        raise StepRefused(*reasons, step="open")
    with _asking():
        return _open(applications, kind, signatory, by=by, at=at, rng=rng)


def ask_again(referee: Referee, *, by: Actor, at: datetime, rng: random.Random) -> Referee:
    """Open a new link to the same signatory for those who still lack an answer, in place of the old one.

    :raises StepRefused: `recommendation.nobody_left`, and as `ask`
    """
    held = referee.recommendations.select_related("application__person")
    waits = [RecommendationState.ASKED.value, RecommendationState.LAPSED.value]
    left = list(held.filter(state__in=waits, application__state__in=[s.value for s in rules.TAKES]))
    if not left or not bytes(referee.signatory_sealed):
        raise StepRefused("recommendation.nobody_left", step="open")
    asked = [r for r in left if r.state == RecommendationState.ASKED]
    with transaction.atomic():
        ledger.take_many(RECOMMENDATION, "withdraw", asked, by=by, at=at, also={"settled_at": at})
        _end_if_answered(referee, by=by, at=at)
        return ask(
            [r.application for r in left],
            kind=Recommender(referee.kind),
            signatory=queries.signatory(referee),
            by=by,
            at=at,
            rng=rng,
        )


def take_back(recommendation: Recommendation, *, by: Actor, at: datetime) -> None:
    """Ask no longer about one application; the link leads nowhere when it was the last one.

    :raises StepRefused: `role.not_held`; `step.not_open`: it was answered
    """
    _permit(recommendation.application, by=by)
    with transaction.atomic():
        ledger.take(
            RECOMMENDATION, "withdraw", recommendation, by=by, at=at, also={"settled_at": at}
        )
        _end_if_answered(recommendation.referee, by=by, at=at)


def take_back_all(referee: Referee, *, by: Actor, at: datetime) -> int:
    """Ask no longer for anything that this link still asks; return about how many people it was.

    :raises StepRefused: `role.not_held`
    """
    rows = referee.recommendations.filter(state=RecommendationState.ASKED.value)
    waiting = list(rows.select_related("application"))
    for recommendation in waiting:
        _permit(recommendation.application, by=by)
    with transaction.atomic():
        also = {"settled_at": at}
        ledger.take_many(RECOMMENDATION, "withdraw", waiting, by=by, at=at, also=also)
        _end_if_answered(referee, by=by, at=at)
    return len(waiting)


def lapse_recommendations(*, at: datetime) -> int:
    """Close up to 200 links whose time is over; who waits for an answer is told that none came."""
    over = list(queries.over_recommending(at=at).order_by("id")[:BATCH])
    for referee in over:
        with transaction.atomic():
            rows = referee.recommendations.filter(state=RecommendationState.ASKED.value)
            also = {"settled_at": at}
            ledger.take_many(RECOMMENDATION, "lapse", list(rows), by=SYSTEM, at=at, also=also)
            _end(referee, by=SYSTEM, at=at)
    return len(over)


def note_mailed(
    referee: Referee, *, at: datetime, again_at: datetime | None = None, is_refused: bool = False
) -> None:
    """Note that a code is on its way, from when on it is tried again, or that its address takes none."""
    due = Referee.objects.filter(pk=referee.pk, mail_due_at=referee.mail_due_at)
    due.update(mail_due_at=again_at, mail_refused_at=at if is_refused else None)
    referee.mail_due_at = again_at


def dispose_about(application: Application, *, at: datetime) -> None:
    """Ask no longer about an application that has ended, and delete what was signed; digests stay."""
    also = {"settled_at": at}
    rows = application.recommendations.select_related("referee").order_by("id")
    asked = list(rows.filter(state=RecommendationState.ASKED.value))
    ledger.take_many(RECOMMENDATION, "withdraw", asked, by=SYSTEM, at=at, also=also)
    for recommendation in asked:
        _end_if_answered(recommendation.referee, by=SYSTEM, at=at)
    said = list(rows.exclude(said_sealed=b""))
    gone = {"said_sealed": b""}
    ledger.take_many(RECOMMENDATION, "dispose", said, by=SYSTEM, at=at, also=gone)


def _reasons(
    applications: Sequence[Application], kind: Recommender, signatory: Signatory, *, at: datetime
) -> tuple[str, ...]:
    if not applications:
        return ("recommendation.nobody_left",)
    if len(applications) > rules.MOST_AT_ONCE:
        return ("recommendation.too_many_people",)
    if any(a.state not in rules.TAKES for a in applications):
        return ("step.not_open",)
    if any(kind not in queries.kinds_asked(a) for a in applications):
        return ("recommendation.not_asked",)
    mails = people.mail_addresses(a.person_id for a in applications)
    own = {*mails.values(), *(a.person.phone for a in applications)}
    if reasons := rules.signatory_reasons(signatory, own=own):
        return reasons
    if signatory.email and not queries.mails():
        return ("recommendation.no_mail",)
    if queries.signatory_person(signatory) in {a.person_id for a in applications}:
        return ("recommendation.own_address",)
    asked = Recommendation.objects.filter(application__in=applications, kind=kind.value)
    if asked.filter(state=RecommendationState.ASKED.value).exists():
        return ("recommendation.asked_already",)
    if max(queries.times_asked(applications, kind).values(), default=0) >= rules.MOST_ASKED:
        return ("recommendation.too_often",)
    if queries.links_today(signatory.address, at=at) >= rules.MOST_A_DAY:
        return ("recommendation.address_too_often",)
    return ()


def _open(
    applications: Sequence[Application],
    kind: Recommender,
    signatory: Signatory,
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Referee:
    ref, ends_at = refs.new(rng), at + timedelta(days=settings.OPTIONS.recommendation_days)
    own = len(applications) == 1 and applications[0].person_id == by.person_id
    referee = Referee(
        ref=ref,
        kind=kind.value,
        organization_id=None if own else _office(applications),
        person_id=by.person_id if own else None,
        asked_by_id=by.account_id,
        token_sha256=queries.token_digest(queries.referee_token(ref)),
        signatory_sealed=privacy.seal(
            json.dumps(plain(signatory)), column=SIGNATORY_COLUMN, row=ref
        ),
        address_index=queries.address_index(signatory.address),
        opened_at=at,
        ends_at=ends_at,
    )
    facts = RefereeOpening(kind, len(applications), ends_at)
    ledger.enter(REFEREE, referee, by=by, at=at, facts=facts)
    asked = [
        Recommendation(ref=refs.new(rng), referee=referee, application=a, kind=kind.value)
        for a in applications
    ]
    ledger.enter_many(
        RECOMMENDATION,
        asked,
        by=by,
        at=at,
        facts=lambda r: Asking(r.application.ref, kind, ref),
    )
    return referee


def _office(applications: Sequence[Application]) -> int:
    """Return the office that all of them belong to.

    :raises StepRefused: `role.not_held`: they belong to several
    """
    offices = {a.organization_id for a in applications}
    if len(offices) != 1 or None in offices:
        raise StepRefused("role.not_held", step="open")
    return int(offices.pop() or 0)


@contextmanager
def _asking() -> Iterator[None]:
    """Ask about all or nobody; the database lets nobody be asked twice at once about one application."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:  # the second click of a double one
        raise StaleRecord("somebody was asked about one of them at this moment") from clash


def _end_if_answered(referee: Referee, *, by: Actor, at: datetime) -> None:
    asked = referee.recommendations.filter(state=RecommendationState.ASKED.value)
    if not asked.exists():
        _end(referee, by=by, at=at)


def _end(referee: Referee, *, by: Actor, at: datetime) -> None:
    """Let the link lead nowhere, if it still does; what was written and not signed goes with it."""
    if referee.state in (RefereeState.OPEN, RefereeState.LOCKED):
        also = {"letter_sealed": b"", "mail_due_at": None}
        ledger.take(REFEREE, "end", referee, by=by, at=at, also=also)


def _permit(application: Application, *, by: Actor) -> None:
    """Let the person and the office that listed them ask."""
    office = application.organization_id
    if not filers.files_for(by, person_id=application.person_id, organization_id=office):
        raise StepRefused("role.not_held", step="open")
