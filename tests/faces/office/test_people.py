"""Does the office see licences, names over time and roles, and can only an administrator end one?"""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import Account, RoleGrant
from kompeten.people.terms import OrganizationKind
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import people

pytestmark = pytest.mark.django_db
PEOPLE, OFFICES, ROLES = "/kantor/orang/", "/kantor/orang/lembaga/", "/kantor/orang/peran/"


def licensed(n: int, *, days: int) -> None:
    """License the n-th person for so many days from today."""
    until = timezone.localdate(clock.now()) + timedelta(days=days)
    person = people.person(n, at=clock.now())
    actions.license_assessor(person, registration_number=f"MET.{n}", until=until)


def office(n: int) -> str:
    """Make an organization known that was renamed, and return its name of today."""
    today = timezone.localdate(clock.now())
    made = actions.found_organization(
        f"Balai Lama {n}",
        kind=OrganizationKind.REGIONAL_CENTRE,
        on=today - timedelta(days=900),
        rng=random.Random(n),
    )
    actions.rename_organization(made, f"Balai Baru {n}", on=today - timedelta(days=30))
    return f"Balai Baru {n}"


def grant_of(role: Role, n: int = 7050) -> RoleGrant:
    """Return the grant of somebody new who holds `role`."""
    actor = people.account(n, role, at=clock.now(), label=f"Pemegang {n}")
    return RoleGrant.objects.get(account_id=actor.account_id)


def test_licences_stand_in_the_order_in_which_they_end() -> None:
    client, _ = at_work(Role.COORDINATOR)
    licensed(1, days=900)
    licensed(2, days=20)
    licensed(3, days=-1)

    page = words(client.get(PEOPLE))

    assert page.index("MET.3") < page.index("MET.2") < page.index("MET.1")
    for word in ("ended", "ends soon", "valid"):
        assert said(word) in page
    assert "MET.1" not in words(client.get(PEOPLE, {"cari": "rahayu 2"}))


def test_an_organization_is_found_by_a_name_it_once_had() -> None:
    client, _ = at_work(Role.COORDINATOR)
    present = office(1)
    other = office(2)

    page = words(client.get(OFFICES, {"cari": "lama 1"}))

    assert present in page
    assert "Balai Lama 1" in page
    assert other not in page
    assert other in words(client.get(OFFICES, {"jenis": "regional_centre"}))
    assert other not in words(client.get(OFFICES, {"jenis": "university"}))


def test_an_administrator_ends_a_role_and_it_opens_nothing_any_more() -> None:
    client, _ = at_work(Role.ADMIN)
    grant = grant_of(Role.VERIFIER)
    holder = entered(queries.actor(grant.account_id, at=clock.now()))
    assert holder.get("/kantor/").status_code == 200

    first = client.post(f"{ROLES}{grant.pk}/akhiri/")
    second = client.post(f"{ROLES}{grant.pk}/akhiri/")

    assert (first.status_code, second.status_code) == (302, 409)
    assert holder.get("/kantor/").status_code == 403
    assert "Pemegang 7050" not in words(client.get(ROLES))
    assert "Pemegang 7050" in words(client.get(ROLES, {"lampau": "on"}))


def test_nobody_ends_their_own_role() -> None:
    client, admin = at_work(Role.ADMIN)
    own = RoleGrant.objects.get(account_id=admin.account_id)

    page = client.get(ROLES)
    answer = client.post(f"{ROLES}{own.pk}/akhiri/")

    assert f"{own.pk}/akhiri" not in page.content.decode()
    assert answer.status_code == 409
    assert said("Nobody ends their own role; another administrator does it.") in words(answer)
    assert RoleGrant.objects.get(pk=own.pk).valid_until is None


def test_an_auditor_reads_roles_and_ends_none() -> None:
    client, _ = at_work(Role.AUDITOR)
    grant = grant_of(Role.VERIFIER)

    page = client.get(ROLES)

    assert "Pemegang 7050" in words(page)
    assert "akhiri" not in page.content.decode()
    assert client.post(f"{ROLES}{grant.pk}/akhiri/").status_code == 403
    assert RoleGrant.objects.get(pk=grant.pk).valid_until is None


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.ASSESSOR, Role.MINISTRY])
def test_people_are_for_those_who_answer_for_them(role: Role) -> None:
    client, _ = at_work(role)
    grant = grant_of(Role.TRAINER)

    for address in (PEOPLE, OFFICES, ROLES):
        assert client.get(address).status_code == 404
    assert client.post(f"{ROLES}{grant.pk}/akhiri/").status_code == 403


def test_a_coordinator_sees_people_but_no_roles() -> None:
    client, _ = at_work(Role.COORDINATOR)

    assert ROLES not in client.get(PEOPLE).content.decode()
    assert client.get(ROLES).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999", "99999999999999999999"])
def test_an_unknown_grant_has_no_page(key: str) -> None:
    client, _ = at_work(Role.ADMIN)

    assert client.post(f"{ROLES}{key}/akhiri/").status_code == 404


@pytest.mark.parametrize("address", [PEOPLE, OFFICES, ROLES])
def test_what_htmx_swaps_is_a_part_of_the_page(address: str) -> None:
    client, _ = at_work(Role.ADMIN)
    licensed(1, days=10)
    office(1)

    fragment, whole = part_of(client, address)

    assert fragment.startswith('<div id="rows"')
    assert fragment in whole


def test_the_lists_take_as_many_queries_for_one_as_for_three() -> None:
    client, _ = at_work(Role.ADMIN)

    def more(n: int) -> None:
        licensed(n, days=10)
        name = office(n)
        account = Account.objects.get(pk=people.account(7200 + n, at=clock.now()).account_id)
        place = queries.organization_by_ref(
            queries.organizations("regional_centre", on=timezone.localdate(clock.now()))[0][1]
        )
        assert name
        actions.grant(account, Role.TRAINER, at=account.created_at, organization=place)

    more(1)
    one = [cost(client, address) for address in (PEOPLE, OFFICES, ROLES)]
    more(2)
    more(3)

    assert [cost(client, address) for address in (PEOPLE, OFFICES, ROLES)] == one
