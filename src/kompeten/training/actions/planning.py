"""How does a preparation session come to be, and change before it is held?"""

import random
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.training import rules
from kompeten.training.chart import ENROLMENT, SESSION
from kompeten.training.models import Session, Trainer
from kompeten.training.terms import Cancelling, EnrolmentState, Place, Plan, Planning

COLUMNS = ("title", "starts_at", "ends_at", "zone", "quota", "place", "link")


def plan(plan: Plan, *, by: Actor, at: datetime, rng: random.Random) -> Session:
    """Plan a session; nobody sees it outside the office before it is announced.

    :raises StepRefused: `session.*`: what is wrong with the plan
    """
    facts = _facts(plan)
    if facts.problems:
        raise StepRefused(*facts.problems, step="open")
    session = Session(ref=refs.new(rng), **_columns(plan))
    with transaction.atomic():
        ledger.enter(SESSION, session, by=by, at=at, facts=facts)
        _teach(session, plan.trainers)
    return session


def revise(session: Session, plan: Plan, *, by: Actor, at: datetime) -> Event:
    """Change what a session is to be; those who have a place hear of it.

    :raises StepRefused: `session.*`; `session.full` when more have a place than `quota` allows
    """
    facts = _facts(plan)
    try:
        with transaction.atomic():
            also = _columns(plan)
            event = ledger.take(SESSION, "revise", session, by=by, at=at, facts=facts, also=also)
            session.trainers.exclude(person_id__in=plan.trainers).delete()
            held = set(session.trainers.values_list("person_id", flat=True))
            _teach(session, tuple(p for p in plan.trainers if p not in held))
    except IntegrityError as error:
        if "session_within_quota" not in str(error):
            raise
        raise StepRefused("session.full", step="revise") from error
    return event


def announce(session: Session, *, by: Actor, at: datetime) -> Event:
    """Open the session for names."""
    return ledger.take(SESSION, "announce", session, by=by, at=at)


def cancel(session: Session, *, reason: str, by: Actor, at: datetime) -> Event:
    """Call the session off; every place is withdrawn, so that its people wait for another."""
    with transaction.atomic():
        facts = Cancelling(reason.strip())
        event = ledger.take(
            SESSION, "cancel", session, by=by, at=at, facts=facts, also={"taken": 0}
        )
        held = list(session.enrolments.filter(state=EnrolmentState.ENROLLED))
        place = Place(session.ref)
        ledger.take_many(ENROLMENT, "withdraw", held, by=by, at=at, facts=lambda _: place)
    return event


def _facts(plan: Plan) -> Planning:
    return Planning(
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        zone=plan.zone,
        quota=plan.quota,
        trainers=plan.trainers,
        problems=rules.plan_reasons(plan),
    )


def _columns(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in COLUMNS}


def _teach(session: Session, people: tuple[int, ...]) -> None:
    Trainer.objects.bulk_create(Trainer(session=session, person_id=p) for p in people)
