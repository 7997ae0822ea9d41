"""Can somebody apply in short steps, each kept, and nobody else look in?"""

from datetime import date

import pytest
from django.test import Client

from kompeten.applications import queries
from kompeten.applications.models import Application
from kompeten.applications.terms.application import State
from kompeten.applications.terms.statement import Letter, Statement, WorkSpell
from kompeten.foundation import ledger
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.people.terms import Identity
from kompeten.schemes.terms import Schooling, Stage
from kompeten.verification.terms import Fault, Remark, Topic
from tests.faces.candidate.stage import HTMX, browser, count_queries, is_part, stranger, words
from tests.make import applications as make
from tests.make import verification
from tests.make.people import account, person

pytestmark = pytest.mark.django_db

IDENTITY = {
    "name": "Ani Rahayu",
    "sex": "female",
    "birth_place": "Sei Rampah",
    "birth_on": "1985-04-17",
    "region_code": "12.18",
    "phone": "0812 3456 7890",
    "email": "ani@contoh.example",
}
PRACTICE = {
    "stage": "bachelor",
    "education": "S1 Kesejahteraan Sosial",
    "welfare": "yes",
    "standing": "graduate",
    "finished_on": "2014-09-01",
    "entries": "1",
    "0-employer": "Dinas Sosial",
    "0-position": "Pendamping",
    "0-from_on": "2015-02-01",
    "0-last_on": "",
    "0-hours_a_week": "38",
    "practice_hours": "1500",
    "recommended_by": ["workplace"],
}
PAGES = ("", "jalur/", "diri/", "pendidikan/", "dokumen/", "kirim/", "riwayat/")
STEPS = ("jalur/", "diri/", "pendidikan/")


def at(application: Application, page: str = "") -> str:
    """Return the address of a page of the application."""
    return f"/saya/permohonan/{application.ref}/{page}"


def drafted() -> tuple[Application, Client]:
    """Return a draft and the browser of its applicant."""
    ani = account(1, Role.APPLICANT)
    return make.draft(by=ani), browser(ani)


def test_the_schemes_in_force_can_be_chosen_and_the_running_one_is_marked() -> None:
    draft, client = drafted()

    answer = client.get("/saya/permohonan/baru/")

    page = answer.content.decode()
    assert page.count('href="/saya/permohonan/baru/') == 7
    assert f'href="{at(draft)}"' in page
    assert "sudah dimulai" in words(answer)


def test_a_scheme_and_a_route_open_a_draft_and_lead_on() -> None:
    make.schemes_loaded()
    ani = account(1, Role.APPLICANT)

    answer = browser(ani).post(
        f"/saya/permohonan/baru/{make.SCHEME}/", {"route": "direct_assessment", "program": ""}
    )

    draft = Application.objects.get()
    assert answer["Location"] == at(draft, "diri/")
    assert (draft.state, draft.route, draft.person_id) == (
        State.DRAFT,
        "direct_assessment",
        ani.person_id,
    )


def test_a_second_application_for_the_same_scheme_is_refused_on_the_form() -> None:
    _, client = drafted()

    answer = client.post(f"/saya/permohonan/baru/{make.SCHEME}/", {"route": "training"})

    assert answer.status_code == 422
    assert "sudah" in words(answer)
    assert Application.objects.count() == 1


def test_a_route_that_the_scheme_does_not_offer_is_refused() -> None:
    make.schemes_loaded()

    answer = browser(account(1)).post(
        "/saya/permohonan/baru/social_educator/", {"route": "education"}
    )

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_an_unknown_scheme_is_no_page() -> None:
    make.schemes_loaded()

    assert browser(account(1)).get("/saya/permohonan/baru/dukun/").status_code == 404


def test_routes_say_what_they_ask_before_anything_is_chosen() -> None:
    make.schemes_loaded()

    told = words(browser(account(1)).get(f"/saya/permohonan/baru/{make.SCHEME}/"))

    assert "Umur Anda 40 tahun; jalur ini mensyaratkan 45 tahun." in told


def test_the_route_can_be_changed_while_it_is_a_draft() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "jalur/"), {"route": "training", "program": ""})

    assert answer["Location"] == at(draft, "diri/")
    draft.refresh_from_db()
    assert draft.route == "training"


def test_identity_is_kept_and_leaves_an_event() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "diri/"), IDENTITY)

    assert answer["Location"] == at(draft, "pendidikan/")
    draft.person.refresh_from_db()
    assert (draft.person.birth_place, draft.person.birth_on) == ("Sei Rampah", date(1985, 4, 17))
    assert ledger.history("application", draft.pk)[-1].facts == {"step": "identity"}


def newcomer() -> tuple[Application, Client]:
    """Return the draft of somebody who signed up with a name only, and their browser."""
    from kompeten.people import actions

    key = actions.admit(Identity(nik="", name="Rina"), at=make.MONDAY, rng=make.random.Random(5))
    row = actions.open_account(
        at=make.MONDAY, rng=make.random.Random(6), email="rina@contoh.example", person_id=key
    )
    rina = people.actor(row.pk, at=make.MONDAY)
    return make.draft(by=rina), browser(rina)


def test_a_newcomer_states_the_nik_with_spaces_and_sees_only_its_ends_again() -> None:
    draft, client = newcomer()

    client.post(at(draft, "diri/"), IDENTITY | {"nik": "1218 9057 0485 0077"})

    assert people.nik_of(draft.person_id) == "1218905704850077"
    told = client.get(at(draft, "diri/")).content.decode()
    assert "1218 •••• •••• 0077" in told
    assert "1218905704850077" not in told


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("nik", "1218", "16 angka"),
        ("birth_on", "2031-01-01", "Tanggal lahir"),
        ("birth_on", "besok", "tanggal"),
        ("region_code", "99.99", "pilih salah satu"),
        ("name", "", "tidak boleh kosong"),
        ("name", "محمد علي", "huruf latin"),
        ("name", "Ani 😊", "huruf latin"),
        ("name", "Ani\u202eiladuB", "huruf latin"),
        ("name", "3271956701920001", "angka panjang"),
        ("name", "...", "nama"),
        ("title_after", "S.Sos. 🎓", "huruf latin"),
        ("birth_place", "بوكور", "huruf latin"),
        ("email", "ani@", "surel"),
    ],
)
def test_what_cannot_be_kept_is_told_on_its_field_and_nothing_is_kept(
    field: str, value: str, told: str
) -> None:
    draft, client = newcomer()

    answer = client.post(at(draft, "diri/"), IDENTITY | {"nik": "1218905704850077", field: value})

    assert answer.status_code == 422
    assert told.lower() in words(answer).lower()
    assert people.nik_of(draft.person_id) == ""


def test_somebody_elses_nik_is_told_on_its_field() -> None:
    draft, client = newcomer()
    theirs = people.nik_of(person(44))

    answer = client.post(at(draft, "diri/"), IDENTITY | {"nik": theirs})

    assert answer.status_code == 422
    assert 'id="id_nik-error"' in answer.content.decode()
    draft.person.refresh_from_db()
    assert draft.person.name == "Rina"


def test_a_nik_in_dispute_is_handed_to_the_office_and_the_way_goes_on() -> None:
    draft, client = newcomer()
    key = person(44)
    theirs = people.nik_of(key)
    clashed = client.post(at(draft, "diri/"), IDENTITY | {"nik": theirs})

    answer = client.post(at(draft, "diri/"), IDENTITY | {"nik": theirs, "claims": "on"})

    assert 'name="claims"' in clashed.content.decode()
    assert 'name="claims"' not in client.get(at(draft, "diri/")).content.decode()
    assert answer["Location"] == at(draft, "pendidikan/")
    told = words(client.get(at(draft, "diri/")))
    assert "Anda meminta kami memeriksa NIK Anda" in told
    assert "Rahayu 44" not in words(clashed) + told
    assert people.nik_of(key) == theirs


def test_a_wrong_nik_is_typed_again_and_left_empty_it_stays() -> None:
    draft, client = newcomer()
    client.post(at(draft, "diri/"), IDENTITY | {"nik": "1218905704850077"})
    client.post(at(draft, "diri/"), IDENTITY | {"nik": ""})
    kept = people.nik_of(draft.person_id)

    client.post(at(draft, "diri/"), IDENTITY | {"nik": "1218 9057 0485 0078"})

    assert kept == "1218905704850077"
    assert people.nik_of(draft.person_id) == "1218905704850078"
    assert "NIK diperbaiki" in words(client.get(at(draft, "riwayat/")))


def test_a_nik_that_went_out_before_is_shown_and_not_asked() -> None:
    _, ani = make.accepted()
    draft, client = make.draft(3, by=ani, scheme="social_volunteer"), browser(ani)

    answer = client.get(at(draft, "diri/"))

    assert 'name="nik"' not in answer.content.decode()
    assert "sudah pernah dikirim dengan NIK ini" in words(answer)


def test_doubts_about_the_nik_are_told_and_refuse_nothing() -> None:
    draft, client = drafted()

    client.post(at(draft, "diri/"), IDENTITY | {"birth_on": "1985-04-18"})

    assert "Tanggal lahir berbeda" in words(client.get(at(draft, "diri/")))


def test_education_and_practice_are_kept_and_come_back() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "pendidikan/"), PRACTICE)

    assert answer["Location"] == at(draft, "dokumen/")
    draft.refresh_from_db()
    assert Statement.of(draft.statement) == Statement(
        education="S1 Kesejahteraan Sosial",
        employer="Dinas Sosial",
        position="Pendamping",
        started_on=date(2015, 2, 1),
        practice_hours=1500,
        recommended_by=("workplace",),
        schooling=Schooling(stage=Stage.BACHELOR, welfare=True, finished_on=date(2014, 9, 1)),
        spells=(
            WorkSpell(
                employer="Dinas Sosial",
                position="Pendamping",
                from_on=date(2015, 2, 1),
                hours_a_week=38,
            ),
        ),
    )
    page = client.get(at(draft, "pendidikan/")).content.decode()
    assert 'value="S1 Kesejahteraan Sosial"' in page
    assert 'value="2015-02-01"' in page
    assert "Belum disebut surat keterangan" in page


def test_a_time_of_practice_names_its_letter_and_the_scan_beside() -> None:
    draft, client = drafted()
    letter = {
        "0-last_on": "2019-01-31",
        "0-number_of_letter": "800/114/Dinsos",
        "0-dated_on": "2019-02-04",
        "0-signatory": "Dra. Sri Hartati, Kepala Dinas",
        "0-document": "experience_letter",
    }

    client.post(at(draft, "pendidikan/"), PRACTICE | letter)

    draft.refresh_from_db()
    (spell,) = Statement.of(draft.statement).spells
    assert spell.last_on == date(2019, 1, 31)
    assert spell.letter == Letter(
        number="800/114/Dinsos",
        dated_on=date(2019, 2, 4),
        signatory="Dra. Sri Hartati, Kepala Dinas",
        document="experience_letter",
    )
    told = words(client.get(at(draft, "kirim/")))
    assert "Dinas Sosial, Pendamping 1 Februari 2015 s.d. 31 Januari 2019" in told
    assert "Jumlah masa praktik 4 tahun, 7.931 jam" in told


def test_a_letter_of_a_document_that_the_route_does_not_know_is_refused() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "pendidikan/"), PRACTICE | {"0-document": "practice_evidence"})

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert Statement.of(draft.statement).spells == ()


def test_rows_are_added_and_removed_and_nothing_is_kept_before_saving() -> None:
    draft, client = drafted()
    before = Statement.of(draft.statement)

    more = client.post(at(draft, "pendidikan/"), PRACTICE | {"add": "1"}, headers=HTMX)
    fewer = client.post(at(draft, "pendidikan/"), PRACTICE | {"remove": "0"})

    assert more.status_code == fewer.status_code == 200
    assert 'name="1-employer"' in more.content.decode()
    assert "Dihitung: " in more.content.decode()
    assert "<html" not in more.content.decode()
    assert 'value="Dinas Sosial"' not in fewer.content.decode()
    draft.refresh_from_db()
    assert Statement.of(draft.statement) == before


def test_a_statement_from_a_list_shows_its_post_as_the_first_row() -> None:
    draft, client = drafted()
    draft.statement = {"education": "S1", "employer": "LKS Harapan", "started_on": "2019-02-01"}
    draft.save()

    page = client.get(at(draft, "pendidikan/")).content.decode()

    assert 'value="LKS Harapan"' in page
    assert 'value="2019-02-01"' in page
    assert 'name="entries" value="1"' in page


def test_a_row_without_its_first_day_is_told_and_the_rest_stands_there_again() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "pendidikan/"), PRACTICE | {"0-from_on": ""})

    assert answer.status_code == 422
    assert "Isi hari apa mulainya" in words(answer)
    assert 'value="Pendamping"' in answer.content.decode()


def test_the_step_costs_the_same_with_one_and_with_three_times_of_practice() -> None:
    draft, client = drafted()
    rows: dict[str, object] = {"entries": "3"}
    rows |= {f"{n}-from_on": f"20{n + 10}-01-01" for n in (1, 2)}
    client.post(at(draft, "pendidikan/"), PRACTICE)
    one = count_queries(client, at(draft, "pendidikan/"))
    client.post(at(draft, "pendidikan/"), PRACTICE | rows)

    assert count_queries(client, at(draft, "pendidikan/")) == one


def test_a_route_that_seems_closed_is_a_hint_on_every_later_step() -> None:
    draft, client = drafted()
    client.post(at(draft, "jalur/"), {"route": "direct_certification"})

    for page in ("pendidikan/", "dokumen/", "kirim/"):
        assert "Umur Anda 40 tahun" in words(client.get(at(draft, page)))


def test_a_draft_shows_its_steps_and_the_one_to_go_on_with() -> None:
    draft, client = drafted()

    told = words(client.get(at(draft)))

    assert "Draf Anda tersimpan" in told
    assert "Lanjutkan" in told


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_page(page: str) -> None:
    draft, _ = drafted()

    assert stranger().get(at(draft, page)).status_code == 404


@pytest.mark.parametrize("page", [*STEPS, "kirim/", "tarik/"])
def test_a_stranger_changes_nothing(page: str) -> None:
    draft, _ = drafted()

    answer = stranger().post(at(draft, page), IDENTITY | PRACTICE | {"route": "training"})

    assert answer.status_code == 404
    draft.refresh_from_db()
    assert (draft.state, draft.route) == (State.DRAFT, "direct_assessment")


def test_a_verifier_who_applies_too_cannot_fill_in_what_the_office_lets_them_see() -> None:
    draft, _ = drafted()
    budi = account(2, Role.VERIFIER)
    assert queries.own(draft.ref, budi) == draft

    assert browser(budi).get(at(draft, "pendidikan/")).status_code == 404


@pytest.mark.parametrize(("page", "sent"), [("diri/", IDENTITY), ("pendidikan/", PRACTICE)])
def test_a_page_that_stood_open_too_long_changes_nothing_after_handing_in(
    page: str, sent: dict[str, str]
) -> None:
    application, ani = make.submitted()

    answer = browser(ani).post(at(application, page), sent)

    assert answer.status_code == 409
    application.refresh_from_db()
    assert application.statement["education"] == "S1 non-Kesos"
    assert application.person.birth_place == ""


def test_htmx_gets_the_form_alone_and_it_is_the_same() -> None:
    draft, client = drafted()

    for page in STEPS:
        whole = client.post(at(draft, page), {"route": "", "education": ""})
        part = client.post(at(draft, page), {"route": "", "education": ""}, headers=HTMX)
        assert (whole.status_code, part.status_code) == (422, 422)
        assert is_part(part, whole)


def test_htmx_is_led_on_as_a_whole_page() -> None:
    draft, client = drafted()

    answer = client.post(at(draft, "pendidikan/"), PRACTICE, headers=HTMX)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, at(draft, "dokumen/"))


def test_a_returned_application_lists_what_to_mend_with_the_way_there() -> None:
    remark = Remark(Topic.PRACTICE, Fault.UNCLEAR, "Sejak kapan?")
    review, _ = verification.returned(remarks=[remark])
    application = review.application
    client = browser(people.actor(application.filed_by_id, at=make.MONDAY))

    page = client.get(at(application)).content.decode()

    assert "Sejak kapan?" in page
    assert at(application, "pendidikan/") in page
    assert f"{at(application, 'dokumen/')}#identity_card" in page
    assert "k-clock" in page


def test_a_rejected_application_says_why_and_what_may_be_done() -> None:
    from kompeten.verification import actions
    from kompeten.verification.terms import Ground

    review, budi = verification.judged()
    actions.reject(review, grounds=[Ground.AGE], note="", by=budi, at=make.MONDAY)
    client = browser(people.actor(review.application.filed_by_id, at=make.MONDAY))

    told = words(client.get(at(review.application)))

    assert "Permohonan ini belum dapat diterima" in told
    assert "Anda boleh mengajukan permohonan baru" in told


def test_the_story_tells_who_did_what_without_naming_officers() -> None:
    application, ani = make.accepted()

    told = words(browser(ani).get(at(application, "riwayat/")))

    assert "Permohonan diajukan." in told
    assert "Lembaga sertifikasi" in told
    assert "Budi" not in told


def test_the_list_of_applications_costs_the_same_with_one_and_with_three() -> None:
    _, client = drafted()
    one = count_queries(client, "/saya/permohonan/")
    ani = people.actor(Application.objects.get().filed_by_id, at=make.MONDAY)
    make.draft(2, by=ani, scheme="social_educator", route=make.Route.TRAINING)
    make.draft(3, by=ani, scheme="social_worker_generalist")

    assert count_queries(client, "/saya/permohonan/") == one == 6
