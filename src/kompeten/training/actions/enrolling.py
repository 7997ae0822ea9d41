"""How does a candidate come by a place in a session, and give it back?"""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from kompeten.applications.terms.application import State as ApplicationState
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.training.chart import ENROLMENT, PLANNERS, SESSION
from kompeten.training.models import Enrolment, Session
from kompeten.training.terms import LIVE, Enrolled, Enrolling, Place

if TYPE_CHECKING:
    from kompeten.applications.models import Application


def enrol_many(
    session: Session,
    applications: "Sequence[Application]",
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Enrolled:
    """Give the candidates places: to all who have none yet, or to nobody.

    Who has a place here or elsewhere, or has attended, is counted and left as they are, so the
    same list twice gives no second place. Places are counted on the session's own row: the
    database refuses one too many, whoever comes at once. A few queries per 500.

    :raises StepRefused: `session.full`, `enrolment.not_accepted`, or the session is not open
    :raises StaleRecord: one of them was given a place at the same moment
    """
    if any(a.state != ApplicationState.ACCEPTED for a in applications):
        raise StepRefused("enrolment.not_accepted", step="enrol")
    try:
        with transaction.atomic():
            held = _held(applications)
            fresh = [a for a in applications if a.pk not in held]
            _count(session, len(fresh), by=by, at=at)
            rows = [_enrolment(session, a, at=at, rng=rng) for a in fresh]
            place = Place(session.ref)
            ledger.enter_many(ENROLMENT, rows, by=by, at=at, facts=lambda _: place)
    except IntegrityError as error:
        if "session_within_quota" in str(error):
            raise StepRefused("session.full", step="enrol") from error
        raise StaleRecord("somebody gave one of them a place at this moment") from error
    here = sum(1 for at_session in held.values() if at_session == session.pk)
    return Enrolled(given=len(fresh), here_before=here, elsewhere=len(held) - here)


def withdraw(enrolment: Enrolment, *, by: Actor, at: datetime) -> Event:
    """Give a place back before the session: the candidate's own, or by a coordinator.

    :raises StepRefused: `enrolment.not_yours`; the list was taken already
    """
    own = enrolment.application.person_id == by.person_id
    if not own and not by.may(PLANNERS):
        raise StepRefused("enrolment.not_yours", step="withdraw")
    with transaction.atomic():
        facts = Place(enrolment.session.ref, own=own)
        event = ledger.take(ENROLMENT, "withdraw", enrolment, by=by, at=at, facts=facts)
        Session.objects.filter(pk=enrolment.session_id).update(taken=F("taken") - 1)
    return event


def _held(applications: "Sequence[Application]") -> dict[int, int]:
    """Return the session in which each application has a live place, by application."""
    rows = Enrolment.objects.filter(application__in=[a.pk for a in applications], state__in=LIVE)
    return dict(rows.values_list("application_id", "session_id"))


def _count(session: Session, places: int, *, by: Actor, at: datetime) -> None:
    if not places:
        return
    session.refresh_from_db(fields=["quota", "taken"])
    left = session.quota - session.taken - places
    if left < 0:
        raise StepRefused("session.full", step="enrol")
    facts = Enrolling(given=places, left=left)
    also = {"taken": F("taken") + places}
    ledger.take(SESSION, "enrol", session, by=by, at=at, facts=facts, also=also)
    session.taken += places


def _enrolment(
    session: Session, application: "Application", *, at: datetime, rng: random.Random
) -> Enrolment:
    return Enrolment(ref=refs.new(rng), session=session, application=application, enrolled_at=at)
