"""Are letters printed from the office, by those who may, and in plain sight of how many?"""

import pytest

from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.notices import queries, tasks
from kompeten.notices.models import Delivery
from kompeten.people.models import Person
from tests.faces.office.staff import at_work, cost, words
from tests.make import verification
from tests.make.helping import NIKS
from tests.make.invitations import content, officer, sent

pytestmark = pytest.mark.django_db
PAGE = "/kantor/surat/"


def returned(n: int = 1) -> None:
    """Let somebody without e-mail be told to mend their application."""
    at = clock.now()
    review, _ = verification.returned(n, at=at, by=verification.verifier(5100 + n, at=at))
    Person.objects.filter(pk=review.application.person_id).update(email="")
    while tasks.tell(at=at):
        continue


def test_letters_are_shown_then_printed_then_gone() -> None:
    returned()
    office, _ = at_work(Role.COORDINATOR)

    before = words(office.get(PAGE))
    made = office.post(PAGE, {"jenis": "returned"})
    after = words(office.get(PAGE))

    assert "1 surat menunggu dicetak" in before
    assert made["Content-Type"] == "application/pdf"
    assert made["Cache-Control"] == "private, no-store"
    assert made.content[:5] == b"%PDF-"
    assert "Tidak ada surat yang menunggu" in after
    assert Delivery.objects.count() == 1


def test_nothing_to_print_is_said_and_not_a_file() -> None:
    office, _ = at_work(Role.REGISTRAR)

    answer = office.post(PAGE, {"jenis": "result"})

    assert answer.status_code == 422
    assert "Tidak ada surat yang menunggu dicetak di sini" in words(answer)


@pytest.mark.parametrize(
    "asked", [{"jenis": "x"}, {"provinsi": "99"}, {"daftar": "../etc"}, {"permohonan": "'"}]
)
def test_what_was_not_asked_rightly_prints_nothing(asked: dict[str, str]) -> None:
    returned()
    office, _ = at_work(Role.COORDINATOR)

    answer = office.post(PAGE, {"jenis": "returned"} | asked)

    assert answer.status_code == 422
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.ASSESSOR, Role.AUDITOR, Role.SPONSOR])
def test_to_others_there_is_no_such_page(role: Role) -> None:
    office, _ = at_work(role)

    assert office.get(PAGE).status_code in {403, 404}
    assert office.post(PAGE, {"jenis": "returned"}).status_code in {403, 404}


@pytest.mark.parametrize(("again", "told"), [("", "cetak lagi"), ("on", "persempit pilihan")])
def test_more_than_a_file_holds_says_how_to_come_by_the_rest(
    again: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned(1)
    returned(2)
    office, _ = at_work(Role.COORDINATOR)
    monkeypatch.setattr(queries, "MOST_PAPERS", 1)

    page = words(office.get(PAGE, {"jenis": "returned", "ulang": again}))
    office.post(PAGE, {"jenis": "returned", "ulang": again})

    assert told in page
    assert Delivery.objects.count() == 1


def test_one_letter_costs_as_many_queries_as_three() -> None:
    office, _ = at_work(Role.COORDINATOR)
    returned(1)
    one = cost(office, PAGE)
    returned(2)
    returned(3)

    assert cost(office, PAGE) == one


def test_a_list_is_chosen_among_those_there_are_by_its_name() -> None:
    by = officer(at=clock.now())
    first, second = (
        sent(by, content({"nik": nik}), at=clock.now(), seed=seed)
        for seed, nik in enumerate(NIKS[:2])
    )
    office, _ = at_work(Role.COORDINATOR)

    page = office.get(PAGE, {"jenis": "returned", "daftar": first.ref}).content.decode()

    assert f'<option value="{first.ref}" selected>' in page
    assert f'<option value="{second.ref}">' in page
    assert "Gelombang I · Dinas Sosial 900" in page
    assert office.post(PAGE, {"jenis": "returned", "daftar": "AAAAAAAAAA"}).status_code == 422
