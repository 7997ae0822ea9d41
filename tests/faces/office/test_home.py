"""What does each role find when it comes to work, in the menu, on the first page, and in the figures?"""

import pytest
from django.test import Client
from django.utils import translation

from kompeten.foundation import clock
from kompeten.kernel.roles import STAFF, Role
from kompeten.reporting import labels
from kompeten.reporting.terms import Stage
from tests.faces.office import lists
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import applications, people, verification

pytestmark = pytest.mark.django_db
HOME, FIGURES = "/kantor/", "/kantor/angka/"
OVERSEERS = (
    Role.COORDINATOR,
    Role.DIRECTOR,
    Role.REGISTRAR,
    Role.MINISTRY,
    Role.AUDITOR,
    Role.ADMIN,
)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_every_role_has_a_first_page_and_every_place_in_its_menu_opens(role: Role) -> None:
    client, _ = at_work(role)

    page = client.get(HOME)

    assert page.status_code == 200
    places = {item.href for item in page.context["nav"]}
    assert HOME in places
    for place in places:
        assert client.get(place, follow=True).status_code == 200, place


def test_a_verifier_sees_what_waits_and_the_desk() -> None:
    client, by = at_work(Role.VERIFIER)
    applications.submitted(1, at=clock.now())
    held, _ = verification.claimed(2, by=by, at=clock.now())

    page = client.get(HOME)

    assert said("This waits for you.") in words(page)
    assert f"/kantor/verifikasi/{held.ref}/" in page.content.decode()
    counts = {item.href: item.count for item in page.context["nav"]}
    assert counts["/kantor/verifikasi/"] == 2


def test_a_desk_with_nothing_to_do_says_so() -> None:
    client, _ = at_work(Role.VERIFIER)

    assert said("All done") in words(client.get(HOME))


@pytest.mark.parametrize("role", OVERSEERS)
def test_who_answers_for_the_whole_sees_the_year(role: Role) -> None:
    client, _ = at_work(role)
    applications.submitted(1, at=clock.now())

    page = words(client.get(HOME))
    figures = client.get(FIGURES)

    with translation.override("id"):
        assert str(labels.STAGE[Stage.CERTIFIED]) in page
    assert "16.920" in page
    assert figures.status_code == 200
    assert "Sumatera Utara" in words(figures)


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.ASSESSOR, Role.TRAINER, Role.ITEM_WRITER])
def test_figures_are_for_those_who_answer_for_the_whole(role: Role) -> None:
    client, _ = at_work(role)

    assert client.get(FIGURES).status_code == 404
    assert "16.920" not in words(client.get(HOME))


def test_figures_are_narrowed_to_a_scheme() -> None:
    client, _ = at_work(Role.MINISTRY)
    applications.submitted(1, at=clock.now())

    assert "Sumatera Utara" in words(client.get(FIGURES, {"skema": applications.SCHEME}))
    assert "Sumatera Utara" not in words(client.get(FIGURES, {"skema": "social_educator"}))
    assert "Sumatera Utara" in words(client.get(FIGURES, {"skema": "nonsense"}))


def test_strangers_and_applicants_do_not_come_in() -> None:
    owner = people.account(1, Role.APPLICANT, at=clock.now())

    assert entered(owner).get(HOME).status_code == 404
    assert Client().get(HOME)["Location"] == "/akun/masuk/?next=%2Fkantor%2F"


def test_what_htmx_swaps_is_a_part_of_the_page() -> None:
    client, _ = at_work(Role.MINISTRY)
    applications.submitted(1, at=clock.now())

    fragment, whole = part_of(client, FIGURES)

    assert fragment.startswith('<div id="year"')
    assert fragment in whole


def test_the_first_page_takes_as_many_queries_for_ten_people_as_for_sixty() -> None:
    client, _ = at_work(Role.COORDINATOR, Role.VERIFIER)
    by = lists.sponsor()
    lists.received(10, by=by, seed=1)
    ten = [cost(client, page) for page in (HOME, FIGURES)]

    lists.received(50, by=by, seed=2)

    assert [cost(client, page) for page in (HOME, FIGURES)] == ten
