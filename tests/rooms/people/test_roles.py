"""Who may do what at this instant, and who may not any more?"""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kompeten.kernel.actors import STRANGER
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import Account, RoleGrant
from kompeten.people.terms import OrganizationKind
from tests.make.people import person
from tests.make.times import MONDAY, NEXT_WEEK, TUESDAY

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def opened(n: int = 1, *, with_person: bool = True) -> Account:
    """Return an account without roles."""
    return actions.open_account(
        at=MONDAY,
        rng=random.Random(n),
        email=f"akun{n}@contoh.example",
        person_id=person(n) if with_person else None,
        label=f"Akun {n}",
    )


def roles(account: Account, at: object) -> set[Role]:
    """Return the roles held at the instant."""
    return set(queries.actor(account.pk, at=at).roles)  # type: ignore[arg-type]


def test_a_person_may_apply_and_an_account_without_one_may_nothing() -> None:
    assert roles(opened(1), MONDAY) == {Role.APPLICANT}
    assert roles(opened(2, with_person=False), MONDAY) == set()


def test_a_role_is_held_from_its_first_instant_until_its_last_excluded() -> None:
    account = opened(with_person=False)
    actions.grant(account, Role.VERIFIER, at=MONDAY, until=TUESDAY)

    assert roles(account, MONDAY - INSTANT) == set()
    assert roles(account, MONDAY) == {Role.VERIFIER}
    assert roles(account, TUESDAY - INSTANT) == {Role.VERIFIER}
    assert roles(account, TUESDAY) == set()


def test_who_left_the_office_and_when_is_told_by_the_last_role_that_ended() -> None:
    account, sponsor = opened(1), opened(2)
    actions.grant(account, Role.VERIFIER, at=MONDAY, until=TUESDAY)
    actions.grant(account, Role.TRAINER, at=MONDAY, until=NEXT_WEEK)
    actions.grant(sponsor, Role.SPONSOR, at=MONDAY, until=TUESDAY)

    assert queries.left_office_at(account.pk, at=MONDAY) is None
    assert queries.left_office_at(account.pk, at=TUESDAY) == TUESDAY
    assert queries.left_office_at(account.pk, at=NEXT_WEEK) == NEXT_WEEK
    assert queries.left_office_at(sponsor.pk, at=NEXT_WEEK) is None


def test_a_role_without_an_end_is_held_until_it_is_ended() -> None:
    account = opened(with_person=False)
    actions.grant(account, Role.DIRECTOR, at=MONDAY)

    assert actions.end_grants(account, Role.DIRECTOR, at=TUESDAY) == 1

    assert roles(account, TUESDAY - INSTANT) == {Role.DIRECTOR}
    assert roles(account, NEXT_WEEK) == set()
    assert actions.end_grants(account, Role.DIRECTOR, at=NEXT_WEEK) == 0


def test_a_term_that_still_runs_is_ended_early() -> None:
    account = opened(with_person=False)
    actions.grant(account, Role.ASSESSOR, at=MONDAY, until=NEXT_WEEK)

    assert actions.end_grants(account, Role.ASSESSOR, at=TUESDAY) == 1

    assert roles(account, TUESDAY) == set()


def test_ending_one_role_leaves_the_others() -> None:
    account = opened(with_person=False)
    actions.grant(account, Role.ASSESSOR, at=MONDAY)
    actions.grant(account, Role.COMMITTEE, at=MONDAY)

    actions.end_grants(account, Role.ASSESSOR, at=TUESDAY)

    assert roles(account, NEXT_WEEK) == {Role.COMMITTEE}


def test_a_closed_account_is_a_stranger() -> None:
    account = opened()
    actions.grant(account, Role.ADMIN, at=MONDAY)
    Account.objects.update(is_active=False)

    assert queries.actor(account.pk, at=TUESDAY) == STRANGER
    assert queries.actor(account.pk + 1, at=TUESDAY) == STRANGER
    assert queries.accounts_with(Role.ADMIN, at=TUESDAY) == []


def test_an_actor_knows_the_offices_the_roles_are_held_for() -> None:
    office = actions.found_organization(
        "Dinas Sosial",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=date(2020, 1, 1),
        rng=random.Random(3),
    )
    account = opened(with_person=False)
    actions.grant(account, Role.SPONSOR, at=MONDAY, until=NEXT_WEEK, organization=office)

    assert queries.actor(account.pk, at=MONDAY).organization_ids == {office.pk}
    assert queries.actor(account.pk, at=NEXT_WEEK).organization_ids == frozenset()


def test_accounts_are_found_by_a_role_they_hold_now_with_all_their_roles() -> None:
    both, lapsed = opened(1), opened(2)
    actions.grant(both, Role.ASSESSOR, at=MONDAY)
    actions.grant(both, Role.COMMITTEE, at=MONDAY)
    actions.grant(lapsed, Role.COMMITTEE, at=MONDAY, until=TUESDAY)

    found = queries.accounts_with(Role.COMMITTEE, at=TUESDAY)

    assert [(a.account_id, a.person_id, a.label) for a in found] == [
        (both.pk, both.person_id, "Akun 1")
    ]
    assert found[0].roles == {Role.ASSESSOR, Role.COMMITTEE}


def test_the_database_knows_only_roles_that_exist_and_terms_that_end_after_they_begin() -> None:
    account = opened(with_person=False)

    for role, until in (("emperor", None), (Role.ADMIN.value, MONDAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(
                account=account, role=role, valid_from=MONDAY, valid_until=until
            )


def test_an_assessor_may_assess_up_to_the_last_day_of_the_license() -> None:
    key = person(1)
    actions.license_assessor(key, registration_number="MET.000.1", until=date(2026, 3, 31))

    assert queries.assessors(on=date(2026, 3, 31)) == [key]
    assert queries.assessors(on=date(2026, 4, 1)) == []

    actions.license_assessor(key, registration_number="MET.000.2", until=date(2029, 3, 31))
    assert queries.assessors(on=date(2026, 4, 1)) == [key]


def test_only_a_sponsor_acts_in_the_name_of_an_organization() -> None:
    account = opened()
    own, other = (
        actions.found_organization(
            name,
            kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
            on=MONDAY.date(),
            rng=random.Random(n),
        )
        for n, name in enumerate(("Dinas Sosial", "Balai"))
    )
    actions.grant(account, Role.SPONSOR, at=MONDAY, organization=own)
    actions.grant(account, Role.TRAINER, at=MONDAY, organization=other)

    assert queries.actor(account.pk, at=MONDAY).organization_ids == {own.pk}
    (known,) = queries.accounts_with(Role.TRAINER, at=MONDAY)
    assert known.organization_ids == {own.pk}
