"""How does one person come from an empty house to a decision? Room by room, with marks as told."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kompeten.applications.models import Application
from kompeten.certificates.adapters import wiring
from kompeten.decisions import actions as decisions
from kompeten.decisions import queries as agenda
from kompeten.decisions.models import Decision, Meeting
from kompeten.exams import actions as exams
from kompeten.exams.models import Entry, Sitting
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.portfolios import actions as portfolios
from kompeten.portfolios.models import Dossier, Reading
from kompeten.practicals import queries as practicals
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.terms import Seat
from kompeten.results import queries as results
from kompeten.results.models import Sheet
from kompeten.schemes.terms import Component, Route
from kompeten.training import actions as training
from kompeten.training import queries as training_queries
from kompeten.verification import actions as verification
from tests.make import applications as make_applications
from tests.make import exams as make_exams
from tests.make import portfolios as make_portfolios
from tests.make import practicals as make_practicals
from tests.make import training as make_training
from tests.make import verification as make_verification
from tests.make.actors import actor
from tests.make.people import account
from tests.make.times import MONDAY
from tests.make.verification import BUDI

CHAIR = 4001
REGISTRAR = actor(Role.REGISTRAR, account_id=140)


@dataclass
class Traveler:
    """One candidate on the way, by `route`; `at` is the present instant of the story."""

    n: int = 1
    at: datetime = MONDAY
    route: Route = Route.DIRECT_ASSESSMENT
    assessors: int = 5
    application: Application = field(init=False)
    by: Actor = field(init=False)
    pool: dict[int, Actor] = field(default_factory=dict)

    def later(self, **span: float) -> datetime:
        """Move the clock on and return the new instant."""
        self.at += timedelta(**span)
        return self.at

    def drain(self) -> None:
        """Let everything happen that follows."""
        ledger.drain_all(at=self.at)
        self.application.refresh_from_db()

    def rng(self) -> random.Random:
        """Return chance that no two steps of a story share."""
        return random.Random(f"{self.n} {self.at}")


def keys_made(at: datetime = MONDAY) -> None:
    """Make the demonstration authority that signs, unless it is there."""
    wiring.ensure(
        settings.DATA_DIR / "keys",
        body=settings.OPTIONS.body_name,
        public_url=settings.PUBLIC_URL,
        passphrase=settings.KEY_PASSPHRASE.encode(),
        at=at - timedelta(days=400),
    )


def applied(traveler: Traveler) -> None:
    """Let the person apply, with every document."""
    traveler.application, traveler.by = make_applications.submitted(
        traveler.n, at=traveler.at, route=traveler.route
    )
    traveler.drain()


def reviewed(traveler: Traveler, *, verifier: Actor | None = None) -> None:
    """Let a verifier find every document in order."""
    budi = verifier or make_verification.verifier(BUDI + traveler.n, at=traveler.at)
    at = traveler.later(days=1)
    review = verification.claim(traveler.application, by=budi, at=at, rng=traveler.rng())
    verification.note(review, make_verification.in_order(review), by=budi, at=at)
    verification.find_eligible(review, by=budi, at=at)
    traveler.drain()


def prepared(traveler: Traveler, *, trainer: int | None = None) -> None:
    """Let the candidate attend a preparation session, taught by the n-th person."""
    at = traveler.later(days=1)
    fitri = make_training.coordinator(at=at)
    teachers = {} if trainer is None else {"trainers": (trainer,)}
    session = make_training.session(traveler.n, by=fitri, at=at, **teachers)
    training.enrol_many(session, [traveler.application], by=fitri, at=at, rng=traveler.rng())
    traveler.at = session.ends_at
    there = [p.enrolment_id for p in training_queries.participants(session)]
    training.record_attendance(session, there, by=fitri, at=traveler.at)
    training.close(session, by=fitri, at=traveler.at)
    traveler.drain()


def written(traveler: Traveler) -> Dossier:
    """Let the candidate write the dossier and hand it in."""
    at, dossier = traveler.later(days=2), make_portfolios.of(traveler.application)
    portfolios.save(dossier, answers=make_portfolios.essays(dossier), by=traveler.by, at=at)
    portfolios.save_cv(dossier, parts=make_portfolios.CV, by=traveler.by, at=at)
    portfolios.hand_in(dossier, by=traveler.by, at=at)
    traveler.drain()
    return dossier


def drawn(traveler: Traveler, dossier: Dossier) -> list[Reading]:
    """Draw two readers; return their open readings."""
    at = traveler.later(hours=3)
    traveler.pool = make_portfolios.assessors(traveler.assessors, at=at)
    return make_portfolios.assign([dossier], traveler.pool, at=at)


def read(traveler: Traveler, *marks: int) -> Dossier:
    """Let the dossier be written, and read with these marks; a third mark is for a third reader."""
    dossier = written(traveler)
    open_now = drawn(traveler, dossier)
    for number, mark in enumerate(marks or (4, 4)):
        if number == 2:
            traveler.drain()
            open_now += list(Reading.objects.filter(dossier=dossier, state="open"))
        at = traveler.later(hours=2)
        make_portfolios.read(open_now[number], traveler.pool, mark, at=at)
    traveler.drain()
    dossier.refresh_from_db()
    return dossier


def seated(traveler: Traveler, *, makeup: bool = False) -> Entry:
    """Give the candidate a seat in a sitting that opens in a week, and open its doors."""
    opens_at = traveler.at + timedelta(days=7)
    held = make_exams.sitting(
        title=f"Ujian tulis {traveler.n} {timezone.localdate(opens_at):%d%m}",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=3),
        at=traveler.at,
    )
    (entry,) = make_exams.seated(held, [traveler.application], at=traveler.at, makeup=makeup)
    traveler.at = opens_at
    make_exams.opened(held)
    return make_exams.mine(entry, traveler.by)


def sat(traveler: Traveler, entry: Entry, *, right: int = 80) -> None:
    """Let the candidate answer so many items right, leave the rest blank and hand in."""
    exams.start(entry, by=traveler.by, at=traveler.at)
    choices = make_exams.right(entry, range(1, right + 1))
    make_exams.answered(entry, traveler.by, choices, at=traveler.later(minutes=40))
    exams.hand_in(entry, by=traveler.by, at=traveler.later(minutes=20))


def closed(traveler: Traveler, held: Sitting) -> None:
    """Close the sitting once nobody has time any more, and let it be scored."""
    traveler.at = max(traveler.at, held.closes_at + timedelta(minutes=30))
    held.refresh_from_db()
    exams.close_sitting(held, by=make_exams.PUTU, at=traveler.at)
    traveler.drain()


def examined(traveler: Traveler, *, right: int = 80) -> None:
    """Let the candidate sit the written exam from the seat to the score."""
    entry = seated(traveler)
    sat(traveler, entry, right=right)
    closed(traveler, entry.sitting)


def booked(traveler: Traveler, component: Component) -> tuple[Slot, list[Rating]]:
    """Book the candidate tomorrow; return slot and ratings."""
    pool = traveler.pool or make_portfolios.assessors(traveler.assessors, at=traveler.at)
    traveler.pool = pool
    starts_at = traveler.at + timedelta(days=1)
    result = make_practicals.book(
        [traveler.application],
        pool,
        component=component,
        plan=[Seat(starts_at, "Asia/Jakarta", link="https://temu.contoh.example/1")],
        at=traveler.at,
        seed=traveler.n,
    )
    assert result.left == {}
    slot = practicals.own(result.slots[0], traveler.by)
    assert slot is not None
    return slot, make_practicals.open_ratings(slot)


def rated(traveler: Traveler, component: Component, *marks: int) -> Slot:
    """Let a performance be held and rated with these marks; a third mark is for a third assessor."""
    slot, open_now = booked(traveler, component)
    traveler.at = slot.ends_at
    for number, mark in enumerate(marks or (4, 4)):
        if number == 2:
            traveler.drain()
            open_now += make_practicals.open_ratings(slot)
        at = traveler.later(minutes=20)
        competent = mark > 2
        make_practicals.rate(open_now[number], traveler.pool, mark, competent=competent, at=at)
    traveler.drain()
    slot.refresh_from_db()
    return slot


def result(traveler: Traveler) -> Sheet | None:
    """Return the sealed sheet, or None."""
    return results.of_applications([traveler.application.pk]).get(traveler.application.pk)


def committee(at: datetime) -> list[Actor]:
    """Return three members, tied to nobody."""
    return [account(CHAIR + n, Role.COMMITTEE, at=at) for n in range(3)]


def convened(traveler: Traveler, members: list[Actor]) -> Meeting:
    """Convene a committee two days from now."""
    at = traveler.later(days=2)
    return decisions.convene(
        members,
        held_at=at,
        zone="Asia/Jakarta",
        place="Jakarta",
        by=REGISTRAR,
        at=at,
        rng=traveler.rng(),
    )


def proposed(traveler: Traveler, meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Put all that waits on the agenda; return who is barred from it, and why."""
    waiting, rng = list(agenda.inbox()), traveler.rng()
    return decisions.propose(meeting, waiting, by=REGISTRAR, at=traveler.at, rng=rng)


def signed(traveler: Traveler) -> Decision:
    """Let a committee decide as recommended, and the director sign; nothing follows yet."""
    members = committee(traveler.at)
    meeting = convened(traveler, members)
    assert proposed(traveler, meeting) == {}
    chair, at = members[0], traveler.at
    decisions.decide(meeting, list(agenda.agenda(meeting)), by=chair, at=at)
    rng = traveler.rng()
    decree = decisions.close(meeting, minutes="Rapat pleno.", by=chair, at=at, rng=rng)
    director = account(CHAIR + 11, Role.DIRECTOR, at=at, label="Drs. Wayan Suteja, M.Si.")
    decisions.sign(decree, place="Jakarta", by=director, at=traveler.later(days=1))
    found = agenda.of_application(traveler.application.pk)
    assert found is not None
    return found


def certifiable(n: int = 1) -> Traveler:
    """Return a person whose decree is signed by the shortest route; no certificate is begun."""
    keys_made()
    traveler = Traveler(n=n, route=Route.DIRECT_CERTIFICATION)
    applied(traveler)
    reviewed(traveler)
    read(traveler)
    rated(traveler, Component.INTERVIEW)
    signed(traveler)
    return traveler


def decided(traveler: Traveler) -> Decision:
    """Let a committee decide, the director sign, and certificates follow."""
    decision = signed(traveler)
    traveler.drain()
    return decision


def assessed(traveler: Traveler, *, mark: int = 4, right: int = 80) -> None:
    """Take the candidate from nothing to a sealed result."""
    applied(traveler)
    reviewed(traveler)
    read(traveler)
    examined(traveler, right=right)
    rated(traveler, Component.PRACTICE, mark, mark)
    rated(traveler, Component.INTERVIEW)
