"""Are people, offices and roles found as the office asks for them, and can one role be ended?"""

import random
from datetime import timedelta

import pytest

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import RoleGrant
from kompeten.people.terms import NameRow, OrganizationKind
from tests.make.people import account, person
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_licences_are_found_by_a_part_of_name_or_number_and_by_their_end() -> None:
    for n, days in ((1, 30), (2, 10)):
        until = MONDAY.date() + days * DAY
        actions.license_assessor(person(n), registration_number=f"MET.{n}", until=until)

    rows = queries.licence_rows(queries.licences())

    assert [row.registration_number for row in rows] == ["MET.2", "MET.1"]
    assert [r.name for r in queries.licence_rows(queries.licences(text="met.1"))] == ["Ani Rahayu"]
    assert queries.licences(text="rahayu 2").count() == 1


def test_an_office_keeps_its_names_and_is_found_by_each() -> None:
    office = actions.found_organization(
        "Dinas Lama", kind=OrganizationKind.EMPLOYER, on=MONDAY.date(), rng=random.Random(1)
    )
    actions.rename_organization(office, "Dinas Baru", on=TUESDAY.date())

    (row,) = queries.office_rows(queries.offices(text="lama"))

    assert row.names == (
        NameRow("Dinas Baru", TUESDAY.date(), None),
        NameRow("Dinas Lama", MONDAY.date(), TUESDAY.date()),
    )
    assert not queries.offices(text="lama", kind="university")


def test_grants_exist_for_administrators_and_auditors_only() -> None:
    auditor = account(1, Role.AUDITOR, label="Vera")
    account(2, Role.VERIFIER, label="Budi")
    verifier = account(3, Role.VERIFIER)

    found = queries.grants(auditor, text="budi", role="verifier")
    (row,) = queries.grant_rows(found, on=MONDAY.date())

    assert (row.label, row.role, row.until) == ("Budi", Role.VERIFIER, None)
    assert not queries.grants(verifier)
    assert queries.granted(row.id, verifier) is None


def test_an_administrator_ends_one_grant_once() -> None:
    admin, budi = account(1, Role.ADMIN), account(2, Role.VERIFIER, Role.TRAINER)
    grant = RoleGrant.objects.get(account_id=budi.account_id, role="verifier")

    actions.end_grant(grant, by=admin, at=MONDAY)

    assert queries.actor(budi.account, at=MONDAY).roles == {Role.TRAINER, Role.APPLICANT}
    assert not queries.held_grants(queries.grants(admin, role="verifier"), at=MONDAY)
    with pytest.raises(StaleRecord):
        actions.end_grant(grant, by=admin, at=TUESDAY)
    assert RoleGrant.objects.get(pk=grant.pk).valid_until == MONDAY


@pytest.mark.parametrize(
    ("role", "reason"), [(Role.AUDITOR, "role.not_held"), (Role.ADMIN, "grant.own")]
)
def test_nobody_else_ends_a_grant_and_no_administrator_their_own(role: Role, reason: str) -> None:
    actor = account(1, role)
    own = RoleGrant.objects.get(account_id=actor.account_id)

    with pytest.raises(StepRefused) as refused:
        actions.end_grant(own, by=actor, at=MONDAY)

    assert refused.value.reasons == (reason,)
    assert RoleGrant.objects.get(pk=own.pk).valid_until is None
