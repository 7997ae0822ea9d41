"""Does the office see what was sent in, and why lines did not go on?"""

import pytest

from kompeten.applications.models import CollectiveRow
from kompeten.kernel.roles import Role
from tests.faces.office import lists
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words

pytestmark = pytest.mark.django_db
INDEX = "/kantor/daftar/"


def test_a_list_shows_its_office_its_counts_and_its_lines() -> None:
    client, _ = at_work(Role.COORDINATOR)
    sent = lists.received(20, by=lists.sponsor(), faults=0.5)

    index = words(client.get(INDEX))
    detail = words(client.get(f"{INDEX}{sent.ref}/"))

    assert "Usulan 5.xlsx" in index
    assert "Dinas Sosial 7900" in index
    assert sent.repair > 0
    for line in CollectiveRow.objects.all():
        assert line.name in detail


def test_the_lines_are_narrowed_by_verdict() -> None:
    client, _ = at_work(Role.COORDINATOR)
    sent = lists.received(20, by=lists.sponsor(), faults=0.5)
    good = CollectiveRow.objects.filter(verdict="good").values_list("name", flat=True)

    repair = words(client.get(f"{INDEX}{sent.ref}/", {"putusan": "repair"}))
    nonsense = words(client.get(f"{INDEX}{sent.ref}/", {"putusan": "nonsense"}))

    assert not [name for name in good if name in repair]
    assert all(name in nonsense for name in good)


def test_lists_are_for_those_who_work_on_files() -> None:
    by = lists.sponsor()
    sent = lists.received(2, by=by)

    for number, role in enumerate((Role.ASSESSOR, Role.MINISTRY, Role.TRAINER)):
        client, _ = at_work(role, n=7100 + number)
        assert client.get(INDEX).status_code == 404
        assert client.get(f"{INDEX}{sent.ref}/").status_code == 404
    assert entered(by).get(f"{INDEX}{sent.ref}/").status_code == 404
    assert at_work(Role.AUDITOR)[0].get(f"{INDEX}{sent.ref}/").status_code == 200


def test_no_lists_yet_is_said() -> None:
    assert said("No lists yet") in words(at_work(Role.AUDITOR)[0].get(INDEX))


def test_what_htmx_swaps_is_a_part_of_the_page() -> None:
    client, _ = at_work(Role.COORDINATOR)
    sent = lists.received(5, by=lists.sponsor())

    fragment, whole = part_of(client, f"{INDEX}{sent.ref}/")

    assert fragment.startswith('<div id="lines"')
    assert fragment in whole


def test_the_index_takes_as_many_queries_for_one_list_as_for_three() -> None:
    client, _ = at_work(Role.COORDINATOR)
    by = lists.sponsor()
    lists.received(3, by=by, seed=1)
    one = cost(client, INDEX)

    lists.received(3, by=by, seed=2)
    lists.received(3, by=lists.sponsor(7901), seed=3)

    assert cost(client, INDEX) == one


def test_a_list_takes_as_many_queries_for_ten_lines_as_for_two_hundred() -> None:
    client, _ = at_work(Role.COORDINATOR)
    by = lists.sponsor()
    ten = cost(client, f"{INDEX}{lists.received(10, by=by, seed=1, faults=0.3).ref}/")

    many = lists.received(200, by=by, seed=2, faults=0.3)

    assert cost(client, f"{INDEX}{many.ref}/") == ten
    assert cost(client, f"{INDEX}{many.ref}/?halaman=4") == ten
