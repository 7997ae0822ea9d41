"""Who is still on the way? People left at every step, so that each inbox of the demonstration has work."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.applications import queries
from kompeten.decisions import actions as decisions
from kompeten.decisions import queries as agenda
from kompeten.exams import queries as exams
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk import decide, exam, intake, portfolio, practical
from kompeten.ops.walk.stage import ZONE, Stage
from kompeten.portfolios import actions as dossiers
from kompeten.portfolios import queries as portfolios
from kompeten.portfolios.terms import DossierState
from kompeten.practicals import queries as practicals
from kompeten.schemes.terms import Component
from kompeten.training import actions as training
from kompeten.training.terms import Plan, Zone

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SUBMITTED, WAITING_FOR_SESSION, READ, RATED, DECIDED = 12, 10, 8, 10, 8


def leave(stage: Stage, rest: "Sequence[Application]", *, sponsor: Actor) -> "list[Application]":
    """Leave `rest` at every step between a draft and a signature, those furthest first.

    Returns those to be handed in at the very end, for the desk of the verifiers.
    """
    waiting = iter(rest)
    before_decision = _take(waiting, DECIDED)
    before_rating = _take(waiting, RATED)
    before_reading = _take(waiting, READ)
    before_session = _take(waiting, WAITING_FOR_SESSION)
    _leave_before_decision(stage, before_decision, sponsor=sponsor)
    _leave_before_rating(stage, before_rating, sponsor=sponsor)
    _leave_before_reading(stage, before_reading, sponsor=sponsor)
    _leave_before_session(stage, before_session, sponsor=sponsor)
    return _take(waiting, SUBMITTED)


def seat_now(stage: Stage, candidate: "Application", others: "Sequence[Application]") -> None:
    """Open a sitting whose window has begun and lasts three days, with a seat for `candidate`."""
    stage.later(days=-1)
    exam.sitting(stage, [candidate, *others], hours=72)
    stage.later(days=1)


def _accepted(
    stage: Stage, some: "Sequence[Application]", *, sponsor: Actor
) -> "list[Application]":
    """Let `some` be handed in and reviewed; return those accepted."""
    intake.hand_in(stage, some, by=sponsor)
    intake.review(stage)
    stage.drain()
    keys = {a.pk for a in some}
    return [a for a in queries.accepted() if a.pk in keys]


def _leave_before_decision(stage: Stage, some: "Sequence[Application]", *, sponsor: Actor) -> None:
    """Leave sealed results: some on the agenda of a meeting, some decided but not signed."""
    candidates = _accepted(stage, some, sponsor=sponsor)
    _assess(stage, candidates)
    sheets = list(agenda.inbox())
    committee, coordinator = stage.cast.all(Role.COMMITTEE)[:3], stage.cast.one(Role.COORDINATOR)
    half = len(sheets) // 2
    for number, part in enumerate((sheets[:half], sheets[half:])):
        with stage.room("decisions"):
            held = decisions.convene(
                committee,
                held_at=stage.at,
                zone=ZONE,
                place="Ruang rapat LSP, Jakarta",
                by=coordinator,
                at=stage.at,
                rng=stage.rng,
            )
            decisions.propose(held, part, by=coordinator, at=stage.at, rng=stage.rng)
            if number == 0 and part:
                chair = committee[0]
                decisions.decide(held, list(agenda.agenda(held)), by=chair, at=stage.at)
                decisions.close(held, minutes=decide.MINUTES, by=chair, at=stage.at, rng=stage.rng)


def _assess(stage: Stage, candidates: "Sequence[Application]") -> None:
    written = portfolios.dossiers(a.pk for a in candidates).values()
    portfolio.write(stage, [d for d in written if d.state == DossierState.DRAFT])
    portfolio.read(stage)
    exam.hold(stage, exams.inbox(candidates))
    for component in (Component.PRACTICE, Component.INTERVIEW):
        practical.hold(stage, component)


def _leave_before_rating(stage: Stage, some: "Sequence[Application]", *, sponsor: Actor) -> None:
    """Leave practice slots that have been held and wait for their assessors."""
    candidates = _accepted(stage, some, sponsor=sponsor)
    written = portfolios.dossiers(a.pk for a in candidates).values()
    portfolio.write(stage, [d for d in written if d.state == DossierState.DRAFT])
    portfolio.read(stage)
    exam.hold(stage, exams.inbox(candidates))
    for component in (Component.PRACTICE, Component.INTERVIEW):
        waiting = [a for a in practicals.inbox(component) if a.pk in {c.pk for c in candidates}]
        if waiting:
            practical.book(stage, waiting, component)


def _leave_before_reading(stage: Stage, some: "Sequence[Application]", *, sponsor: Actor) -> None:
    """Leave dossiers handed in and given to readers, and one that nobody reads yet."""
    candidates = _accepted(stage, some, sponsor=sponsor)
    drafts = [
        d
        for d in portfolios.dossiers(a.pk for a in candidates).values()
        if d.state == DossierState.DRAFT
    ]
    portfolio.write(stage, drafts)
    waiting = list(portfolios.unassigned())
    assessors = [a.person_id for a in stage.cast.all(Role.ASSESSOR)[:4] if a.person_id]
    with stage.room("portfolios"):
        dossiers.assign(
            waiting[:-1],
            assessors=assessors,
            on=timezone.localdate(stage.at),
            by=stage.cast.one(Role.COORDINATOR),
            at=stage.at,
            seed=stage.rng.getrandbits(32),
            rng=stage.rng,
        )


def _leave_before_session(stage: Stage, some: "Sequence[Application]", *, sponsor: Actor) -> None:
    """Leave candidates with a place in a session of next week."""
    candidates = _accepted(stage, some, sponsor=sponsor)
    begins = stage.at + timedelta(days=7)
    plan = Plan(
        title="Bimbingan pemantapan pekan depan",
        starts_at=begins,
        ends_at=begins + timedelta(hours=6),
        zone=Zone.WIB,
        quota=40,
        link="https://temu.contoh.example/bimtap",
        trainers=(stage.cast.one(Role.TRAINER).person_id or 0,),
    )
    coordinator = stage.cast.one(Role.COORDINATOR)
    with stage.room("training"):
        session = training.plan(plan, by=coordinator, at=stage.at, rng=stage.rng)
        training.announce(session, by=coordinator, at=stage.at)
        half = candidates[: len(candidates) // 2]
        training.enrol_many(session, half, by=coordinator, at=stage.at, rng=stage.rng)


def _take(people: "Iterator[Application]", count: int) -> "list[Application]":
    return [person for _, person in zip(range(count), people, strict=False)]
