"""Does the registrar find a certificate, see what it states, and how it came to be?"""

import pytest

from kompeten.certificates.models import Certificate
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, cost, part_of, said, words
from tests.make import decisions

pytestmark = pytest.mark.django_db
SHELF = "/kantor/sertifikat/"


def issued(n: int = 1) -> Certificate:
    """Return the published certificate of the n-th person."""
    decision = decisions.certified(n)
    return Certificate.objects.get(application_id=decision.application_id)


def test_a_certificate_is_found_by_number_and_by_a_part_of_the_name() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    certificate = issued()

    by_number = client.get(SHELF, {"cari": certificate.number})
    by_name = client.get(SHELF, {"cari": "rahayu"})
    nobody = client.get(SHELF, {"cari": "tidak ada"})

    assert certificate.number in words(by_number)
    assert certificate.number in words(by_name)
    assert said("Nothing found") in words(nobody)


def test_its_page_shows_what_is_printed_its_units_and_its_story() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    certificate = issued()

    page = words(client.get(f"{SHELF}{certificate.ref}/"))

    unit = certificate.content["units"][0]
    assert unit["title"] in page
    assert certificate.content["valid_until"] not in page  # a date as people write it
    assert said("The certificate was published.") in page
    assert said("A number was reserved.") in page


def test_the_signed_sheet_is_sent_to_be_saved() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    certificate = issued()

    answer = client.get(f"{SHELF}{certificate.ref}/pdf/")

    assert answer.content.startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_shelf_is_swapped_as_it_stands_on_the_page() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    issued()

    fragment, whole = part_of(client, SHELF)

    assert fragment in whole


def test_the_shelf_costs_the_same_empty_and_filled() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    empty = cost(client, SHELF)

    issued()

    assert cost(client, SHELF) == empty


def test_strangers_find_neither_shelf_nor_sheet() -> None:
    stranger, _ = at_work(Role.ITEM_WRITER, n=7602)
    certificate = issued()

    pages = (SHELF, f"{SHELF}{certificate.ref}/", f"{SHELF}{certificate.ref}/pdf/")
    assert {stranger.get(page).status_code for page in pages} == {404}
    registrar, _ = at_work(Role.REGISTRAR, n=7601)
    assert registrar.get(f"{SHELF}TIDAKADA00/").status_code == 404
