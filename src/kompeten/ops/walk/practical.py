"""How are practice exams and interviews held? Slots at sites, two independent assessors, a third if need be."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk.stage import ZONE, Stage, portions
from kompeten.practicals import actions, queries
from kompeten.practicals.terms import Seat
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.practicals.models import Rating

MISSED = 0.01
DISAGREE = 0.06
NOTES = (
    "Mampu menjelaskan langkah yang diambil dan alasannya dengan runtut.",
    "Menunjukkan empati dan menjaga kerahasiaan selama simulasi.",
    "Menghubungkan tindakan dengan rencana intervensi yang disusun.",
    "Perlu lebih banyak mendengar sebelum menawarkan pilihan.",
)


def hold(stage: Stage, component: Component) -> None:
    """Book, hold and rate everybody who waits for `component`, and go round until all is settled."""
    while waiting := list(queries.inbox(component)[:500]):
        booked = book(stage, waiting, component)
        stage.later(days=12)
        rate(stage)
        if not booked:
            return


def book(stage: Stage, waiting: "Sequence[Application]", component: Component) -> int:
    """Book a slot for each, at the sites in turn, as many at once as there are pairs of assessors."""
    assessors = [a.person_id for a in stage.cast.all(Role.ASSESSOR) if a.person_id is not None]
    with stage.room("practicals"):
        booked = actions.book(
            waiting,
            component=component,
            plan=_plan(stage, len(waiting), at_once=max(1, len(assessors) // 3)),
            assessors=assessors,
            on=timezone.localdate(stage.at),
            by=stage.cast.one(Role.COORDINATOR),
            at=stage.at,
            seed=stage.rng.getrandbits(32),
            rng=stage.rng,
        )
    return len(booked.slots)


def rate(stage: Stage) -> None:
    """Let every assessor hand in their open ratings, until no third is asked for any more."""
    by_person = {a.person_id: a for a in stage.cast.all(Role.ASSESSOR)}
    while True:
        rated = 0
        for assessor in by_person.values():
            held = list(queries.ratings(assessor).select_related("slot"))
            for portion in portions(held, 100):
                with stage.room("practicals"):
                    for rating in portion:
                        _rate(stage, rating, by=assessor)
                rated += len(portion)
        stage.drain()
        if not rated:
            return


def _plan(stage: Stage, count: int, *, at_once: int) -> list[Seat]:
    sites = stage.cast.sites
    begins = stage.at + timedelta(days=2)
    seats = []
    for number in range(count + at_once):
        row, _ = divmod(number, at_once)
        day, hour = divmod(row, 6)
        starts_at = begins + timedelta(days=day, hours=hour)
        site = sites[number % len(sites)]
        seats.append(Seat(starts_at=starts_at, zone=ZONE, site_id=site.pk))
    return seats


def _rate(stage: Stage, rating: "Rating", *, by: Actor) -> None:
    slot = rating.slot
    component = Component(slot.component)
    rubric = queries.rubric(schemes.content(slot.scheme_version_id), component)
    level = 3.2 + stage.ability(slot.person_id, lot=69069) * 1.3
    level += -1.5 if stage.mishap(DISAGREE, slot.person_id) else stage.rng.uniform(-0.3, 0.3)
    low, high = rubric.scale.least, rubric.scale.most
    marks = {
        c.code: max(low, min(high, round(level + stage.rng.uniform(-0.3, 0.3))))
        for c in rubric.criteria
    }
    actions.hand_in(
        rating,
        marks=marks,
        notes={c.code: stage.rng.choice(NOTES) for c in rubric.criteria},
        competent=sum(marks.values()) >= 3 * len(marks),
        by=by,
        at=max(stage.at, slot.ends_at),
    )
