"""Does a scheme stand there whole, with each value that has no source marked, and unchangeable?"""

import pytest
from django.test import Client
from django.utils import timezone, translation

from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.schemes import labels, queries
from kompeten.schemes.terms import VersionRow
from tests.faces.office.staff import at_work, entered, said, words
from tests.make import people

pytestmark = pytest.mark.django_db
INDEX = "/kantor/skema/"


def versions() -> list[VersionRow]:
    """Return what is in force today."""
    return queries.in_force(on=timezone.localdate(clock.now()))


def reader(role: Role = Role.MINISTRY) -> Client:
    """Return the browser of somebody of the staff."""
    return at_work(role)[0]


def test_every_version_in_force_is_listed_with_what_is_not_verified() -> None:
    page = words(reader().get(INDEX))

    for row in versions():
        said_there = queries.content(row.id)
        assert said_there.title.id in page
        assert said("%(n)s value not verified", n=len(said_there.unverified)) in page


@pytest.mark.parametrize("number", range(8))
def test_a_version_stands_there_whole(number: int) -> None:
    row = versions()[number]
    content = queries.content(row.id)

    page = words(reader().get(f"{INDEX}{row.ref}/"))

    with translation.override("id"):
        for route in content.routes:
            assert str(labels.ROUTE[route]) in page
    for unit in content.units:
        assert unit.code in page
    for doubt in queries.unverified_in(content):
        assert doubt.why.id in page
    assert str(content.cognitive.blueprint.items) in page


def test_what_has_a_source_is_not_marked() -> None:
    row = next(r for r in versions() if r.scheme_code == "welfare_worker_generalist")
    page = words(reader().get(f"{INDEX}{row.ref}/"))
    mark = said("not verified")

    assert f"{said('Valid for')} 5 tahun {mark}" not in page
    assert f"{said('Valid for')} 5 tahun" in page
    assert f"{said('Pass mark')} 60 % {mark}" in page


def test_a_scheme_cannot_be_changed_here() -> None:
    client, row = reader(Role.ADMIN), versions()[0]

    assert client.post(INDEX).status_code == 405
    assert client.post(f"{INDEX}{row.ref}/").status_code == 405


def test_an_unknown_version_has_no_page_and_applicants_have_none() -> None:
    owner = people.account(1, Role.APPLICANT, at=clock.now())

    assert reader().get(f"{INDEX}NOSUCHREF0/").status_code == 404
    assert entered(owner).get(INDEX).status_code == 404
