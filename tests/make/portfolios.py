"""How does a dossier come into a story? Opened by its follower, written, handed in, read."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from kompeten.applications.models import Application
from kompeten.foundation import ledger
from kompeten.foundation.ledger.followers import rung
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.portfolios import actions, queries, tasks
from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.terms import Mark
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import SelfDescription
from tests.make import applications
from tests.make.people import account
from tests.make.times import MONDAY

OFFICER = Actor(9002, frozenset({Role.COORDINATOR}))
LICENSED_UNTIL = date(2029, 12, 31)
SENTENCE = "Saya mendampingi keluarga itu selama enam bulan bersama pengurus desa "  # ten words

CV = {
    "identity": [
        {
            "full_name": "Ani Rahayu",
            "birth_place": "Sei Rampah",
            "birth_date": "17/4/1985",
            "post": "Pendamping PKH",
            "institution": "Dinas Sosial",
        }
    ],
    "education": [{"stage": "bachelor", "school": "Universitas Contoh", "graduated": "2008"}],
    "jobs": [{"post": "Pendamping", "institution": "Dinas Sosial", "started": "2015-02-01"}],
}


def essay(words: int) -> str:
    """Return an answer of exactly so many words."""
    whole, rest = divmod(words, 10)
    return SENTENCE * whole + " ".join(["dan"] * rest)


def description(dossier: Dossier) -> SelfDescription:
    """Return the instrument that the dossier is bound to."""
    return schemes.content(dossier.scheme_version_id).instruments.self_description


def essays(dossier: Dossier, words: int = 160) -> dict[str, str]:
    """Return an answer to every item, long enough for every mark."""
    return {item.code: essay(words) for item in description(dossier).items}


def assessor(n: int, *, at: datetime = MONDAY, until: date = LICENSED_UNTIL) -> Actor:
    """Return the n-th assessor (from 800 in the list of people), licensed through `until`.

    The same number is the same person, whoever asks for them in a story.
    """
    known = people_queries.account_by_email(f"akun{800 + n}@contoh.example")
    if known is not None:
        return people_queries.actor(known.pk, at=at)
    who = account(800 + n, Role.ASSESSOR, at=at)
    assert who.person_id is not None
    people.license_assessor(who.person_id, registration_number=f"MET.000.{n:06d}", until=until)
    return who


def assessors(count: int, *, at: datetime = MONDAY) -> dict[int, Actor]:
    """Return so many assessors by the keys of their persons."""
    found = [assessor(n, at=at) for n in range(1, count + 1)]
    return {who.person_id: who for who in found if who.person_id is not None}


def drafted(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Dossier, Actor]:
    """Return the empty dossier of the n-th person, a candidate now, and the person."""
    application, owner = applications.accepted(n, at=at, **more)
    tasks.open_dossiers(at=at)
    return of(application), owner


def of(application: Application) -> Dossier:
    """Return the dossier of the application."""
    dossier = queries.of_application(application.pk)
    assert dossier is not None
    return dossier


def written(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Dossier, Actor]:
    """Return a complete dossier of the n-th person, not yet handed in, and the person."""
    dossier, owner = drafted(n, at=at, **more)
    actions.save(dossier, answers=essays(dossier), by=owner, at=at)
    actions.save_cv(dossier, parts=CV, by=owner, at=at)
    return dossier, owner


def handed_in(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Dossier, Actor]:
    """Return a dossier of the n-th person that waits for readers, and the person."""
    dossier, owner = written(n, at=at, **more)
    actions.hand_in(dossier, by=owner, at=at)
    return dossier, owner


def assign(
    dossiers: Sequence[Dossier], pool: Mapping[int, Actor], *, at: datetime = MONDAY, seed: int = 1
) -> list[Reading]:
    """Give the dossiers readers out of `pool`; return the readings that are open now."""
    actions.assign(
        dossiers,
        assessors=pool,
        on=timezone.localdate(at),
        by=OFFICER,
        at=at,
        seed=seed,
        rng=random.Random(f"{seed} {at} {len(dossiers)} {dossiers[0].pk} {dossiers[0].round}"),
    )
    rows = Reading.objects.filter(dossier__in=dossiers, state="open")
    return list(rows.select_related("dossier__person").order_by("id"))


def assigned(
    n: int = 1, *, count: int = 3, at: datetime = MONDAY, **more: object
) -> tuple[Dossier, list[Reading], dict[int, Actor]]:
    """Return a dossier with two open readings, and the assessors of whom two read it."""
    dossier, _ = handed_in(n, at=at, **more)
    pool = assessors(count, at=at)
    return dossier, assign([dossier], pool, at=at), pool


def marks(dossier: Dossier, mark: Mark = 4, **single: Mark) -> dict[str, Mark]:
    """Return the same mark for every item, but for those named."""
    return {item.code: mark for item in description(dossier).items} | single


def read(
    reading: Reading,
    pool: Mapping[int, Actor],
    mark: Mark = 4,
    *,
    at: datetime = MONDAY,
    **single: Mark,
) -> None:
    """Let the reader of `reading` hand in `mark` for every item, but for those named."""
    given = marks(reading.dossier, mark, **single)
    actions.hand_in_reading(reading, marks=given, by=pool[reading.assessor_id], at=at)


def assessed(
    n: int = 1, *, mark: Mark = 4, at: datetime = MONDAY, **more: object
) -> tuple[Dossier, Actor]:
    """Return an assessed dossier of the n-th person, and the person."""
    dossier, owner = handed_in(n, at=at, **more)
    pool = assessors(3, at=at)
    for reading in assign([dossier], pool, at=at):
        read(reading, pool, mark, at=at)
    settle(at=at)
    dossier.refresh_from_db()
    return dossier, owner


def settle(*, at: datetime = MONDAY) -> None:
    """Let the followers accept and settle all that has been read."""
    while tasks.accept(at=at) + tasks.assess(at=at):
        continue


def drain_rung(*, at: datetime = MONDAY) -> None:
    """Answer the bells that events have rung for the rooms of dossiers and performances."""
    rooms = ("portfolios.", "practicals.")
    while mine := [name for name in rung() if name.startswith(rooms)]:
        for name in mine:
            ledger.drain(name, at=at)


def account_of(person_id: int) -> Actor:
    """Return a candidate as the one who acts."""
    return Actor(5_000 + person_id, frozenset({Role.APPLICANT}), person_id)
