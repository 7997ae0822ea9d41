"""Who sits the rehearsed exam? A few made-up candidates with a seat in a sitting that is open now."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import State
from kompeten.exams import actions
from kompeten.exams import queries as exams
from kompeten.exams.actions import packaging
from kompeten.kernel.roles import Role
from kompeten.ops.walk import cast, exam, intake, lists
from kompeten.ops.walk.stage import Stage
from kompeten.people import actions as people
from kompeten.people import queries
from kompeten.regions import queries as regions

PREPARED = timedelta(days=20)  # before now the year of the rehearsal began


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who has a seat: the attempt, a session of theirs as a cookie holds it, and the sitting's code."""

    attempt: str
    session: str
    code: str


def seat(count: int, *, at: datetime, rng: random.Random) -> list[Candidate]:
    """Take `count` people from a list to a seat in an open sitting, by the real actions."""
    begun = at - PREPARED
    players = cast.assemble(at=begun, rng=rng, assessors=2, sponsors=1, passwords=False)
    stage = Stage(players, rng, begun, lambda _: None)
    exam.stock_bank(stage)
    sponsor = players.one(Role.SPONSOR)
    # Some are turned down at their desk, as in life, and some routes have no written exam.
    more = 2 * count + 5
    content = lists.workbook(
        lists.lines(more, places=_places(), seed=rng.getrandbits(16), fault_share=0)
    )
    intake.receive(stage, content, label="gladi.xlsx", sponsor=sponsor)
    stage.later(days=3)
    wave = list(applications.in_state(State.DRAFT))
    intake.hand_in(stage, wave, by=sponsor)
    stage.later(days=2)
    intake.review(stage)
    stage.later(days=5)
    if intake.mend_returned(stage, by=sponsor):
        intake.review(stage)
    stage.drain()
    accepted = exams.inbox()[:count]
    if len(accepted) < count:
        raise RuntimeError(f"only {len(accepted)} of {count} people came as far as a written exam")
    stage.at = at - timedelta(days=1)
    held = exam.sitting(stage, accepted, hours=72)
    invigilator = players.one(Role.INVIGILATOR)
    actions.open_sitting(held, by=invigilator, at=at)
    code = packaging.show_code(held, by=invigilator, at=at)
    people.invite_many([a.person_id for a in accepted], at=at, rng=rng)
    keys = queries.accounts_of(a.person_id for a in accepted)
    entries = held.entries.order_by("id")
    return [Candidate(e.ref, _session(keys[e.person_id]), code) for e in entries]


def _session(account_id: int) -> str:
    account = get_user_model().objects.get(pk=account_id)
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _places() -> list[lists.Place]:
    found = [regions.region(code) for code in sorted(regions.codes())[:20]]
    return [lists.Place(one.code, one.name) for one in found if one is not None]
