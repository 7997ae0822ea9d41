"""How does a review come into a story? A verifier takes a submitted application and judges it."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from kompeten.applications.models import Application
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.verification import actions, queries
from kompeten.verification.models import Review
from kompeten.verification.terms import Fault, Finding, Judgement, Remark
from tests.make import applications
from tests.make.people import account
from tests.make.times import MONDAY

BUDI = 5001


def verifier(n: int = BUDI, *, at: datetime = MONDAY) -> Actor:
    """Return a verifier, tied to nobody."""
    return account(n, Role.VERIFIER, at=at)


def claimed(
    n: int = 1, *, by: Actor | None = None, at: datetime = MONDAY, **more: object
) -> tuple[Review, Actor]:
    """Return an open review of the n-th person's application, and the verifier."""
    application, _ = applications.submitted(n, at=at, **more)
    budi = by or verifier(at=at)
    return actions.claim(application, by=budi, at=at, rng=random.Random(2000 + n)), budi


def in_order(review: Review, *, faults: Mapping[str, Fault] | None = None) -> list[Finding]:
    """Return a finding on each document put in, met unless `faults` says otherwise."""
    said = faults or {}
    return [
        Finding(code, Judgement.NOT_MET, said[code], note="Mohon diperbaiki")
        if code in said
        else Finding(code, Judgement.MET)
        for code in review.files
    ]


def judged(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Review, Actor]:
    """Return an open review in which every document was found in order."""
    review, budi = claimed(n, at=at, **more)
    actions.note(review, in_order(review), by=budi, at=at)
    return review, budi


def eligible(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Application, Actor]:
    """Return the accepted application of the n-th person, and the person."""
    review, budi = judged(n, at=at, **more)
    actions.find_eligible(review, by=budi, at=at)
    person = Actor(None, frozenset({Role.APPLICANT}), review.application.person_id)
    return review.application, person


def returned(
    n: int = 1,
    *,
    at: datetime = MONDAY,
    answered_at: datetime | None = None,
    remarks: Sequence[Remark] = (),
    **more: object,
) -> tuple[Review, Actor]:
    """Return a review that sent the application back for the identity card, and the verifier."""
    then = answered_at or at
    review, budi = claimed(n, at=at, **more)
    first = "identity_card"
    findings = in_order(review, faults={first: Fault.UNREADABLE})
    actions.note(review, findings, by=budi, at=at)
    actions.return_for_correction(review, remarks=remarks, by=budi, at=then)
    seen = queries.seen(review.ref, budi)
    assert seen is not None
    return seen, budi
