"""Is an office asked what its columns hold, once, and is what it pastes read like a file?"""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kompeten.applications import queries
from kompeten.applications.models import Application, Collective
from kompeten.config.options import Options
from kompeten.kernel.actors import Actor
from tests.faces.candidate.stage import HTMX, browser, count_queries, upload, words
from tests.faces.candidate.test_collective import (
    SEND,
    listed,
    office,
    opened,
    sent,
    sponsor,
    taken,
)
from tests.make import containers

pytestmark = pytest.mark.django_db

COLUMNS, PREVIEW, REMEMBERED = (f"/saya/kolektif/{part}/" for part in ("kolom", "periksa", "judul"))
HEAD = [
    "Nomer Kependudukan",
    "Anggota",
    "Tgl Lahir",
    "Kab/Kota",
    "Profesi",
    "Jenjang",
    "Jalur",
    "Angkatan",
]
DEWI = [
    "3271956701920001",
    "Dewi Lestari",
    "27/01/1992",
    "Kota Bogor",
    "TKS",
    "generalis",
    "Pelatihan",
    "XI",
]
FOREIGN = containers.xlsx({"A": [HEAD, DEWI]})


def pasted(client: Client, rows: str, *, of: Actor, **more: Any) -> Any:
    (key,) = of.organization_ids
    return client.post(SEND, {"organization": str(key), "label": "Pesan", "rows": rows} | more)


def asked(client: Client, content: bytes, *, of: Actor) -> tuple[str, Any]:
    """Send a list whose columns are asked about; return the reference and the page that asks."""
    page = client.get(sent(client, content, of=of)["Location"], follow=True)
    assert page.request["PATH_INFO"] == COLUMNS
    found = re.search(r'name="daftar" value="([^"]+)"', page.content.decode())
    assert found
    return found[1], page


def test_columns_without_a_known_name_are_asked_about_with_their_first_cells() -> None:
    officer, client = opened()

    _, page = asked(client, FOREIGN, of=officer)

    told = words(page)
    for said in ("Nomer Kependudukan", "Anggota", "Angkatan", "3271956701920001", "Dewi Lestari"):
        assert said in told
    form = page.context["form"]
    assert [bound.initial for bound in form.unknown()] == ["nik", "name", "-"]
    assert not Collective.objects.exists()


def test_an_answer_is_kept_and_the_next_list_is_read_without_asking() -> None:
    officer, client = opened()
    reference, page = asked(client, FOREIGN, of=officer)
    names = {heading.label: name for name, heading in page.context["form"].headings.items()}
    answers = {
        name: bound.initial for name in names.values() for bound in [page.context["form"][name]]
    }

    answer = client.post(COLUMNS, {"daftar": reference} | answers)

    preview = client.get(answer["Location"])
    assert preview.context["counts"] == {"good": 1, "repair": 0, "duplicate": 0}
    assert "Angkatan" in words(preview)
    (key,) = officer.organization_ids
    assert queries.list_meanings(key) == {
        "nomer kependudukan": "nik",
        "anggota": "name",
        "angkatan": "",
    }
    again = client.get(sent(client, FOREIGN, of=officer)["Location"])
    assert again.status_code == 200
    assert again.context["counts"]["good"] == 1
    assert "Anggota → Nama" in words(again)


def test_one_field_for_two_columns_is_refused() -> None:
    officer, client = opened()
    reference, page = asked(client, FOREIGN, of=officer)
    answers = dict.fromkeys(page.context["form"].headings, "name")

    refused = client.post(COLUMNS, {"daftar": reference} | answers)

    assert refused.status_code == 422
    assert "Kolom lain sudah" in words(refused)
    assert queries.list_meanings(*officer.organization_ids) == {}


def test_the_form_alone_comes_back_to_a_script() -> None:
    officer, client = opened()
    reference, _ = asked(client, FOREIGN, of=officer)

    part = client.post(COLUMNS, {"daftar": reference}, headers=HTMX)
    whole = client.post(COLUMNS, {"daftar": reference})

    assert (part.status_code, whole.status_code) == (422, 422)
    assert words(part) in words(whole)
    assert "<html" not in part.content.decode()


def test_the_question_may_be_left_and_the_preview_says_what_is_missing() -> None:
    officer, client = opened()
    _, page = asked(
        client, containers.xlsx({"A": [["NIK", "Nama", "Alamat"], DEWI[:2]]}), of=officer
    )

    preview = client.get(page.context["skip_at"])

    assert preview.status_code == 200
    assert "Tanggal lahir" in words(preview)
    assert preview.context["counts"] == {"good": 0, "repair": 1, "duplicate": 0}


def test_what_no_column_says_can_be_said_of_everybody() -> None:
    officer, client = opened()
    short = containers.xlsx({"A": [["NIK", "Nama", "Tgl Lahir"], DEWI[:3]]})
    reference, page = asked(client, short, of=officer)
    assert [bound.name for bound in page.context["form"].of_everybody()] == [
        "semua_profession", "semua_level", "semua_route", "semua_region_code",
    ]  # fmt: skip
    said = {bound.name: bound.initial or "-" for bound in page.context["form"].known()}
    said |= {"semua_profession": "TKS", "semua_level": "Generalis", "semua_route": "Pelatihan",
             "semua_region_code": "Kota Bogor"}  # fmt: skip

    answer = client.post(COLUMNS, {"daftar": reference} | said)
    page = client.get(answer["Location"])
    found = re.search(r'name="daftar" value="([^"]+)"', page.content.decode())
    assert found
    client.post(PREVIEW, {"daftar": found[1]})

    application = Application.objects.get()
    assert (application.route, application.person.region_code) == ("training", "32.71")
    assert queries.list_meanings(*officer.organization_ids) == {}


def test_pasted_rows_are_read_like_a_file() -> None:
    officer, client = opened()
    rows = "NIK\tNama\tTgl Lahir\tKab/Kota\tProfesi\tJenjang\tJalur\n" + "\t".join(DEWI[:7])

    preview = client.get(pasted(client, rows, of=officer)["Location"])

    assert preview.context["counts"] == {"good": 1, "repair": 0, "duplicate": 0}
    assert "…0001" in words(preview)
    assert DEWI[0] not in preview.content.decode()


def test_a_pasted_message_is_asked_about_and_taken() -> None:
    officer, client = opened()
    rows = "Yth. Admin\n1. Dewi Lestari - 3271956701920001 - Bogor, 27-01-1992 - TKS generalis - Pelatihan"

    page = client.get(pasted(client, rows, of=officer)["Location"], follow=True)

    assert page.request["PATH_INFO"] == COLUMNS
    assert "Kolom 2, tanpa nama" in words(page)
    assert [b.initial for b in page.context["form"].unknown()] == [
        "name", "nik", "birth", "profession", "route",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "file", "told"),
    [("", None, "tempelkan"), ("  \n", None, "tempelkan"), ("NIK;Nama", b"x", "kosongkan salah satu"),
     ("Selamat pagi", None, "tidak ditemukan tabel")],
    ids=["neither", "blank", "both", "no list"],
)  # fmt: skip
def test_either_a_file_or_rows_are_asked_for(rows: str, file: bytes | None, told: str) -> None:
    officer, client = opened()
    more = {"file": upload(file, "a.xlsx")} if file else {}

    refused = pasted(client, rows, of=officer, **more)

    assert refused.status_code == 422
    assert told in words(refused)


def test_a_kept_answer_is_shown_changed_and_forgotten() -> None:
    officer, client = opened()
    reference, page = asked(client, FOREIGN, of=officer)
    answers = {name: page.context["form"][name].initial for name in page.context["form"].headings}
    client.post(COLUMNS, {"daftar": reference} | answers)
    (key,) = officer.organization_ids
    shown = client.get(REMEMBERED)
    assert "anggota" in words(shown)
    names = {heading: name for name, heading in shown.context["form"].names.items()}

    client.post(
        REMEMBERED,
        {"kantor": key, names["anggota"]: "employer", names["angkatan"]: "?",
         names["nomer kependudukan"]: "nik"},
    )  # fmt: skip

    assert queries.list_meanings(key) == {"anggota": "employer", "nomer kependudukan": "nik"}


def test_what_an_office_says_is_no_business_of_another() -> None:
    officer, client = opened()
    reference, _ = asked(client, FOREIGN, of=officer)
    other = browser(sponsor(901, of=office(2)))
    (key,) = officer.organization_ids

    assert other.get(f"{COLUMNS}?daftar={reference}").status_code == 302
    assert other.post(COLUMNS, {"daftar": reference})["Location"] == SEND
    assert other.get(f"{REMEMBERED}?kantor={key}").status_code == 404
    assert other.post(REMEMBERED, {"kantor": key}).status_code == 404


def test_an_office_looks_at_lists_a_bounded_number_of_times_an_hour(settings: Any) -> None:
    settings.OPTIONS = Options(settings.OPTIONS.values | {"list_looks_per_hour": 3})
    cache.clear()
    officer, client = opened()
    taken(client, listed({}), of=officer)
    url = sent(client, listed({"name": "Kartini"}), of=officer)["Location"]

    assert client.get(url).status_code == 429
    assert sent(client, listed({}), of=officer).status_code == 429
    cache.clear()


def test_asking_costs_a_bounded_number_of_queries() -> None:
    officer, client = opened()
    reference, _ = asked(client, FOREIGN, of=officer)

    assert count_queries(client, f"{COLUMNS}?daftar={reference}") <= 12
    assert count_queries(client, REMEMBERED) <= 12
