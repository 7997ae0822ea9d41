"""Who stands before the assessment in a bench? Made-up people whose files were handed in and accepted."""

import random
from datetime import datetime

from django.utils import timezone

from kompeten.applications import actions as applications
from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application
from kompeten.applications.terms.application import Opening, Submission
from kompeten.foundation import ledger
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.terms import CONSENT_VERSION, Identity, Purpose
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Route

SCHEME = "social_worker_generalist"
ROUTE = Route.DIRECT_ASSESSMENT.value
CLERK = Actor(1, frozenset({Role.APPLICANT, Role.SPONSOR, Role.VERIFIER}))
HANDED_IN = Submission(documents=(), consent=CONSENT_VERSION[Purpose.CERTIFICATION])


def accepted(count: int, *, at: datetime, rng: random.Random) -> list[Application]:
    """Return accepted applications of so many new people, by the steps of the house; no documents."""
    identities = [Identity(nik=f"12{n:014d}", name=f"Peserta {n}") for n in range(count)]
    version = schemes.current(SCHEME, on=timezone.localdate(at))
    assert version is not None
    rows = [
        Application(
            ref=refs.new(rng),
            person_id=key,
            scheme_version_id=version.id,
            scheme_code=version.scheme_code,
            route=ROUTE,
            filed_by_id=1,
            created_at=at,
        )
        for key in people.admit_many(identities, at=at, rng=rng).values()
    ]
    opening = Opening(version.scheme_code, version.number, ROUTE)
    ledger.enter_many(APPLICATION, rows, by=CLERK, at=at, facts=lambda _: opening)
    also = {"submitted_at": at}
    ledger.take_many(
        APPLICATION, "submit", rows, by=CLERK, at=at, facts=lambda _: HANDED_IN, also=also
    )
    applications.accept_many(rows, by=CLERK, at=at)
    return rows
