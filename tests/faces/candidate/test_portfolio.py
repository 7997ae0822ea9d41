"""Is a portfolio written in peace: kept while typing, nothing lost, handed in once?"""

import re
from typing import Any

import pytest
from django.test import Client

from kompeten.foundation import ledger
from kompeten.people import queries as people_queries
from kompeten.portfolios import actions, queries
from kompeten.portfolios.models import Dossier
from kompeten.portfolios.terms import DossierState
from tests.faces.candidate.stage import HTMX, browser, count_queries, is_part, stranger, words
from tests.make import portfolios as make
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}
JOB = {"0-post": "Pendamping", "0-institution": "Dinas Sosial", "0-started": "2015-02-01"}


def at(dossier: Dossier, page: str = "") -> str:
    """Return the address of a page of the portfolio."""
    return f"/saya/portofolio/{dossier.ref}/{page}"


def drafted() -> tuple[Dossier, Client]:
    """Return an empty dossier and the browser of its candidate."""
    dossier, owner = make.drafted()
    return dossier, browser(owner)


def text(dossier: Dossier, item: str) -> str:
    """Return the answer to an item as it is kept."""
    held = queries.texts(dossier).get(item)
    return held.text if held else ""


def field(answer: Any, name: str) -> str:
    """Return what stands in a text field of a page."""
    found = re.search(
        rf'<textarea name="{name}".*?>\n?(.*?)</textarea>', answer.content.decode(), re.S
    )
    assert found
    return found[1]


def test_a_single_portfolio_is_shown_at_once() -> None:
    dossier, client = drafted()

    assert client.get("/saya/portofolio/")["Location"] == at(dossier)


def test_somebody_without_one_is_told_when_it_opens() -> None:
    answer = stranger().get("/saya/portofolio/")

    assert "Belum ada portofolio" in words(answer)


def test_the_page_shows_groups_parts_gaps_and_the_deadline() -> None:
    dossier, client = drafted()

    page = client.get(at(dossier)).content.decode()

    assert page.count("/uraian/a/") >= 1
    assert page.count("/riwayat-hidup/") >= 11
    assert "0 dari 19" in words(client.get(at(dossier)))
    assert "k-clock" in page


def test_typing_is_kept_and_answered_with_the_instant_and_the_words() -> None:
    dossier, client = drafted()

    answer = client.post(at(dossier, "uraian/a/"), {"a_what": make.essay(12)}, headers=JSON)

    assert answer.status_code == 200
    assert answer.json() == {"at": "2026-03-03T02:00:00+00:00", "words": {"a_what": 12}}
    assert text(dossier, "a_what") == make.essay(12)


def test_without_javascript_a_button_keeps_the_whole_page_and_leads_on() -> None:
    dossier, client = drafted()
    sent = {"a_what": make.essay(60), "a_who": make.essay(30)}

    on = client.post(at(dossier, "uraian/a/"), sent | {"onward": "1"})
    back = client.post(at(dossier, "uraian/a/"), sent)

    assert (on["Location"], back["Location"]) == (at(dossier, "uraian/b/"), at(dossier))
    assert text(dossier, "a_who") == make.essay(30).strip()


def test_a_text_that_is_too_long_is_told_and_stays_in_its_field() -> None:
    dossier, client = drafted()
    long = "kata " * 6100

    told = client.post(at(dossier, "uraian/a/"), {"a_what": long}, headers=JSON)
    shown = client.post(at(dossier, "uraian/a/"), {"a_what": long})

    assert (told.status_code, shown.status_code) == (422, 422)
    assert "terlalu panjang" in told.json()["reasons"][0]
    assert field(shown, "a_what") == long
    assert "data-unsaved" in shown.content.decode()
    assert text(dossier, "a_what") == ""


def test_after_handing_in_elsewhere_nothing_is_kept_and_nothing_typed_is_lost() -> None:
    dossier, owner = make.handed_in()
    client = browser(owner)
    before = text(dossier, "a_what")

    told = client.post(at(dossier, "uraian/a/"), {"a_what": "Tulisan baru."}, headers=JSON)
    shown = client.post(at(dossier, "uraian/a/"), {"a_what": "Tulisan baru."})

    assert (told.status_code, shown.status_code) == (409, 409)
    assert told.json()["reasons"]
    assert field(shown, "a_what") == "Tulisan baru."
    assert text(dossier, "a_what") == before


def test_what_was_handed_in_is_read_and_not_written() -> None:
    dossier, owner = make.handed_in()

    page = browser(owner).get(at(dossier, "uraian/a/")).content.decode()

    assert "<textarea" not in page
    assert make.essay(160)[:50] in page


def test_what_may_tell_too_much_is_a_hint_where_it_stands() -> None:
    dossier, client = drafted()
    client.post(at(dossier, "uraian/a/"), {"a_what": "Hubungi beliau di 0812 3456 7890."})

    assert "nomor telepon" in words(client.get(at(dossier, "uraian/a/")))
    assert "0812…" in words(client.get(at(dossier)))


def test_a_part_is_kept_and_comes_back() -> None:
    dossier, client = drafted()

    answer = client.post(at(dossier, "riwayat-hidup/jobs/"), JOB | {"entries": "1"})

    assert answer["Location"] == at(dossier)
    held = queries.parts(dossier)["jobs"].entries
    assert held == ({"post": "Pendamping", "institution": "Dinas Sosial", "started": "2015-02-01"},)
    assert 'value="2015-02-01"' in client.get(at(dossier, "riwayat-hidup/jobs/")).content.decode()


def test_what_is_wrong_with_an_entry_stands_on_its_field_and_nothing_is_kept() -> None:
    dossier, client = drafted()
    second = {"1-post": "", "1-institution": "Yayasan", "1-started": "31/02/2015"}

    answer = client.post(at(dossier, "riwayat-hidup/jobs/"), JOB | second | {"entries": "2"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_1-post-error"' in page
    assert 'id="id_1-started-error"' in page
    assert 'id="id_0-post-error"' not in page
    assert "Pendamping" in page
    assert "jobs" not in queries.parts(dossier)


def test_entries_are_added_and_removed_without_losing_what_was_typed() -> None:
    dossier, client = drafted()
    path = at(dossier, "riwayat-hidup/jobs/")

    added = client.post(path, JOB | {"entries": "1", "add": "1"})
    sent = JOB | {"1-post": "Relawan", "entries": "2"}
    removed = client.post(path, sent | {"remove": "0"})

    assert 'name="1-post"' in added.content.decode()
    assert 'value="Pendamping"' in added.content.decode()
    assert 'value="Relawan"' in removed.content.decode()
    assert "Pendamping" not in removed.content.decode()
    assert "jobs" not in queries.parts(dossier)


def test_the_enter_key_saves_and_removes_nothing() -> None:
    dossier, client = drafted()

    page = client.get(at(dossier, "riwayat-hidup/jobs/")).content.decode()

    form = page.partition('id="part"')[2]
    first = re.search(r"<button[^>]*>", form)
    assert first
    assert "remove" not in first[0]


def test_a_page_that_stood_open_too_long_keeps_the_entries_on_the_page() -> None:
    dossier, owner = make.handed_in()

    answer = browser(owner).post(at(dossier, "riwayat-hidup/jobs/"), JOB | {"entries": "1"})

    assert answer.status_code == 409
    assert "Pendamping" in answer.content.decode()


def test_nobody_can_send_more_entries_than_a_page_has_room_for() -> None:
    dossier, client = drafted()

    answer = client.post(at(dossier, "riwayat-hidup/jobs/"), JOB | {"entries": "9" * 9})

    assert answer.status_code == 302


def test_a_complete_portfolio_is_handed_in_once() -> None:
    dossier, owner = make.written()
    client = browser(owner)

    first, second = client.post(at(dossier, "kirim/")), client.post(at(dossier, "kirim/"))

    assert (first.status_code, second.status_code) == (302, 409)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.HANDED_IN
    types = [e.type for e in ledger.history("dossier", dossier.pk)]
    assert types == ["dossier.opened", "dossier.handed_in"]


def test_a_gap_is_named_and_nothing_is_handed_in() -> None:
    dossier, client = drafted()

    answer = client.post(at(dossier, "kirim/"))

    assert answer.status_code == 422
    assert "Portofolio belum lengkap" in words(answer)
    assert "Kasus B · " in words(answer)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.DRAFT


def test_a_refusal_loaded_again_leads_back_to_the_portfolio() -> None:
    dossier, client = drafted()

    assert client.get(at(dossier, "kirim/"))["Location"] == at(dossier)


def test_htmx_gets_the_overview_alone_and_it_is_the_same() -> None:
    dossier, client = drafted()

    part, whole = (
        client.post(at(dossier, "kirim/"), headers=HTMX),
        client.post(at(dossier, "kirim/")),
    )

    assert is_part(part, whole)


def test_htmx_gets_the_entries_alone_and_they_are_the_same() -> None:
    dossier, client = drafted()
    sent = {"0-post": "Pendamping", "entries": "1"}
    path = at(dossier, "riwayat-hidup/jobs/")

    assert is_part(client.post(path, sent, headers=HTMX), client.post(path, sent))


def test_what_an_assessor_asks_for_stands_on_top_and_where_it_belongs() -> None:
    dossier, readings, pool = make.assigned()
    reader = pool[readings[0].assessor_id]
    reasons = {"a_what": "Ceritakan peran Anda sendiri.", "education": "Tahun lulus keliru."}
    actions.send_back(readings[0], reasons=reasons, by=reader, at=MONDAY)
    owner = people_queries.accounts_of([dossier.person_id])[dossier.person_id]
    client = browser(people_queries.actor(owner, at=MONDAY))

    overview = words(client.get(at(dossier)))

    assert "Ceritakan peran Anda sendiri." in overview
    assert "Tahun lulus keliru." in overview
    assert "Ceritakan peran Anda" in words(client.get(at(dossier, "uraian/a/")))
    assert "Tahun lulus keliru." in words(client.get(at(dossier, "riwayat-hidup/education/")))


@pytest.mark.parametrize("page", ["", "uraian/a/", "riwayat-hidup/jobs/"])
def test_neither_a_stranger_nor_a_reader_finds_the_candidates_page(page: str) -> None:
    dossier, readings, pool = make.assigned()
    reader = pool[readings[0].assessor_id]

    assert stranger().get(at(dossier, page)).status_code == 404
    assert browser(reader).get(at(dossier, page)).status_code == 404


@pytest.mark.parametrize("page", ["uraian/a/", "riwayat-hidup/jobs/", "kirim/"])
def test_a_stranger_changes_nothing(page: str) -> None:
    dossier, _ = drafted()

    assert stranger().post(at(dossier, page), {"a_what": "x", "entries": "1"}).status_code == 404


@pytest.mark.parametrize("page", ["uraian/z/", "riwayat-hidup/hobi/"])
def test_a_place_that_is_not_asked_for_is_no_page(page: str) -> None:
    dossier, client = drafted()

    assert client.get(at(dossier, page)).status_code == 404


def test_an_empty_portfolio_costs_as_many_queries_as_a_full_one() -> None:
    dossier, client = drafted()
    empty = count_queries(client, at(dossier))
    actions.save(dossier, answers=make.essays(dossier), by=_owner(dossier), at=MONDAY)
    actions.save_cv(dossier, parts=make.CV, by=_owner(dossier), at=MONDAY)

    assert count_queries(client, at(dossier)) == empty


def _owner(dossier: Dossier) -> Any:
    account = people_queries.accounts_of([dossier.person_id])[dossier.person_id]
    return people_queries.actor(account, at=MONDAY)
