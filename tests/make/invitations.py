"""How does somebody on a list come by their link? Their office sends the list and opens it."""

import random
from datetime import datetime
from typing import Any

from django.utils import timezone

from kompeten.applications import actions, queries
from kompeten.applications.models import Collective, CollectiveRow, Invitation
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.people.models import Account
from kompeten.people.terms import OrganizationKind
from tests.make import applications as make
from tests.make.collective import one_person
from tests.make.people import account
from tests.make.times import MONDAY
from tests.make.workbooks import put_list, workbook

SHORT_NIK = "327195670192001"
GOOD_NIK = "3271956701920001"


def officer(n: int = 900, *, at: datetime = MONDAY) -> Actor:
    """Return the sponsor of the n-th office, in a house with schemes."""
    make.schemes_loaded(at=at)
    office = people.found_organization(
        f"Dinas Sosial {n}",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=timezone.localdate(at),
        rng=random.Random(n),
    )
    row = Account.objects.get(pk=account(n, at=at).account_id)
    people.grant(row, Role.SPONSOR, at=at, organization=office)
    return people_queries.actor(row.pk, at=at)


def content(*lines: dict[str, Any]) -> bytes:
    """Return a workbook with these lines."""
    held = [one_person(**({"birth_on": "27/01/1992"} | line)) for line in lines]
    return workbook(lambda book, sheet: put_list(sheet, *held))


def sent(by: Actor, listed: bytes, *, at: datetime = MONDAY, seed: int = 4) -> Collective:
    """Return the list that the sponsor has sent."""
    (key,) = by.organization_ids
    result = actions.receive_list(
        listed, label="Gelombang I", organization_id=key, by=by, at=at, rng=random.Random(seed)
    )
    return Collective.objects.get(ref=result.ref)


def lines(collective: Collective) -> list[CollectiveRow]:
    """Return the lines of a list in their order."""
    return list(queries.collective_rows(collective))


def invited(
    by: Actor, *, at: datetime = MONDAY, seed: int = 4, **line: Any
) -> tuple[Invitation, CollectiveRow]:
    """Return the link of the one person on a list, and their line."""
    (row,) = lines(sent(by, content(line), at=at, seed=seed))
    made = actions.invite(row, by=by, at=at, rng=random.Random(seed + 1))
    found = queries.invited(queries.token_of(made.ref), at=at)
    assert found is not None
    return found, row
