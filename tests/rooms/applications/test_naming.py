"""Does an office's word on its columns hold for its lists, and for nobody else's?"""

import random
from typing import Any

import pytest

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, CollectiveRow, ListHeading
from kompeten.applications.terms import Verdict
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.terms import OrganizationKind
from tests.make import applications as make
from tests.make import containers
from tests.make.collective import one_person
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY
from tests.make.workbooks import put_list, workbook

pytestmark = pytest.mark.django_db

HEAD = ["Nomer Kependudukan", "Anggota", "Tgl Lahir", "Kab/Kota", "Profesi", "Jenjang", "Jalur"]
DEWI = [
    "3271956701920001",
    "Dewi Lestari",
    "27/01/1992",
    "Kota Bogor",
    "TKS",
    "generalis",
    "Pelatihan",
]
SAID = {"nomer kependudukan": "nik", "anggota": "name"}


def organization(n: int) -> int:
    """Return the key of the n-th office."""
    office = people.found_organization(
        f"Dinas Sosial {n}",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=MONDAY.date(),
        rng=random.Random(n),
    )
    return office.pk


def sponsor_of(office: int, n: int = 900) -> Actor:
    held = account(n, Role.SPONSOR)
    return Actor(held.account, frozenset({Role.SPONSOR}), organization_ids=frozenset({office}))


def listed(**changes: Any) -> bytes:
    line = one_person(**({"birth_on": "27/01/1992"} | changes))
    return workbook(lambda book, sheet: put_list(sheet, line))


def take(content: bytes, *, by: Actor, seed: int = 1) -> Any:
    (office,) = by.organization_ids
    return actions.receive_list(
        content, label="I", organization_id=office, by=by, at=TUESDAY, rng=random.Random(seed)
    )


@pytest.fixture
def office() -> int:
    make.schemes_loaded()
    return organization(1)


def test_what_was_said_once_holds_for_the_next_list(office: int) -> None:
    by = sponsor_of(office)
    actions.name_headings(office, SAID | {"angkatan": ""}, by=by, at=MONDAY)

    result = take(containers.xlsx({"A": [HEAD, DEWI]}), by=by)

    assert (result.good, result.repair) == (1, 0)
    assert Application.objects.get().person.name == "Dewi Lestari"
    assert queries.list_meanings(office) == SAID | {"angkatan": ""}


def test_it_does_not_hold_for_another_office(office: int) -> None:
    actions.name_headings(office, SAID, by=sponsor_of(office), at=MONDAY)

    assert queries.list_meanings(organization(2)) == {}


def test_an_answer_can_be_changed_and_forgotten(office: int) -> None:
    by = sponsor_of(office)
    actions.name_headings(office, SAID, by=by, at=MONDAY)

    actions.name_headings(
        office, {"anggota": "employer", "nomer kependudukan": None}, by=by, at=TUESDAY
    )

    assert queries.list_meanings(office) == {"anggota": "employer"}
    assert ListHeading.objects.get().said_at == TUESDAY


def test_only_names_and_fields_are_kept(office: int) -> None:
    odd = {"#3": "name", "=level": "Generalis", "": "nik", "x" * 121: "nik", "sandi": "password"}

    actions.name_headings(office, odd, by=sponsor_of(office), at=MONDAY)

    assert queries.list_meanings(office) == {}


def test_only_a_sponsor_of_the_office_is_heard(office: int) -> None:
    stranger = sponsor_of(organization(2))

    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.name_headings(office, SAID, by=stranger, at=MONDAY)


def test_a_known_nik_under_another_name_waits_and_joins_nobody(office: int) -> None:
    by = sponsor_of(office)
    take(listed(), by=by)

    result = take(listed(name="Kartini Wijaya"), by=by, seed=2)

    assert (result.good, result.repair, result.duplicate) == (0, 1, 0)
    assert CollectiveRow.objects.order_by("-id")[0].reasons == ["nik.held"]
    assert Application.objects.count() == 1


def test_a_known_nik_under_another_birth_date_waits_too(office: int) -> None:
    by = sponsor_of(office)
    take(listed(), by=by)

    assert take(listed(birth_on="27/01/1991"), by=by, seed=2).repair == 1


@pytest.mark.parametrize("same", ["DEWI LESTARI, S.Sos.", "Dewi Lestary", "D. Lestari"])
def test_another_spelling_of_a_name_is_the_same_person(office: int, same: str) -> None:
    by = sponsor_of(office)
    take(listed(), by=by)

    assert take(listed(name=same), by=by, seed=2).duplicate == 1


def verdicts(content: bytes, office: int) -> list[tuple[Verdict, tuple[str, ...]]]:
    judged = actions.foresee(content, organization_id=office, at=TUESDAY)
    return [(row.verdict, row.reasons) for row in judged.rows]


def test_a_preview_tells_nothing_of_a_nik_without_its_name_and_birth_date(office: int) -> None:
    take(listed(), by=sponsor_of(office))

    for probe in ({"name": "Siapa Saja"}, {"birth_on": "27/01/1991"}):
        assert verdicts(listed(**probe), office) == [(Verdict.GOOD, ())]


def test_a_preview_tells_whether_it_was_this_office_that_listed_somebody(office: int) -> None:
    take(listed(), by=sponsor_of(office))

    assert verdicts(listed(email=""), office) == [(Verdict.DUPLICATE, ("application.exists",))]
    other = organization(2)
    assert verdicts(listed(email=""), other) == [(Verdict.DUPLICATE, ("application.elsewhere",))]


def test_a_line_without_a_route_is_told_those_that_are_open(office: int) -> None:
    judged = actions.judge(listed(route="", practice_hours=2000.0), at=TUESDAY)

    (row,) = judged.rows
    assert row.reasons == ("route.missing",)
    assert row.routes
    assert set(row.routes) <= set(queries.routes_open({0: row.entry}, on=TUESDAY.date())[0])


def test_a_look_costs_as_many_queries_for_one_as_for_forty(
    office: int, django_assert_max_num_queries: Any
) -> None:
    actions.foresee(listed(), organization_id=office, at=TUESDAY)
    people = [[f"327195670192{n:04d}", f"Dewi {chr(n)}", *DEWI[2:]] for n in range(65, 105)]
    content = containers.xlsx({"A": [["NIK", "Nama", *HEAD[2:]], *people]})

    with django_assert_max_num_queries(5):
        actions.foresee(content, organization_id=office, at=TUESDAY)
