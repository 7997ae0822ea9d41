"""Is a person made known once, with their own words kept and their NIK nowhere in clear?"""

import random
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions, queries
from kompeten.people.models import Organization, OrganizationName, Person
from kompeten.people.terms import Identity, OrganizationKind, PersonRow
from tests.make.people import identity, person
from tests.make.times import MONDAY, TUESDAY, WIB_MIDNIGHT

pytestmark = pytest.mark.django_db


def admit(*identities: Identity, seed: int = 7) -> dict[str, int]:
    """Admit a list on Monday."""
    return actions.admit_many(identities, at=MONDAY, rng=random.Random(seed))


def test_a_list_makes_each_person_known_by_nik() -> None:
    found = admit(identity(1), identity(2))

    assert found.keys() == {identity(1).nik, identity(2).nik}
    assert queries.persons(found.values())[found[identity(1).nik]] == PersonRow(
        id=found[identity(1).nik],
        ref=Person.objects.get(pk=found[identity(1).nik]).ref,
        name="Ani Rahayu",
        full_name="Ani Rahayu",
        region_code="12.18",
        employer_id=None,
    )


def test_the_same_list_again_makes_nobody_known_twice() -> None:
    first = admit(identity(1), identity(2), seed=1)

    again = admit(identity(2), identity(1), identity(3), seed=2)

    assert {nik: again[nik] for nik in first} == first
    assert Person.objects.count() == 3


def test_one_list_that_names_somebody_twice_knows_them_once() -> None:
    assert len(admit(identity(1), identity(1))) == 1
    assert Person.objects.count() == 1


def test_a_later_list_does_not_overwrite_what_a_person_has_said() -> None:
    admit(identity(1))

    admit(identity(1, name="ANI R.", phone="+620000", email="kantor@contoh.example"))

    kept = Person.objects.get()
    assert (kept.name, kept.phone, kept.email) == (
        "Ani Rahayu",
        "+628123456789",
        "ani1@contoh.example",
    )


def test_employers_are_made_known_once_by_name() -> None:
    admit(identity(1, employer="Dinas Sosial Deli Serdang"))
    found = admit(
        identity(2, employer="Dinas Sosial Deli Serdang"),
        identity(3, employer="LKS Harapan"),
        seed=8,
    )

    rows = queries.persons(Person.objects.values_list("pk", flat=True))
    employers = [row.employer_id for row in sorted(rows.values(), key=lambda r: r.id)]
    assert Organization.objects.count() == 2
    assert employers[0] == employers[1] != employers[2]
    names = queries.organization_names(set(employers) - {None}, on=MONDAY.date())
    assert sorted(names.values()) == ["Dinas Sosial Deli Serdang", "LKS Harapan"]
    assert len(found) == 2


def test_an_employer_is_called_so_from_the_day_on_that_has_begun_in_jakarta() -> None:
    found = actions.admit_many(
        [identity(1, employer="LKS Harapan")], at=WIB_MIDNIGHT, rng=random.Random(7)
    )

    (row,) = queries.persons(found.values()).values()
    assert row.employer_id is not None
    assert queries.organization_names([row.employer_id], on=MONDAY.date()) == {}
    assert queries.organization_names([row.employer_id], on=TUESDAY.date()) == {
        row.employer_id: "LKS Harapan"
    }


def test_people_without_a_nik_are_different_people() -> None:
    first, second = (person(n, nik="") for n in (1, 2))

    assert first != second
    with pytest.raises(ValueError, match="one by one"):
        admit(identity(3, nik=""), identity(4, nik=""))


def test_a_thousand_people_cost_a_few_statements(django_assert_max_num_queries: Any) -> None:
    people = [identity(n, employer=f"LKS {n % 40}") for n in range(1, 1001)]

    with django_assert_max_num_queries(36):
        assert len(admit(*people)) == 1000
    with django_assert_max_num_queries(8):  # everybody is known
        assert len(admit(*people)) == 1000


def test_a_nik_comes_back_to_who_may_ask_for_it() -> None:
    key = person(1)

    assert queries.nik_of(key) == identity(1).nik
    assert queries.nik_of(person(2, nik="")) == ""
    assert queries.person_by_nik(identity(1).nik) == key
    assert queries.person_by_nik("9999999999999999") is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into SQLite's own bytes")
def test_a_stolen_database_holds_no_nik_in_clear(tmp_path: Path) -> None:
    person(1)
    copy = sqlite3.connect(tmp_path / "stolen.sqlite3")
    connection.ensure_connection()

    copy.executescript("\n".join(_dumped()))
    copy.close()

    stolen = (tmp_path / "stolen.sqlite3").read_bytes()
    assert b"Ani Rahayu" in stolen  # the copy is a real one
    assert identity(1).nik.encode() not in stolen
    assert identity(1).nik[:12].encode() not in stolen


def _dumped() -> list[str]:
    """Return SQL that writes the table of persons and what it holds."""
    dump = connection.connection.iterdump()
    kept = ('CREATE TABLE "people_person"', 'INSERT INTO "people_person"')
    return [line for line in dump if line.startswith(kept)]


def test_persons_are_read_in_one_query_for_each_five_hundred(
    django_assert_num_queries: Any,
) -> None:
    keys = list(admit(*(identity(n) for n in range(1, 600))).values())

    with django_assert_num_queries(2):
        assert len(queries.persons(keys)) == 599


def test_an_office_is_called_as_it_was_called_that_day() -> None:
    office = actions.found_organization(
        "Dinas Sosial",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=date(2012, 11, 29),
        rng=random.Random(1),
    )

    actions.rename_organization(office, "Dinas Sosial dan PMD", on=date(2020, 1, 1))

    def called(on: date) -> str | None:
        return queries.organization_names([office.pk], on=on).get(office.pk)

    assert called(date(2012, 11, 28)) is None
    assert called(date(2012, 11, 29)) == "Dinas Sosial"
    assert called(date(2019, 12, 31)) == "Dinas Sosial"
    assert called(date(2020, 1, 1)) == called(TUESDAY.date()) == "Dinas Sosial dan PMD"
    assert OrganizationName.objects.filter(valid_until=None).count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": "محمد علي"}, "name.letters"),
        ({"name": "3271956701920001"}, "name.digits"),
        ({"name": "."}, "name.missing"),
        ({"title_before": "😊"}, "text.letters"),
        ({"birth_place": "社"}, "text.letters"),
        ({"employer": "Dinas\u202e"}, "text.letters"),
    ],
)
def test_who_could_not_be_printed_is_not_admitted(said: dict[str, str], reason: str) -> None:
    with pytest.raises(StepRefused) as refusal:
        person(1, **said)

    assert refusal.value.reasons == (reason,)
    assert not Person.objects.exists()


def test_a_name_is_kept_tidy() -> None:
    key = person(1, name=" Jose\u0301  d\u200b'Arc ")

    kept = queries.person(key)
    assert kept is not None
    assert kept.name == "José d'Arc"


def test_names_of_organizations_and_accounts_can_be_printed_too() -> None:
    rng = random.Random(1)
    office = actions.found_organization(
        "Dinas  Sosial", kind=OrganizationKind.EMPLOYER, on=MONDAY.date(), rng=rng
    )

    with pytest.raises(StepRefused, match=r"organization\.letters"):
        actions.rename_organization(office, "社会", on=TUESDAY.date())
    with pytest.raises(StepRefused, match=r"name\.letters"):
        actions.open_account(at=MONDAY, rng=rng, label="محمد")
    assert list(OrganizationName.objects.values_list("name", flat=True)) == ["Dinas Sosial"]
