"""Does an office hand in lists safely: looked at first, taken once, mended line by line?"""

import random
import re
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from kompeten.applications import actions, queries
from kompeten.applications.actions import sheets
from kompeten.applications.models import Application, Collective, CollectiveRow, Repair
from kompeten.applications.terms.application import RepairState, State
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.people.models import Account, Organization
from kompeten.people.terms import OrganizationKind
from tests.faces.candidate.stage import (
    HTMX,
    browser,
    count_queries,
    is_part,
    stranger,
    upload,
    words,
)
from tests.make import applications as make
from tests.make.collective import one_person
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY
from tests.make.workbooks import compound, put_list, small, workbook

pytestmark = pytest.mark.django_db

SEND = "/saya/kolektif/unggah/"


def office(n: int = 1) -> Organization:
    """Return the n-th social service office."""
    return people.found_organization(
        f"Dinas Sosial {n}",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=MONDAY.date(),
        rng=random.Random(n),
    )


def sponsor(n: int = 900, *, of: Organization | None = None) -> Actor:
    """Return somebody who files lists for an office since Monday."""
    officer = account(n, Role.APPLICANT)
    held = Account.objects.get(pk=officer.account_id)
    people.grant(held, Role.SPONSOR, at=MONDAY, organization=of or office(n))
    return people_queries.actor(held.pk, at=TUESDAY)


def opened(n: int = 900) -> tuple[Actor, Client]:
    """Return a sponsor in a house with schemes, and their browser."""
    make.schemes_loaded()
    officer = sponsor(n)
    return officer, browser(officer)


def sample(name: str = "kolektif-bersih-40.xlsx") -> bytes:
    """Return one of the packaged lists."""
    return files("kompeten.applications").joinpath("data", "samples", name).read_bytes()


def listed(*people: dict[str, Any]) -> bytes:
    """Return a workbook with these lines."""
    lines = [one_person(**({"birth_on": "27/01/1992"} | line)) for line in people]
    return workbook(lambda book, sheet: put_list(sheet, *lines))


def many(good: int) -> bytes:
    """Return a list of so many good lines."""
    return listed(
        *({"nik": f"327195670192{n:04d}", "name": f"Dewi {n}"} for n in range(1, good + 1))
    )


def sent(client: Client, content: bytes, *, of: Actor, label: str = "Gelombang I") -> Any:
    """Send a list for a first look."""
    (key,) = of.organization_ids
    data = {"organization": str(key), "label": label, "file": upload(content, "daftar.xlsx")}
    return client.post(SEND, data)


def taken(client: Client, content: bytes, *, of: Actor) -> str:
    """Send a list, confirm it, and return the address of what it became."""
    url = sent(client, content, of=of)["Location"]
    reference = re.search(r'name="daftar" value="([^"]+)"', client.get(url).content.decode())
    assert reference
    address: str = client.post("/saya/kolektif/periksa/", {"daftar": reference[1]})["Location"]
    return address


def test_a_list_is_looked_at_before_anything_is_kept() -> None:
    officer, client = opened()

    answer = sent(client, sample("kolektif-lapangan-630.xlsx"), of=officer)
    preview = words(client.get(answer["Location"]))

    assert "503" in preview
    assert "127" in preview
    assert "NIK dibulatkan" in preview
    assert not Collective.objects.exists()
    assert not Application.objects.exists()


def test_whoever_has_applied_is_not_promised_another_draft() -> None:
    officer, client = opened()
    taken(client, listed({}), of=officer)
    more = listed({}, {"nik": "3271956701920002", "name": "Kartini"})

    promised = client.get(sent(client, more, of=officer)["Location"]).context["counts"]
    taken(client, more, of=officer)

    newest = Collective.objects.order_by("-id")[0]
    kept = CollectiveRow.objects.filter(collective=newest).values_list("verdict", flat=True)
    assert promised == {"good": 1, "repair": 0, "duplicate": 1}
    assert sorted(kept) == ["duplicate", "good"]


def test_a_confirmed_list_becomes_drafts_and_waiting_lines() -> None:
    officer, client = opened()

    address = taken(client, listed({}, {"nik": "12", "name": "Putu"}), of=officer)

    batch = Collective.objects.get()
    assert address == f"/saya/kolektif/{batch.ref}/"
    assert (batch.label, batch.organization_id) == ("Gelombang I", *officer.organization_ids)
    assert Application.objects.get().state == State.DRAFT
    told = words(client.get(address))
    assert "Dewi Lestari" in told
    assert "NIK tidak tepat 16 angka" in told


def test_the_same_list_again_changes_nothing_and_says_so() -> None:
    officer, client = opened()
    first = taken(client, sample(), of=officer)
    before = Application.objects.count()

    url = sent(client, sample(), of=officer)["Location"]

    assert "sudah pernah diterima" in words(client.get(url))
    assert taken(client, sample(), of=officer) == first
    assert "sudah pernah diterima" in words(client.get(first))
    assert Application.objects.count() == before


def test_what_goes_on_but_wants_a_look_is_told_before_and_after() -> None:
    officer, client = opened()
    content = listed({"phone": "abc"}, {"nik": "3271956701920002", "name": "Kartini"})

    preview = words(client.get(sent(client, content, of=officer)["Location"]))
    batch = words(client.get(taken(client, content, of=officer)))

    assert "Yang lanjut, tetapi perlu dilihat lagi" in preview
    for page in (preview, batch):
        assert page.count("Nomor telepon tidak terbaca dan dikosongkan") >= 1
    assert batch.count("Perlu dilihat: ") == 1
    assert CollectiveRow.objects.order_by("row").values_list("warnings", flat=True)[0] == [
        "phone.unclear"
    ]


def test_a_list_of_another_office_is_not_taken_again_and_not_shown() -> None:
    officer, client = opened()
    first = taken(client, sample(), of=officer)
    other = sponsor(901, of=office(2))
    theirs = browser(other)

    url = sent(theirs, sample(), of=other)["Location"]
    preview = theirs.get(url)
    address = taken(theirs, sample(), of=other)

    assert "Kantor lain" in words(preview)
    assert first not in preview.content.decode()
    assert address == "/saya/kolektif/"
    assert "Kantor lain" in words(theirs.get(address))
    assert theirs.get(first).status_code == 404
    assert Collective.objects.count() == 1


def test_confirming_twice_takes_the_list_once() -> None:
    officer, client = opened()
    url = sent(client, small(), of=officer)["Location"]
    found = re.search(r'name="daftar" value="([^"]+)"', client.get(url).content.decode())
    assert found
    data = {"daftar": found[1]}

    answers = [client.post("/saya/kolektif/periksa/", data) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Collective.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kosong"),
        (b"<html><table></table></html>", "bukan lembar kerja"),
        (make.PDF, "bukan lembar kerja"),
        (compound("EncryptedPackage"), "kata sandi"),
        (compound("Workbook"), "xlsx"),
        (sample()[:4000], ""),
        (workbook(lambda book, sheet: sheet.write(0, 0, "Halo")), "judul kolom"),
    ],
    ids=["empty", "html", "pdf", "encrypted", "old", "cut", "no-header"],
)
def test_what_is_no_list_is_refused_on_its_field(content: bytes, told: str) -> None:
    officer, client = opened()

    answer = sent(client, content, of=officer)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_file-error"' in page
    assert told.lower() in words(answer).lower()
    assert 'value="Gelombang I"' in page


def test_a_list_for_somebody_elses_office_is_refused() -> None:
    _, client = opened()
    other = office(77)

    answer = client.post(SEND, {"organization": other.pk, "label": "x", "file": upload(small())})

    assert answer.status_code == 422
    assert not Collective.objects.exists()


def test_a_preview_that_is_too_old_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    officer, client = opened()
    url = sent(client, small(), of=officer)["Location"]
    later = signing.time.time() + timedelta(days=2).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)

    answer = client.get(url)

    assert answer["Location"] == SEND
    assert "terlalu lama" in words(client.get(SEND))


def test_a_list_that_was_looked_at_and_swept_meanwhile_is_asked_for_again() -> None:
    officer, client = opened()
    url = sent(client, small(), of=officer)["Location"]
    assert client.get(url).status_code == 200

    sheets.clear_looked_at(at=clock.now() + timedelta(days=2))
    answer = client.get(url)

    assert answer["Location"] == SEND
    assert "terlalu lama" in words(client.get(SEND))


@pytest.mark.parametrize("reference", ["", "palsu", "WyJhIl0:1abc:xyz"])
def test_a_reference_that_is_not_ours_takes_nothing(reference: str) -> None:
    _, client = opened()

    answer = client.post("/saya/kolektif/periksa/", {"daftar": reference})

    assert answer["Location"] == SEND
    assert not Collective.objects.exists()


def test_nobody_confirms_what_a_colleague_has_sent() -> None:
    officer, client = opened()
    url = sent(client, small(), of=officer)["Location"]
    colleague = sponsor(901, of=Organization.objects.get(pk=next(iter(officer.organization_ids))))

    assert browser(colleague).get(url)["Location"] == SEND


def test_an_applicant_has_no_lists() -> None:
    other = stranger()

    assert other.get("/saya/kolektif/").status_code == 404
    assert other.get(SEND).status_code == 404
    assert other.post(SEND, {"label": "x"}).status_code == 403


def test_a_sponsor_of_another_office_finds_neither_list_nor_line() -> None:
    officer, client = opened()
    address = taken(client, listed({"nik": "12"}), of=officer)
    repair = Repair.objects.get()
    other = browser(sponsor(950))

    assert other.get(address).status_code == 404
    assert other.get(f"/saya/kolektif/perbaikan/{repair.ref}/").status_code == 404
    assert other.post(f"/saya/kolektif/perbaikan/{repair.ref}/lepas/").status_code == 404


def test_a_coordinator_sees_lists_in_the_office_and_mends_none_here() -> None:
    officer, client = opened()
    taken(client, listed({"nik": "12"}), of=officer)
    repair = Repair.objects.get()
    endang = browser(account(960, Role.COORDINATOR))

    assert endang.post(f"/saya/kolektif/perbaikan/{repair.ref}/", {}).status_code == 404


def test_a_role_that_lapsed_closes_lists_and_their_applications_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer, client = opened()
    address = taken(client, listed({}), of=officer)
    draft = Application.objects.get()
    assert client.get(f"/saya/permohonan/{draft.ref}/dokumen/").status_code == 200
    held = Account.objects.get(pk=officer.account_id)
    people.end_grants(held, Role.SPONSOR, at=TUESDAY)
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + timedelta(seconds=1))

    assert client.get(address).status_code == 404
    assert client.get(f"/saya/permohonan/{draft.ref}/dokumen/").status_code == 404
    assert client.post(SEND, {}).status_code == 403


def mending() -> tuple[Repair, Client]:
    """Return a waiting line whose NIK is short, and the sponsor's browser."""
    officer, client = opened()
    taken(client, listed({"nik": "327195670192001"}), of=officer)
    return Repair.objects.get(), client


def written(repair: Repair, **changes: str) -> dict[str, str]:
    """Return the line as its form would send it back, apart from `changes`."""
    return actions.as_written(repair) | changes


def test_a_line_is_mended_and_becomes_a_draft() -> None:
    repair, client = mending()
    path = f"/saya/kolektif/perbaikan/{repair.ref}/"
    assert 'value="327195670192001"' in client.get(path).content.decode()

    answer = client.post(path, written(repair, nik="3271956701920001"))

    assert answer["Location"].endswith("?posisi=mend")
    repair.refresh_from_db()
    assert repair.state == RepairState.MENDED
    assert Application.objects.get().state == State.DRAFT
    assert client.get(path)["Location"] == f"/saya/kolektif/{repair.line.collective.ref}/"


def test_leaving_the_line_out_is_named_only_where_nothing_on_it_could_mend_it() -> None:
    officer, client = opened()
    taken(client, listed({}), of=officer)
    taken(client, listed({"nik": "327195670192001"}), of=officer)
    repair = Repair.objects.get()
    path = f"/saya/kolektif/perbaikan/{repair.ref}/"
    hint = "Pada baris ini tidak ada yang bisa membenahinya"
    mendable = client.post(path, written(repair, nik="3271956701920001", name="محمد علي"))
    doubled = client.post(path, written(repair, nik="3271956701920001"))

    assert (mendable.status_code, doubled.status_code) == (422, 422)
    assert hint not in words(client.get(path))
    assert hint not in words(mendable)
    assert hint in words(doubled)


def test_a_name_in_another_script_is_told_on_its_field() -> None:
    repair, client = mending()
    data = written(repair, nik="3271956701920001", name="محمد علي", birth_place="بوكور")

    answer = client.post(f"/saya/kolektif/perbaikan/{repair.ref}/", data)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_name-error"' in page
    assert 'id="id_birth_place-error"' in page
    assert "huruf Latin" in page


def test_a_line_that_is_still_bad_says_why_on_its_field() -> None:
    repair, client = mending()

    answer = client.post(
        f"/saya/kolektif/perbaikan/{repair.ref}/", written(repair, region_code="99.99")
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_nik-error"' in page
    assert 'id="id_region_code-error"' in page
    repair.refresh_from_db()
    assert repair.state == RepairState.WAITING


def test_htmx_gets_the_line_alone_and_it_is_the_same() -> None:
    repair, client = mending()
    path, data = f"/saya/kolektif/perbaikan/{repair.ref}/", written(repair)

    assert is_part(client.post(path, data, headers=HTMX), client.post(path, data))


def test_a_line_is_left_out_once() -> None:
    repair, client = mending()
    path = f"/saya/kolektif/perbaikan/{repair.ref}/lepas/"

    first, second = client.post(path), client.post(path)

    assert (first.status_code, second.status_code) == (302, 409)
    repair.refresh_from_db()
    assert repair.state == RepairState.DROPPED


def test_a_sponsor_puts_documents_in_and_hands_in_for_their_people() -> None:
    officer, client = opened()
    taken(client, listed({}), of=officer)
    draft = Application.objects.select_related("person").get()
    path = f"/saya/permohonan/{draft.ref}/"

    client.post(f"{path}dokumen/diploma/", {"file": upload(make.PDF)})
    make.with_documents(draft, by=officer, at=TUESDAY)
    forged = {"agreed": "on", "consents": "on", "version": make.CONSENT}
    refused = client.post(f"{path}kirim/", forged)
    make.consented(draft, at=TUESDAY)
    answer = client.post(f"{path}kirim/", {"agreed": "on"})

    assert refused.status_code == 422
    assert "belum menyetujui" in words(refused)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_a_sponsor_does_not_say_who_somebody_is_nor_sees_their_story_as_their_own() -> None:
    officer, client = opened()
    taken(client, listed({}), of=officer)
    draft = Application.objects.get()

    assert client.get(f"/saya/permohonan/{draft.ref}/diri/").status_code == 404


def tabs_of(answer: Any) -> list[str]:
    found = re.search(r'<nav class="k-tabs".*?</nav>', answer.content.decode(), re.DOTALL)
    assert found
    return [
        re.sub(r"<[^>]+>", "", a).strip() for a in re.findall(r"<a .*?</a>", found[0], re.DOTALL)
    ]


def test_lines_are_filtered_by_station_and_paged() -> None:
    officer, client = opened()
    address = taken(client, sample("kolektif-lapangan-630.xlsx"), of=officer)

    bad = client.get(f"{address}?posisi=mend")
    last = client.get(f"{address}?posisi=mend&halaman=6")

    assert [tab.split()[0] for tab in tabs_of(bad)] == [
        "Semua",
        "data",
    ]  # each bar leads to another
    assert 'href="' + address + '?posisi=mend#lines"' in bad.content.decode()
    assert bad.content.decode().count("/saya/kolektif/perbaikan/") == 25
    assert last.content.decode().count("/saya/kolektif/perbaikan/") == 2
    assert "Halaman 6 dari 6" in words(last)


@pytest.mark.parametrize("query", ["?halaman=0", "?halaman=9999", "?halaman=x", "?posisi=x"])
def test_an_address_written_by_hand_shows_a_page_all_the_same(query: str) -> None:
    officer, client = opened()
    address = taken(client, listed({}), of=officer)

    assert "Dewi Lestari" in words(client.get(address + query))


def test_htmx_gets_the_lines_alone_and_they_are_the_same() -> None:
    officer, client = opened()
    address = taken(client, sample(), of=officer)

    assert is_part(client.get(address, headers=HTMX), client.get(address))


@pytest.mark.parametrize(("few", "more"), [(1, 3), (10, 200)])
def test_a_list_costs_the_same_however_long_it_is(few: int, more: int) -> None:
    officer, client = opened()
    first = taken(client, many(few), of=officer)
    cost = count_queries(client, first)
    second = taken(client, many(more), of=officer)
    assert CollectiveRow.objects.count() == few + more

    assert count_queries(client, second) == cost


def receive(officer: Actor, count: int, *, first: int) -> None:
    """Take so many one-line lists in, by the room's own action."""
    (key,) = officer.organization_ids
    for n in range(first, first + count):
        actions.receive_list(
            listed({"nik": f"327195670192{n:04d}", "name": f"Orang {n}"}),
            label=f"Daftar {n}",
            organization_id=key,
            by=officer,
            at=TUESDAY,
            rng=random.Random(n),
        )


def test_the_lists_cost_the_same_with_one_three_ten_and_sixty() -> None:
    officer, client = opened()
    costs = []
    for first, count in ((1, 1), (2, 2), (10, 7), (100, 50)):
        receive(officer, count, first=first)
        costs.append((count_queries(client, "/saya/kolektif/"), count_queries(client, "/saya/")))

    assert len(set(costs)) == 1
    assert queries.sponsored(officer).count() == 60
