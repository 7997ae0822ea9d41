"""Does opening a record leave a trace, and do those who answer for personal data find what to do?"""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from kompeten.applications import actions as applications
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.models import Access, Breach, Concerned, RemovalRequest
from kompeten.people.terms import Disclosure
from kompeten.web.office import urls
from kompeten.web.office.opened import OPENED
from tests.faces.office.staff import at_work, cost, entered, said, words
from tests.make import applications as make
from tests.make import people

pytestmark = pytest.mark.django_db
DATA, BREACHES = "/kantor/data/", "/kantor/data/pelanggaran/"
# Lists and papers of several people, which note whom they name (`web.ui.listed`).
LISTS = {
    "home", "applications", "collective", "help_people", "letters", "verification", "reviews", "looks",
    "look", "alike", "session", "session_enrol", "session_attendance", "session_cancel", "nik_claims",
    "portfolios", "readings", "handins", "remarks", "remark_settle", "board", "board_time", "arrivals",
    "outage", "makeup", "conflicts", "seating", "seat_cards", "door_list", "minutes", "parcel_file",
    "practicals", "practicals_book", "ratings", "meeting", "meeting_close", "meeting_decide",
    "decree_sign", "decree_paper", "decree_minutes", "decree_bnsp", "decree_handover", "decree_labels",
    "certificates", "certificates_held", "erasures", "recall_propose", "recall", "blanks",
    "blanks_print", "blanks_print_file", "blanks_report", "blank", "removals", "removal",
}  # fmt: skip
# Addresses that show no candidate, and why.
SHOWS_NOBODY = {
    # steps, which lead on and show nothing themselves
    "take", "take_one", "session_announce", "session_close", "session_withdraw", "grant_end",
    "portfolio_release", "portfolios_assign", "slot_rater", "practicals_fill", "meeting_propose",
    "recall_judge", "erasure_judge", "reason_retire", "breach_act", "board_settle", "sitting_begin",
    "sitting_close", "laptop_end", "parcel_pack", "scripts_release", "help_over", "help_release",
    # figures, calendars and shelves of things: sessions, sittings, meetings, lists, laptops, breaches
    "figures", "collectives", "training", "sittings", "delivery", "decisions", "decree", "parcels",
    "parcel_came", "parcel_take_in", "laptops", "exam_code", "recalls", "breaches", "breach",
    "retention", "reasons",
    # forms for something new
    "session_plan", "session_revise", "sitting_plan", "convene", "laptop_register", "blanks_receive",
    "breach_note",
    # schemes, items, texts
    "schemes", "scheme", "itembank", "cases", "case", "itembank_review", "itembank_import",
    "itembank_template", "forms", "forms_assemble", "form", "messages", "message",
    # who works here: their parts are no record of a candidate
    "people", "offices", "grants", "signing_name",
    # essays are marked without a name
    "scripts", "script",
}  # fmt: skip
# Noted by the page itself, which the other face has too.
OF_BOTH_FACES = {"help_begin"}


def test_every_page_of_the_office_leaves_a_trace_or_shows_nobody() -> None:
    named = [str(p.name) for p in urls.urlpatterns if isinstance(p, URLPattern)]
    kinds = (OPENED.keys(), LISTS, SHOWS_NOBODY, OF_BOTH_FACES)

    assert [name for name, times in Counter(named).items() if times > 1] == []
    assert set(named) - set().union(*kinds) == set()
    assert set().union(*kinds) - set(named) == set()
    assert sum(map(len, kinds)) == len(set().union(*kinds))


def test_who_opens_an_application_and_a_document_leaves_one_trace_each() -> None:
    client, budi = at_work(Role.VERIFIER)
    application, _ = make.submitted(at=clock.now())
    code = application.documents.order_by("id")[0].code

    for path in ("", f"dokumen/{code}/", ""):
        assert client.get(f"/kantor/permohonan/{application.ref}/{path}").status_code == 200

    rows = Access.objects.order_by("id").values_list("person_id", "account_id", "role", "sight")
    assert list(rows) == [
        (application.person_id, budi.account_id, "verifier", "application"),
        (application.person_id, budi.account_id, "verifier", "document"),
    ]


def test_what_is_not_there_and_whom_it_does_not_concern_leave_none() -> None:
    application, _ = make.submitted(at=clock.now())
    verifier, _ = at_work(Role.VERIFIER)
    trainer, _ = at_work(Role.TRAINER, n=7001)

    assert verifier.get("/kantor/permohonan/NOTTHERE22/").status_code == 404
    assert trainer.get(f"/kantor/permohonan/{application.ref}/").status_code >= 403

    assert not Access.objects.exists()


def test_opening_again_costs_two_queries_more_than_not_tracing() -> None:
    client, _ = at_work(Role.VERIFIER)
    application, _ = make.submitted(at=clock.now())
    path = f"/kantor/permohonan/{application.ref}/"

    first, again = cost(client, path), cost(client, path)

    assert first == again
    assert Access.objects.count() == 1


def asked(n: int = 1, *, withdrawn: bool = True) -> tuple[RemovalRequest, Actor]:
    """Return the request of the n-th person, who took back an application unless said otherwise."""
    ani = people.account(n, Role.APPLICANT, at=clock.now())
    draft = make.with_documents(make.draft(n, by=ani, at=clock.now()), by=ani, at=clock.now())
    if withdrawn:
        applications.withdraw(draft, by=ani, at=clock.now())
    assert ani.person_id is not None
    request = actions.request_removal(
        ani.person_id, wish="Semuanya.", by=ani, at=clock.now(), rng=random.Random(n)
    )
    return request, ani


def test_a_request_waits_on_the_first_page_and_is_answered() -> None:
    client, _ = at_work(Role.REGISTRAR)
    request, ani = asked()
    assert said("Requests to erase") in words(client.get("/kantor/"))
    path = f"{DATA}permintaan/{request.ref}/"
    assert "Semuanya." in words(client.get(path))

    answer = client.post(path, {"hapus": ["applications.documents", "people.identity"]})

    assert answer["Location"] == DATA
    request.refresh_from_db()
    assert (request.state, request.answer["people.identity"]) == ("answered", "")
    assert ani.person_id is not None
    assert queries.nik_of(ani.person_id) == ""
    assert client.get(path).status_code == 200


def test_keeping_without_a_note_is_told_on_the_form_as_a_part_of_the_page() -> None:
    client, _ = at_work(Role.REGISTRAR)
    request, _ = asked()
    path = f"{DATA}permintaan/{request.ref}/"

    answer = client.post(path, {})
    part = client.post(path, {}, headers={"HX-Request": "true"})

    assert answer.status_code == part.status_code == 422
    assert said("Write why what could be erased stays; the person reads it.") in words(part)
    assert "<html" not in part.content.decode()


def test_what_has_to_stay_is_not_offered_and_cannot_be_forged() -> None:
    client, _ = at_work(Role.REGISTRAR)
    request, _ = asked(withdrawn=False)
    path = f"{DATA}permintaan/{request.ref}/"

    assert 'name="hapus"' not in client.get(path).content.decode()
    forged = client.post(path, {"hapus": ["people.identity"]})

    assert forged.status_code == 422
    request.refresh_from_db()
    assert request.state == "requested"


@pytest.mark.parametrize("path", [DATA, BREACHES, f"{DATA}masa-simpan/"])
def test_whom_it_does_not_concern_finds_no_such_place(path: str) -> None:
    client, _ = at_work(Role.VERIFIER)

    assert client.get(path).status_code in {403, 404}


def test_an_auditor_reads_and_answers_nothing() -> None:
    client, _ = at_work(Role.AUDITOR)
    request, _ = asked()
    path = f"{DATA}permintaan/{request.ref}/"

    assert "<form" not in client.get(path).content.decode().split("<main")[1].split("</main>")[0]
    assert client.post(path, {"hapus": [], "catatan": "x"}).status_code in {403, 422}
    request.refresh_from_db()
    assert request.state == "requested"


def noted(client: Client, *, hours: int = 1) -> Breach:
    """Enter a breach that was noticed so many hours ago, through the form."""
    noticed = timezone.localtime(clock.now() - timedelta(hours=hours))
    answer = client.post(
        f"{BREACHES}catat/",
        {
            "judul": "Surel salah kirim",
            "diketahui": f"{noticed:%Y-%m-%dT%H:%M}",
            "isi": "NIK dan telepon",
            "kejadian": "Daftar terkirim ke alamat lain.",
            "tindakan": "Surel ditarik kembali.",
        },
    )
    assert answer.status_code == 302, words(answer)
    return Breach.objects.order_by("-id")[0]


def test_a_breach_is_entered_told_and_closed() -> None:
    client, _ = at_work(Role.DIRECTOR)
    application, _ = make.submitted(at=clock.now())
    breach = noted(client)
    page = f"{BREACHES}{breach.ref}/"
    assert "tersisa 70 jam" in words(client.get(page)) or "tersisa 71 jam" in words(
        client.get(page)
    )

    named = client.post(f"{page}orang/", {"rujukan": f"{application.ref}, TIDAKADA22"})
    letters = client.post(f"{page}surat/", {})
    now = timezone.localtime(clock.now() - timedelta(minutes=1))
    early = client.post(f"{page}tutup/", {"catatan": ""})
    told = client.post(f"{page}lembaga/", {"pada": f"{now:%Y-%m-%dT%H:%M}", "nomor": "PDP/7/2026"})
    closed = client.post(f"{page}tutup/", {"catatan": ""})

    assert [a.status_code for a in (named, letters, early, told, closed)] == [
        302,
        302,
        422,
        302,
        302,
    ]
    assert Concerned.objects.get().person_id == application.person_id
    breach.refresh_from_db()
    assert breach.state == "closed"
    assert said("Everybody who must know has been told") in words(client.get(page))


def test_a_late_one_says_so_in_words_and_by_shape() -> None:
    client, _ = at_work(Role.DIRECTOR)
    noted(client, hours=80)

    page = client.get(BREACHES)

    assert "lewat 8 jam" in words(page) or "lewat 9 jam" in words(page)
    assert 'data-state="late"' in page.content.decode()


def test_everybody_can_be_named_at_once() -> None:
    client, _ = at_work(Role.DIRECTOR)
    breach = noted(client)
    make.submitted(1, at=clock.now())

    client.post(f"{BREACHES}{breach.ref}/orang/", {"semua": "on"})

    assert Concerned.objects.count() == len(queries.everybody())


def test_an_administrator_enters_one_and_leaves_the_telling_to_others() -> None:
    client, _ = at_work(Role.ADMIN)
    breach = noted(client)

    page = client.get(f"{BREACHES}{breach.ref}/").content.decode()
    forged = client.post(f"{BREACHES}{breach.ref}/surat/", {})

    assert "/orang/" in page
    assert "/lembaga/" not in page
    assert forged.status_code in {403, 404, 409, 422}


def test_an_unknown_step_is_not_there() -> None:
    client, _ = at_work(Role.DIRECTOR)
    breach = noted(client)

    assert client.post(f"{BREACHES}{breach.ref}/hapus/", {}).status_code == 404


def test_the_table_of_retention_names_each_kind_and_what_is_over() -> None:
    client, _ = at_work(Role.AUDITOR)

    told = words(client.get(f"{DATA}masa-simpan/"))

    assert "Foto dari pintu ujian" in told
    assert "1825 hari sejak dibuka" in told


@pytest.mark.parametrize("path", [DATA, BREACHES])
def test_a_list_costs_the_same_for_one_and_for_three(path: str) -> None:
    client, dewi = at_work(Role.DIRECTOR)
    fill(dewi, 1)
    one = cost(client, path)

    fill(dewi, 2)
    fill(dewi, 3)

    assert cost(client, path) == one
    assert entered(dewi).get(path).status_code == 200


def fill(dewi: Actor, n: int) -> None:
    """Let there be one more request and one more breach."""
    asked(n)
    actions.note_breach(
        Disclosure("a", "b", "c"),
        title=f"Kejadian {n}",
        noticed_at=clock.now(),
        by=dewi,
        at=clock.now(),
        rng=random.Random(100 + n),
    )
