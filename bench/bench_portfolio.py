"""What do portfolio, practice exam and interview cost for one candidate? On a scratch SQLite file.

    python bench/bench_portfolio.py [people]      default 400; prints milliseconds per person

Every figure is of the room's own actions, one person after another where people act alone, and in
batches of 200 where the house acts. Budget: portfolio 15 ms, each performance 6 ms per person.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scratch import house

house()

from accepted import accepted  # noqa: E402 (the house comes first)
from django.core.management import call_command  # noqa: E402
from spending import report, spent  # noqa: E402

from kompeten.applications.models import Application  # noqa: E402
from kompeten.kernel.actors import SYSTEM, Actor  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from kompeten.people import actions as people  # noqa: E402
from kompeten.people.terms import Identity  # noqa: E402
from kompeten.portfolios import actions as portfolios  # noqa: E402
from kompeten.portfolios import queries as dossiers  # noqa: E402
from kompeten.portfolios import tasks as portfolio_tasks  # noqa: E402
from kompeten.practicals import actions as practicals  # noqa: E402
from kompeten.practicals import queries as slots  # noqa: E402
from kompeten.practicals import tasks as practical_tasks  # noqa: E402
from kompeten.practicals.terms import Seat  # noqa: E402
from kompeten.schemes import actions as schemes  # noqa: E402
from kompeten.schemes import queries as scheme_queries  # noqa: E402
from kompeten.schemes.terms import Component  # noqa: E402

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EXAM = AT + timedelta(days=7)
LATER = EXAM + timedelta(days=30)
ON = AT.date()
ASSESSORS = 120
BATCH = 200
OFFICER = Actor(2, frozenset({Role.COORDINATOR}))
ESSAY = ("Saya mendampingi keluarga itu selama enam bulan bersama pengurus desa " * 16).strip()
CV = {
    "identity": [
        {
            "full_name": "Ani Rahayu",
            "birth_place": "Sei Rampah",
            "birth_date": "1985-04-17",
            "post": "Pendamping",
            "institution": "Dinas Sosial",
        }
    ],
    "education": [{"stage": "bachelor", "school": "Universitas Contoh", "graduated": "2008"}],
    "jobs": [{"post": "Pendamping", "institution": "Dinas Sosial", "started": "2015-02-01"}],
}
RNG = random.Random(7)


def batches(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def drained(pull: Callable[..., int], *, at: datetime) -> None:
    while pull(at=at):
        continue


def assessors() -> dict[int, Actor]:
    """Return licensed assessors with accounts, by person; not measured."""
    found = {}
    for n in range(ASSESSORS):
        key = people.admit(Identity(nik=f"99{n:014d}", name=f"Asesor {n}"), at=AT, rng=RNG)
        account = people.open_account(at=AT, rng=RNG, person_id=key)
        people.grant(account, Role.ASSESSOR, at=AT)
        people.license_assessor(key, registration_number=f"MET.{n}", until=date(2030, 1, 1))
        found[key] = Actor(account.pk, frozenset({Role.ASSESSOR}), key)
    return found


def marks(codes: list[str]) -> dict[str, int]:
    """Return marks of which about one panel in ten calls for a third."""
    return dict(zip(codes, RNG.choices((3, 4, 5), (20, 78, 2), k=len(codes)), strict=True))


def portfolio(rows: list[Application], pool: dict[int, Actor]) -> None:
    """Write, hand in, assign, read and settle every dossier."""
    with spent("portfolio open"):
        drained(portfolio_tasks.open_dossiers, at=AT)
    opened = list(dossiers.dossiers([row.pk for row in rows]).values())
    content = scheme_queries.content(rows[0].scheme_version_id)
    items = [item.code for item in content.instruments.self_description.items]
    for dossier in opened:
        owner = Actor(10_000 + dossier.pk, frozenset({Role.APPLICANT}), dossier.person_id)
        with spent("portfolio save"):
            portfolios.save(dossier, answers=dict.fromkeys(items, ESSAY), by=owner, at=AT)
        with spent("portfolio save_cv"):
            portfolios.save_cv(dossier, parts=CV, by=owner, at=AT)
        with spent("portfolio hand_in"):
            portfolios.hand_in(dossier, by=owner, at=AT)
    with spent("portfolio assign"):
        for part in batches(opened):
            portfolios.assign(
                part, assessors=pool, on=ON, by=OFFICER, at=AT, seed=part[0].pk, rng=RNG
            )
    read(pool, items)


def read(pool: dict[int, Actor], items: list[str]) -> None:
    """Let assessors read until nothing is open, and settle."""
    while True:
        waiting = [
            reading
            for actor in pool.values()
            for reading in dossiers.readings(actor).select_related("dossier")
        ]
        if not waiting:
            return
        for reading in waiting:
            with spent("portfolio read"):
                portfolios.hand_in_reading(
                    reading, marks=marks(items), by=pool[reading.assessor_id], at=AT
                )
        with spent("portfolio settle"):
            drained(portfolio_tasks.accept, at=AT)
            drained(portfolio_tasks.assess, at=AT)


def performance(rows: list[Application], pool: dict[int, Actor], component: Component) -> None:
    """Book, rate and settle every candidate's slot of `component`."""
    start = EXAM if component is Component.PRACTICE else EXAM + timedelta(days=20)
    for number, part in enumerate(batches(rows)):
        plan = [
            Seat(
                start + timedelta(days=number % 18, minutes=30 * (n // 40) + 150 * (number // 18)),
                "Asia/Jakarta",
                link="https://x",
            )
            for n in range(len(part))
        ]
        with spent(f"{component} book"):
            booked = practicals.book(
                part,
                component=component,
                plan=plan,
                assessors=pool,
                on=ON,
                by=OFFICER,
                at=AT,
                seed=number,
                rng=RNG,
            )
        assert not booked.left, booked.left
    content = scheme_queries.content(rows[0].scheme_version_id)
    codes = [c.code for c in slots.rubric(content, component).criteria]
    rate(pool, codes, component)


def rate(pool: dict[int, Actor], codes: list[str], component: Component) -> None:
    """Let assessors rate until nothing is open, and settle."""
    note = dict.fromkeys(codes, "Mendengarkan klien dengan sabar.")
    while True:
        waiting = [
            rating
            for actor in pool.values()
            for rating in slots.ratings(actor).select_related("slot")
        ]
        if not waiting:
            return
        for rating in waiting:
            with spent(f"{component} rate"):
                practicals.hand_in(
                    rating,
                    marks=marks(codes),
                    notes=note,
                    competent=True,
                    by=pool[rating.assessor_id],
                    at=LATER,
                )
        with spent(f"{component} settle"):
            drained(practical_tasks.rate, at=LATER)
            drained(practical_tasks.settle, at=LATER)


def main(count: int) -> None:
    """Measure, print, and check that nobody was lost on the way."""
    call_command("migrate", verbosity=0)
    schemes.load_packaged(by=SYSTEM, at=AT, rng=RNG)
    rows, pool = accepted(count, at=AT, rng=RNG), assessors()
    keys = [row.pk for row in rows]
    portfolio(rows, pool)
    assert len(dossiers.outcomes(keys)) == count
    for component in (Component.PRACTICE, Component.INTERVIEW):
        performance(rows, pool, component)
        assert len(slots.outcomes(keys, component)) == count
    report(count, wholes=("portfolio", "practice", "interview"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
