"""How do lists come into these stories? An office sends made-up people, by the hundred if need be."""

import random

from django.utils import timezone

from kompeten.applications import actions, queries
from kompeten.applications.models import Application
from kompeten.applications.terms.application import ImportResult, State
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk import lists
from kompeten.people import actions as people_actions
from kompeten.people import queries as people
from kompeten.people.models import Account
from kompeten.people.terms import OrganizationKind
from kompeten.verification import actions as verification
from tests.make import people as make
from tests.make.applications import consented, with_documents
from tests.make.verification import in_order

STACK = 100  # what one verifier may hold
PLACES = [lists.Place("32.71", "Bogor"), lists.Place("12.18", "Serdang Bedagai")]


def sponsor(n: int = 7900) -> Actor:
    """Return somebody who sends lists for an office of their own."""
    at = clock.now()
    office = people_actions.found_organization(
        f"Dinas Sosial {n}",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=timezone.localdate(at),
        rng=random.Random(n),
    )
    actor = make.account(n, at=at, label=f"Petugas pengusul {n}")
    account = Account.objects.get(pk=actor.account_id)
    people_actions.grant(account, Role.SPONSOR, at=account.created_at, organization=office)
    return people.actor(account.pk, at=at)


def received(count: int, *, by: Actor, seed: int = 5, faults: float = 0.0) -> ImportResult:
    """Return what became of a list of `count` people; the share `faults` has lines to repair."""
    rows = lists.lines(count, places=PLACES, seed=seed, fault_share=faults)
    return actions.receive_list(
        lists.workbook(rows),
        label=f"Usulan {seed}.xlsx",
        organization_id=min(by.organization_ids),
        by=by,
        at=clock.now(),
        rng=random.Random(seed),
    )


def accepted(count: int, *, by: Actor, verifier: Actor, seed: int = 5) -> list[Application]:
    """Return candidates: their documents were attached, handed in and found in order."""
    at = clock.now()
    sent = received(count, by=by, seed=seed)
    for draft in queries.in_state(State.DRAFT).filter(collective__ref=sent.ref):
        with_documents(consented(draft, at=at), by=by, at=at)
        actions.submit(draft, agreed=True, by=by, at=at)
    waiting = list(queries.submitted().filter(collective__ref=sent.ref))
    rng = random.Random(seed)
    for first in range(0, len(waiting), STACK):
        stack = waiting[first : first + STACK]
        claimed = verification.claim_many(stack, by=verifier, at=at, rng=rng)
        for review in claimed:
            verification.note(review, in_order(review), by=verifier, at=at)
        verification.find_eligible_many(claimed, by=verifier, at=at)
    return list(queries.accepted().filter(collective__ref=sent.ref))
