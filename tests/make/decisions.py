"""How does a decision come into a story? Results are sealed, a committee meets, the director signs."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from kompeten.certificates.adapters import wiring
from kompeten.decisions import actions, queries
from kompeten.decisions.models import Decision
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.results import tasks as results
from kompeten.schemes.terms import Route
from tests.make import practicals
from tests.make.certificates import SIGNED_AT, issue_all
from tests.make.people import account
from tests.make.times import MONDAY

DEWI = 4001
DECIDED_AT = MONDAY + timedelta(days=10)


def committee(*, at: datetime = MONDAY) -> list[Actor]:
    """Return three members, tied to nobody."""
    return [account(DEWI + n, Role.COMMITTEE, at=at) for n in range(3)]


def decided(
    n: int = 1, *, mark: int = 4, at: datetime = DECIDED_AT, beside: Mapping[int, int] | None = None
) -> Decision:
    """Return the decision on the n-th person, who came by portfolio and interview.

    Competent with marks of 4; with 2 not yet. The decree is drawn up and signed. `beside` are
    further people under the same decree, with their marks.
    """
    for person, got in {n: mark, **(beside or {})}.items():
        practicals.settled(person, mark=got, route=Route.DIRECT_CERTIFICATION)
    while results.seal(at=at):
        continue
    members, rng = committee(at=at), random.Random(n)
    registrar = account(DEWI + 10, Role.REGISTRAR, at=at)
    meeting = actions.convene(
        members, held_at=at, zone="Asia/Jakarta", place="Jakarta", by=registrar, at=at, rng=rng
    )
    actions.propose(meeting, list(queries.inbox()), by=registrar, at=at, rng=rng)
    actions.decide(meeting, list(queries.agenda(meeting)), by=members[0], at=at)
    decree = actions.close(meeting, minutes="Rapat pleno.", by=members[0], at=at, rng=rng)
    director = account(DEWI + 11, Role.DIRECTOR, at=at, label="Drs. Wayan Suteja, M.Si.")
    actions.sign(decree, place="Jakarta", by=director, at=at)
    decision = meeting.decisions.select_related("application").first()
    assert decision is not None
    return decision


def certified(
    n: int = 1, *, at: datetime = DECIDED_AT, beside: Mapping[int, int] | None = None
) -> Decision:
    """Return the decision on the n-th person, whose certificate is published; see `decided`."""
    wiring.ensure(
        settings.DATA_DIR / "keys",
        body=settings.OPTIONS.body_name,
        public_url=settings.PUBLIC_URL,
        passphrase=settings.KEY_PASSPHRASE.encode(),
        at=SIGNED_AT - timedelta(days=400),
    )
    decision = decided(n, at=at, beside=beside)
    issue_all(at)
    return decision
