"""Do the pages on which a line is mended name the routes that the rules leave to the person?"""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from kompeten.applications import queries
from kompeten.applications.models import Repair
from kompeten.foundation import clock
from kompeten.people.models import Account
from kompeten.schemes.terms import Route
from tests.faces.candidate.stage import words
from tests.make import invitations as make
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
# Of 34 years and practice since 2015; what a generalist welfare worker's rules leave to her.
WRITTEN = {"route": "", "started_on": "01/02/2015"}


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


def sponsor(*lines: dict[str, Any]) -> tuple[Client, list[Repair]]:
    """Return the browser of an office whose list has these lines, and those that wait."""
    by = make.officer()
    make.sent(by, make.content(*lines))
    client = Client(headers={"Accept-Language": "id"})
    client.force_login(Account.objects.get(pk=by.account_id))
    return client, list(Repair.objects.order_by("id"))


def proposed(repair: Repair) -> tuple[Route, ...]:
    return queries.routes_proposed([repair], on=TUESDAY.date()).get(repair.pk, ())


def test_the_form_of_a_line_puts_the_open_routes_first_and_the_batch_names_them() -> None:
    client, (repair,) = sponsor(WRITTEN)
    said = queries.route_words(proposed(repair))

    form = unescape(client.get(f"/saya/kolektif/perbaikan/{repair.ref}/").content.decode())
    batch = words(client.get(f"/saya/kolektif/{repair.line.collective.ref}/"))

    assert 0 < len(said) < len(Route)
    choices = form[form.index('id="id_route"') :]
    assert choices.index(said[0]) < choices.index("optgroup", choices.index("</optgroup>"))
    assert f"Jalur yang terbuka menurut aturan: {', '.join(said)}" in words(
        client.get(f"/saya/kolektif/perbaikan/{repair.ref}/")
    )
    assert "Jalur yang terbuka menurut aturan:" in batch


def test_a_route_that_is_not_proposed_may_be_chosen_all_the_same() -> None:
    client, (repair,) = sponsor(WRITTEN)
    other = next(r for r in Route if r not in proposed(repair))

    (word,) = queries.route_words([other])
    answer = client.post(
        f"/saya/kolektif/perbaikan/{repair.ref}/", queries.written(repair) | {"route": word}
    )

    assert answer.status_code in {302, 422}
    assert 'id="id_route-error"' not in answer.content.decode()


def test_the_person_sees_them_by_their_own_link_as_well() -> None:
    found, _ = make.invited(make.officer(), **WRITTEN)
    phone, path = Client(headers={"Accept-Language": "id"}), f"/k/{queries.token_of(found.ref)}/"
    phone.post(path, {"bukti": "27/01/1992"})

    assert found.repair is not None
    said = ", ".join(queries.route_words(proposed(found.repair)))
    assert f"Jalur yang terbuka menurut aturan: {said}" in words(phone.get(path))


def test_where_the_route_is_not_what_lacks_nothing_is_proposed() -> None:
    client, (repair,) = sponsor({"nik": make.SHORT_NIK, "birth_on": date(1992, 1, 27)})

    assert proposed(repair) == ()
    page = words(client.get(f"/saya/kolektif/perbaikan/{repair.ref}/"))
    assert "Jalur yang terbuka menurut aturan" not in page


@pytest.mark.parametrize("count", [1, 12])
def test_proposing_costs_the_same_for_one_line_and_for_twelve(
    count: int, django_assert_num_queries: Any
) -> None:
    _, repairs = sponsor(*(WRITTEN | {"nik": f"32719567019200{n:02}"} for n in range(1, count + 1)))
    rows = [r for r in repairs if r.line.reasons]
    queries.routes_proposed(rows, on=TUESDAY.date())

    with django_assert_num_queries(3):
        assert len(queries.routes_proposed(rows, on=TUESDAY.date())) == len(rows) == count
