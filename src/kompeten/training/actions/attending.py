"""How does a session's list become what happened? Attendance, and the ties it leaves."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.actors import Actor
from kompeten.training import queries, rules
from kompeten.training.chart import ENROLMENT, SESSION
from kompeten.training.models import Enrolment, Session
from kompeten.training.terms import EnrolmentState, Holding, Place, State


def record_attendance(
    session: Session, attended_ids: Iterable[int], *, by: Actor, at: datetime
) -> Holding:
    """Take the list: those in `attended_ids` (enrolment keys) were there, the others were not.

    The first list makes the session held; until it is closed another list corrects it. Every
    trainer is tied to everybody who was there. A few queries per 500 people, whatever changes.

    :raises StepRefused: `session.not_begun`, `session.no_trainer`, `enrolment.not_listed` (a key
        that is not on this list), `enrolment.elsewhere`; or the list is final
    """
    names = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
    listed = list(names.select_related("application").order_by("id"))
    there = set(attended_ids)
    trainers = queries.trainer_ids(session)
    if reasons := _reasons(session, listed, there, trainers, at=at):
        raise StepRefused(*reasons, step="hold")
    facts = Holding(attended=len(there), absent=len(listed) - len(there))
    came = [e for e in listed if e.pk in there and e.state != EnrolmentState.ATTENDED]
    missed = [e for e in listed if e.pk not in there and e.state != EnrolmentState.ABSENT]
    verb = "hold" if session.state == State.OPEN else "correct"
    place = Place(session.ref)
    try:
        with transaction.atomic():
            ledger.take(SESSION, verb, session, by=by, at=at, facts=facts)
            ledger.take_many(ENROLMENT, "attend", came, by=by, at=at, facts=lambda _: place)
            ledger.take_many(ENROLMENT, "miss", missed, by=by, at=at, facts=lambda _: place)
            _tie(session, came, trainers)
    except IntegrityError as error:
        # Somebody noted absent has been given a place in another session since.
        raise StepRefused("enrolment.elsewhere", step="correct") from error
    return facts


def close(session: Session, *, by: Actor, at: datetime) -> Event:
    """Make the list final."""
    return ledger.take(SESSION, "close", session, by=by, at=at)


def _reasons(
    session: Session,
    listed: list[Enrolment],
    there: set[int],
    trainers: list[int],
    *,
    at: datetime,
) -> tuple[str, ...]:
    reasons = []
    if not rules.has_begun(session.starts_at, at=at):
        reasons.append("session.not_begun")
    if not trainers:
        reasons.append("session.no_trainer")
    if not there <= {e.pk for e in listed}:
        reasons.append("enrolment.not_listed")
    return tuple(reasons)


def _tie(session: Session, came: list[Enrolment], trainers: list[int]) -> None:
    on = session.starts_at.astimezone(ZoneInfo(session.zone)).date()
    pairs = [(trainer, e.application.person_id) for e in came for trainer in trainers]
    impartiality.tie_many(TieKind.TRAINED, pairs, since=on, source=f"training:{session.ref}")
