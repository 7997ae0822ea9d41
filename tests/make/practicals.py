"""How does a performance come into a story? Booked, rated by two, settled by followers."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from kompeten.applications.models import Application
from kompeten.kernel.actors import Actor
from kompeten.people import actions as people
from kompeten.people.models import Site
from kompeten.people.terms import OrganizationKind
from kompeten.practicals import actions, queries, tasks
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.terms import Booked, Seat
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Rubric
from tests.make import portfolios
from tests.make.portfolios import OFFICER, assessors
from tests.make.times import MONDAY

TEN = MONDAY + timedelta(days=7, hours=1)  # Monday a week later, 10.00 WIB
ELEVEN = TEN + timedelta(hours=1)
NOTE = "Mendengarkan klien dengan sabar."


def site() -> Site:
    """Return the assessment site of a social service office in Medan."""
    office = people.found_organization(
        "Dinas Sosial Kota Medan",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=date(2020, 1, 1),
        rng=random.Random(1),
        region_code="12.71",
    )
    return people.add_site(
        "TUK Medan", organization=office, region_code="12.71", capacity=20, rng=random.Random(2)
    )


def seats(count: int, *, start: datetime = TEN, at_once: int = 1) -> list[Seat]:
    """Return seats under a link, half an hour each, so many at the same time."""
    return [
        Seat(start + timedelta(minutes=30 * (n // at_once)), "Asia/Jakarta", link=f"https://x/{n}")
        for n in range(count)
    ]


def candidate(n: int = 1, *, at: datetime = MONDAY, **more: object) -> Application:
    """Return the application of the n-th person, whose portfolio has been accepted and assessed."""
    dossier, _ = portfolios.assessed(n, at=at, **more)
    return dossier.application


def book(
    applications: Sequence[Application],
    pool: Mapping[int, Actor],
    *,
    component: Component = Component.INTERVIEW,
    plan: Sequence[Seat] | None = None,
    at: datetime = MONDAY,
    seed: int = 1,
) -> Booked:
    """Book the applications with assessors out of `pool`, one after another unless `plan` says else."""
    return actions.book(
        applications,
        component=component,
        plan=seats(len(applications)) if plan is None else plan,
        assessors=pool,
        on=timezone.localdate(at),
        by=OFFICER,
        at=at,
        seed=seed,
        rng=random.Random(f"{seed} {component} {[a.pk for a in applications]} {plan}"),
    )


def booked(
    n: int = 1,
    *,
    component: Component = Component.INTERVIEW,
    count: int = 4,
    at: datetime = MONDAY,
    **more: object,
) -> tuple[Slot, list[Rating], dict[int, Actor]]:
    """Return a slot of the n-th person with two open ratings, and the assessors to draw from."""
    application = candidate(n, at=at, **more)
    pool = assessors(count, at=at)
    result = book([application], pool, component=component, at=at)
    slot = Slot.objects.get(ref=result.slots[0])
    return slot, open_ratings(slot), pool


def open_ratings(slot: Slot) -> list[Rating]:
    """Return the ratings of the slot that wait for their assessors."""
    rows = slot.ratings.filter(state="open").select_related("slot__person", "slot__site")
    return list(rows.order_by("id"))


def rubric(slot: Slot) -> Rubric:
    """Return by what the slot is rated."""
    content = schemes.content(slot.scheme_version_id)
    return queries.rubric(content, Component(slot.component))


def marks(slot: Slot, mark: int = 4, **single: int) -> dict[str, int]:
    """Return the same mark for every criterion, but for those named."""
    return {criterion.code: mark for criterion in rubric(slot).criteria} | single


def notes(slot: Slot, note: str = NOTE, **single: str) -> dict[str, str]:
    """Return the same note for every criterion, but for those named."""
    return {criterion.code: note for criterion in rubric(slot).criteria} | single


def rate(
    rating: Rating,
    pool: Mapping[int, Actor],
    mark: int = 4,
    *,
    competent: bool = True,
    at: datetime = ELEVEN,
    **single: int,
) -> None:
    """Let the assessor of `rating` hand in `mark` for every criterion, but for those named."""
    actions.hand_in(
        rating,
        marks=marks(rating.slot, mark, **single),
        notes=notes(rating.slot),
        competent=competent,
        by=pool[rating.assessor_id],
        at=at,
    )


def settle(*, at: datetime = ELEVEN) -> None:
    """Let the followers settle all that has been rated."""
    while tasks.rate(at=at) + tasks.settle(at=at):
        continue


def settled(
    n: int = 1, *, mark: int = 4, component: Component = Component.INTERVIEW, **more: object
) -> Slot:
    """Return a settled slot of the n-th person."""
    slot, ratings, pool = booked(n, component=component, **more)  # type: ignore[arg-type]
    for rating in ratings:
        rate(rating, pool, mark)
    settle()
    slot.refresh_from_db()
    return slot
