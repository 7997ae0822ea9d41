"""Is a message seen as it will read before it counts, and does the office's nudge say it then?"""

import pytest

from kompeten.kernel.roles import Role
from kompeten.notices import queries
from kompeten.notices.models import MessageText
from kompeten.notices.terms import MessageKind
from tests.faces.office.staff import at_work, words

pytestmark = pytest.mark.django_db
PAGE = "/kantor/pesan/confirm/id/"
TEXT = "Halo {nama}, {kantor} menunggu: {tautan} (sampai {tanggal})"


def test_a_preview_shows_an_example_and_changes_nothing() -> None:
    office, _ = at_work(Role.COORDINATOR)

    answer = office.post(PAGE, {"teks": TEXT, "lihat": "1"})

    assert answer.status_code == 200
    assert "Halo Dewi Lestari, Dinas Sosial Kabupaten Bone menunggu:" in words(answer)
    assert "Sebagai SMS: 1 bagian" in words(answer)
    assert "https://wa.me/?text=Halo%20Dewi%20Lestari%2C" in answer.content.decode()
    assert not MessageText.objects.exists()


def test_a_text_is_put_in_force_and_listed() -> None:
    office, by = at_work(Role.COORDINATOR)

    answer = office.post(PAGE, {"teks": TEXT})

    assert answer["Location"] == PAGE
    assert queries.wording(MessageKind.CONFIRM, "id").text == TEXT
    assert by.label in words(office.get(PAGE))
    assert "sebagaimana bawaan" in words(office.get("/kantor/pesan/"))


@pytest.mark.parametrize("button", [{}, {"lihat": "1"}])
def test_a_text_without_the_link_says_what_is_wrong_and_is_kept_in_the_form(
    button: dict[str, str],
) -> None:
    office, _ = at_work(Role.COORDINATOR)

    answer = office.post(PAGE, {"teks": "Halo {nama}"} | button)

    assert answer.status_code == 422
    assert "Tanpa {tautan}" in words(answer)
    assert "Halo {nama}</textarea>" in answer.content.decode()
    assert not MessageText.objects.exists()


def test_what_is_typed_is_shown_as_text() -> None:
    office, _ = at_work(Role.COORDINATOR)

    answer = office.post(PAGE, {"teks": "<b>{tautan}</b>", "lihat": "1"})

    assert "<b>http" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/kantor/pesan/", PAGE])
@pytest.mark.parametrize("role", [Role.VERIFIER, Role.SPONSOR])
def test_to_others_there_is_no_such_page(role: Role, path: str) -> None:
    office, _ = at_work(role)

    assert office.get(path).status_code in {403, 404}


@pytest.mark.parametrize("path", ["/kantor/pesan/other/id/", "/kantor/pesan/mend/fr/"])
def test_a_message_that_there_is_not_is_not_found(path: str) -> None:
    office, _ = at_work(Role.COORDINATOR)

    assert office.get(path).status_code == 404
