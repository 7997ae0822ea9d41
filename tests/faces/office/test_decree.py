"""Does everybody get the papers of a decree they may have, and is each list that leaves told?"""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from kompeten.certificates import queries as certificates
from kompeten.certificates import tasks
from kompeten.certificates.terms import SealedKind
from kompeten.decisions import queries
from kompeten.decisions.models import Decree
from kompeten.foundation import clock, ledger
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, cost, entered, said, words
from tests.faces.office.test_decisions import closed, convened
from tests.make import blanks, decisions

pytestmark = pytest.mark.django_db
CODES = {"jadwal": "JDW-0041", "anggaran": "1", "kementerian": "27"}


def path(decree: Decree, step: str = "") -> str:
    """Return an address of a decree."""
    return f"/kantor/keputusan/sk/{decree.ref}/{step}"


def printed() -> Decree:
    """Return a signed decree on three people, the two competent ones printed on sheets."""
    decree = decisions.certified(1, beside={2: 2, 3: 4}).meeting.decree
    blanks.received(1, 9, at=clock.now())
    blanks.printed(at=clock.now())
    return decree


def registrar() -> Client:
    """Return the browser of a registrar."""
    return at_work(Role.REGISTRAR, n=7701)[0]


def released(decree: Decree) -> list[dict[str, Any]]:
    """Return what was told of lists given out."""
    events = ledger.history("decree", decree.pk)
    return [e.facts for e in events if e.type == "decree.released"]


def test_before_the_signature_the_director_reads_a_draft() -> None:
    held, sitting, _ = convened()
    decree = closed(held, sitting[0])
    director, _who = at_work(Role.DIRECTOR, n=7702)

    answer = director.get(path(decree, "berkas/"))

    assert answer.content == queries.decree_draft(decree)
    assert "rancangan" in answer["Content-Disposition"]
    assert said("Not signed yet: the decree is a draft, place, day and name are left open.") in (
        words(director.get(path(decree)))
    )
    assert director.post(path(decree, "bnsp/"), CODES).status_code == 404


def test_signed_the_papers_bear_the_bodys_signature_once_it_is_there() -> None:
    decree = decisions.certified().meeting.decree
    client = registrar()

    before = client.get(path(decree, "berkas/"))
    tasks.seal_papers(at=clock.now())
    after = client.get(path(decree, "berkas/"))
    minutes = client.get(path(decree, "berita-acara/"))

    assert before.content == queries.paper(decree)
    assert after.content == certificates.sealed_paper(decree, SealedKind.DECREE) != before.content
    assert b"/ByteRange" in minutes.content
    assert "attachment" in minutes["Content-Disposition"]
    assert said("Signed by the director, and with the body's electronic signature.") in words(
        client.get(path(decree))
    )


def test_the_list_for_bnsp_comes_as_a_spreadsheet_and_is_told() -> None:
    decree, client = printed(), registrar()

    answer = client.post(path(decree, "bnsp/"), CODES)

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert len(rows) == 1 + 3
    assert [row[13] for row in rows[1:]] == ["JDW-0041"] * 3
    assert answer["Cache-Control"] == "private, no-store"
    assert [(f["kind"], f["rows"]) for f in released(decree)] == [("bnsp", 3)]
    page = words(client.get(path(decree)))
    assert said("A list of its people was given out.") in page
    assert said("List for BNSP") in page


def test_codes_that_are_none_are_asked_for_again_and_nothing_leaves() -> None:
    decree, client = printed(), registrar()

    answer = client.post(path(decree, "bnsp/"), CODES | {"jadwal": "<b>"})

    assert answer.status_code == 422
    assert released(decree) == []


def test_what_is_printed_is_handed_over_by_province_and_office() -> None:
    decree, client = printed(), registrar()

    page = client.get(path(decree))
    everything = client.post(path(decree, "serah-terima/"), {"provinsi": "", "kantor": ""})
    nowhere = client.post(path(decree, "serah-terima/"), {"provinsi": "Atlantis", "kantor": ""})
    labels = client.post(path(decree, "label/"), {"provinsi": "", "kantor": "-", "lewati": "3"})

    assert said("Hand over") in words(page)
    assert everything.content.startswith(b"%PDF")
    assert nowhere.status_code == 422
    assert labels.content.startswith(b"%PDF")
    assert [(f["kind"], f["rows"]) for f in released(decree)] == [("handover", 2), ("labels", 2)]


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.COORDINATOR, Role.AUDITOR])
def test_whoever_only_reads_gets_no_list_about_people(role: Role) -> None:
    decree = printed()
    client, _ = at_work(role, n=7703)

    page = client.get(path(decree))

    assert page.status_code == 200
    assert said("List for BNSP") not in words(page)
    assert client.get(path(decree, "berkas/")).status_code == 200
    for step in ("bnsp/", "serah-terima/", "label/"):
        assert client.post(path(decree, step), CODES).status_code == 403
    assert released(decree) == []


def test_a_list_is_never_given_out_by_a_link() -> None:
    decree, client = printed(), registrar()

    steps = ("bnsp/", "serah-terima/", "label/")

    assert {client.get(path(decree, step)).status_code for step in steps} == {405}
    assert released(decree) == []


def test_strangers_find_no_decree() -> None:
    decree = printed()
    stranger, _ = at_work(Role.ITEM_WRITER, n=7704)

    steps = ("", "berkas/", "berita-acara/")

    assert {stranger.get(path(decree, step)).status_code for step in steps} == {404}
    assert stranger.post(path(decree, "bnsp/"), CODES).status_code == 403


def test_the_page_costs_the_same_for_few_and_many() -> None:
    one = decisions.certified(1, beside={2: 4, 3: 4}).meeting.decree
    blanks.received(1, 9, at=clock.now())
    client = registrar()
    certificate, *rest = certificates.to_print()
    from kompeten.certificates import actions

    actions.issue_blanks([certificate], by=blanks.REGISTRAR, at=clock.now())
    few = cost(client, path(one))

    actions.issue_blanks(rest, by=blanks.REGISTRAR, at=clock.now())

    assert cost(client, path(one)) == few


def test_minutes_with_signs_that_cannot_be_printed_are_asked_for_again() -> None:
    held, sitting, _ = convened()
    client = entered(sitting[0])
    client.post(f"/kantor/keputusan/rapat/{held.ref}/putuskan/", {"semua": "ya"})

    answer = client.post(
        f"/kantor/keputusan/rapat/{held.ref}/tutup/", {"risalah": "Disepakati 👍\nDitutup"}
    )

    assert answer.status_code == 422
    assert not Decree.objects.exists()
