"""Does an office get a link and a message for each person, and no more than it may know?"""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate

from kompeten.applications import actions, queries
from kompeten.applications.actions import sheets
from kompeten.applications.adapters import workbook
from kompeten.applications.models import Application, Collective, Invitation
from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import clock, shortlinks
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions as notices
from kompeten.notices.terms import MessageKind
from tests.faces.candidate.stage import HTMX, browser, count_queries, words
from tests.make import applications as make
from tests.make.invitations import SHORT_NIK, content, lines, officer, sent
from tests.make.people import account
from tests.make.people import person as known_person
from tests.make.times import MONDAY, TUESDAY, WIB_MIDNIGHT

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def office(*people: dict[str, Any], at: Any = MONDAY) -> tuple[Actor, Client, Collective]:
    """Return a sponsor, their browser and the list they sent."""
    by = officer()
    return by, browser(by), sent(by, content(*people), at=at)


def asked(client: Client, batch: Collective, place: int = 0) -> str:
    """Open the link of one line, and return the address of its page."""
    answer = client.post(f"/saya/kolektif/baris/{lines(batch)[place].pk}/undang/")
    address: str = answer["Location"]
    return address


def test_a_link_is_opened_from_the_line_and_found_there_again() -> None:
    _, client, batch = office({})
    home = f"/saya/kolektif/{batch.ref}/"
    assert "Kirim tautan" in words(client.get(home))

    first, second = asked(client, batch), asked(client, batch)

    assert first == second
    assert first in client.get(home).content.decode()
    assert "belum dikirim" in words(client.get(home))


def test_all_links_are_prepared_at_once() -> None:
    _, client, batch = office({}, {"nik": "12", "name": "Putu"})

    client.post(f"/saya/kolektif/{batch.ref}/undang/")

    assert Invitation.objects.count() == 2
    assert "2 tautan siap" in words(client.get(f"/saya/kolektif/{batch.ref}/"))


def test_the_message_is_made_ready_once_in_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    _, client, batch = office({})
    page = asked(client, batch)
    short = shortlinks.address(LinkKind.INVITATION, Invitation.objects.get().ref)
    before = client.get(page).content.decode()

    client.post(f"{page}pesan/")
    ready = client.get(page).content.decode()
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + timedelta(days=2))
    client.post(f"{page}pesan/")
    later = words(client.get(page))
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + timedelta(days=3))
    client.post(f"{page}pesan/")

    assert short not in before
    assert short in ready
    followed = Client().get(short.removeprefix(settings.SHORT_URL))
    assert Client().get(followed["Location"].removeprefix(settings.PUBLIC_URL)).status_code == 200
    links = re.findall(r'href="((?:https://wa\.me|sms:|mailto:)[^"]*)"', ready)
    assert [link[:28] for link in links] == [
        "https://wa.me/6281234567890?",
        "sms:+6281234567890?body=Yth.",
        "mailto:dewi%40contoh.example",
    ]
    assert "Yth.%20Dewi%20Lestari%2C%20Dinas%20Sosial%20900" in links[0]
    assert "Orang ini baru saja dihubungi" in later
    assert Invitation.objects.get().nudges == 2


def test_before_dawn_message_and_letter_bear_the_day_that_has_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, client, batch = office({})
    monkeypatch.setattr(clock, "now", lambda: WIB_MIDNIGHT)
    page = asked(client, batch)
    found = Invitation.objects.get()

    client.post(f"{page}pesan/")
    letter = client.post(f"{page}surat/")

    (link,) = re.findall(r'href="(https://wa\.me[^"]*)"', client.get(page).content.decode())
    assert found.ends_at.time() == WIB_MIDNIGHT.time()
    with translation.override("id"):
        assert date_format(localdate(found.ends_at), "DATE_FORMAT") in unquote(link)
    assert letter["Content-Disposition"].endswith('-20260303.pdf"')


def test_a_line_to_mend_gets_a_message_of_its_own() -> None:
    _, client, batch = office({"nik": SHORT_NIK})
    page = asked(client, batch)

    client.post(f"{page}pesan/")

    told = words(client.get(page))
    assert "perlu dibenahi" in told
    assert SHORT_NIK not in told


def test_the_code_stands_apart_from_the_message() -> None:
    _, client, batch = office({})
    page = asked(client, batch)
    client.post(f"{page}pesan/")
    code = queries.code_of(Invitation.objects.get().ref)

    shown = client.get(page)

    assert code in words(shown)
    assert code not in shown.context["text"]


def test_of_somebody_known_before_the_office_learns_neither_phone_nor_mail_nor_birth_date() -> None:
    known_person(1, at=MONDAY - timedelta(days=1), address="Jalan Rahasia 5")
    by, client, batch = office(
        {"nik": "1218905704850001", "name": "Ani Rahayu", "birth_on": "17/04/1985", "phone": ""}
    )
    page = asked(client, batch)
    client.post(f"{page}pesan/")
    draft = Application.objects.get()
    home = f"/saya/permohonan/{draft.ref}/"
    actions.withdraw(draft, by=by, at=TUESDAY)

    seen = "".join(
        client.get(path).content.decode()
        for path in (page, home, f"{home}kirim/", f"{home}riwayat/")
    )

    for secret in ("628123456789", "ani1@contoh", "Jalan Rahasia", "17 April 1985", "17/04/1985"):
        assert secret not in seen, secret
    assert "1218905704850001" not in seen
    assert "https://wa.me/?text=" in seen
    assert queries.code_of(Invitation.objects.get().ref) not in seen


def test_what_the_person_objects_to_stands_on_the_list_and_on_the_link() -> None:
    _, client, batch = office({})
    page = asked(client, batch)
    found = queries.invited(queries.token_of(Invitation.objects.get().ref), at=TUESDAY)
    assert found is not None
    actions.object_to(found, "Tanggal lahir saya keliru", at=TUESDAY)

    assert "ada yang keliru" in words(client.get(f"/saya/kolektif/{batch.ref}/"))
    assert "Tanggal lahir saya keliru" in words(client.get(page))


def test_another_office_finds_neither_link_nor_line_nor_sheet() -> None:
    _, client, batch = office({})
    page, row = asked(client, batch), lines(batch)[0].pk
    other = browser(officer(901))

    for path in (page, f"/saya/kolektif/{batch.ref}/lembar/", f"/saya/kolektif/{batch.ref}/kini/"):
        assert other.get(path).status_code == 404
    for path in (
        f"{page}pesan/",
        f"/saya/kolektif/baris/{row}/undang/",
        f"/saya/kolektif/{batch.ref}/undang/",
    ):
        assert other.post(path).status_code == 404
    assert Invitation.objects.get().nudges == 0


def test_the_sheet_comes_back_as_a_workbook() -> None:
    _, client, batch = office({}, {"nik": "12", "name": "Putu"})

    answer = client.get(f"/saya/kolektif/{batch.ref}/lembar/")

    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"] == f'attachment; filename="daftar-{batch.ref}.xlsx"'
    (grid,) = workbook.read(BytesIO(answer.content).getvalue())
    assert list(grid.rows[0])[-3:] == ["verdict", "keterangan", "kode perbaikan"]
    assert "NIK tidak tepat 16 angka" in str(grid.rows[2][-2])


def test_a_list_whose_file_is_gone_says_so_and_its_lines_are_there() -> None:
    _, client, batch = office({})
    home = f"/saya/kolektif/{batch.ref}/"
    assert "lembar/" in client.get(home).content.decode()

    sheets.dispose_lists(at=MONDAY + timedelta(days=366))
    answer = client.get(f"{home}lembar/")

    assert answer["Location"] == home
    shown = client.get(home)
    assert "sudah dihapus" in words(shown)
    assert "Dewi Lestari" in words(shown)
    assert "lembar/" not in shown.content.decode()


def test_the_sheet_sent_back_is_answered_by_a_page_and_doubles_nobody() -> None:
    by, client, batch = office({}, {"nik": "12", "name": "Putu"})
    (key,) = by.organization_ids
    file = BytesIO(client.get(f"/saya/kolektif/{batch.ref}/lembar/").content)
    file.name = "daftar.xlsx"

    url = client.post(
        "/saya/kolektif/unggah/", {"organization": str(key), "label": "Lagi", "file": file}
    )["Location"]
    found = re.search(r'name="daftar" value="([^"]+)"', client.get(url).content.decode())
    assert found
    again = client.post("/saya/kolektif/periksa/", {"daftar": found[1]})["Location"]

    assert again != f"/saya/kolektif/{batch.ref}/"
    assert Application.objects.count() == 1
    assert "berjalan untuk skema ini" in words(client.get(f"{again}?posisi=elsewhere"))
    assert "ada di daftar atau baris lain" in words(client.get(f"/saya/kolektif/{batch.ref}/"))


def test_what_the_page_asks_for_now_and_then_is_that_part_of_it() -> None:
    _, client, batch = office({}, {"nik": "12", "name": "Putu"})
    home = f"/saya/kolektif/{batch.ref}/"

    part = client.get(f"{home}kini/", headers=HTMX).content.decode()

    assert 'hx-trigger="every 60s"' in part
    assert "<html" not in part
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", part.strip()) in token.sub("", client.get(home).content.decode())


@pytest.mark.parametrize(("few", "more"), [(1, 3), (10, 200)])
def test_what_the_page_asks_for_now_and_then_costs_the_same_however_many_there_are(
    few: int, more: int
) -> None:
    by, client, first = office(*({"nik": f"327195670192{n:04d}"} for n in range(1, few + 1)))
    second = sent(
        by, content(*({"nik": f"327195670193{n:04d}"} for n in range(1, more + 1))), seed=9
    )

    cost = count_queries(client, f"/saya/kolektif/{first.ref}/kini/")

    assert count_queries(client, f"/saya/kolektif/{second.ref}/kini/") == cost


def test_who_is_stuck_is_counted_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    _, client, batch = office({}, {"nik": "12", "name": "Putu"})
    home = f"/saya/kolektif/{batch.ref}/"
    assert "tujuh hari" not in words(client.get(home))
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=8))

    told = words(client.get(f"{home}?posisi=tersendat"))

    assert "2 orang tidak bergerak lebih dari tujuh hari" in told
    assert told.count("sudah 8 hari") == 2


def test_letters_are_printed_from_the_list_and_from_one_persons_page() -> None:
    _, client, batch = office({}, {"nik": "12", "name": "Putu"})

    printed = client.post(f"/saya/kolektif/{batch.ref}/surat/")
    again = client.post(f"/saya/kolektif/{batch.ref}/surat/")
    one = client.post(f"/saya/kolektif/undangan/{Invitation.objects.earliest('id').ref}/surat/")

    assert [printed["Content-Type"], one["Content-Type"]] == ["application/pdf"] * 2
    assert printed["Cache-Control"] == "private, no-store"
    assert again["Location"] == f"/saya/kolektif/{batch.ref}/"
    assert "Tidak ada yang menunggu surat" in words(client.get(again["Location"]))
    other = browser(officer(901))
    assert other.post(f"/saya/kolektif/{batch.ref}/surat/").status_code == 404
    assert (
        other.post(
            f"/saya/kolektif/undangan/{Invitation.objects.earliest('id').ref}/surat/"
        ).status_code
        == 404
    )


def test_a_message_may_tell_the_status_code_which_leads_there_from_then_on() -> None:
    _, client, batch = office({})
    text = "Yth. {nama}, buka {tautan}. Kode status {kode}"
    coordinator = account(77, Role.COORDINATOR)
    notices.word_message(MessageKind.CONFIRM, "id", text, by=coordinator, at=MONDAY)
    page = asked(client, batch)

    client.post(f"{page}pesan/")

    code = queries.status_code(batch.applications.get().ref)
    assert f"Kode status {code}" in words(client.get(page))
    assert client.get(f"/cek-status/?kode={code}").status_code == 200


def test_who_has_handed_in_reads_their_status_code_on_their_page() -> None:
    application, ani = make.submitted(3, at=TUESDAY)
    page = browser(ani).get(f"/saya/permohonan/{application.ref}/")

    code = queries.status_code(application.ref)
    assert code in words(page)
    assert browser(ani).get(f"/cek-status/?kode={code}").status_code == 200
