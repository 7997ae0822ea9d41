"""Can the office find an application, read it whole, and open what was put in without harm?"""

from datetime import date

import pytest
from django.test import Client

from kompeten.applications import actions
from kompeten.applications.models import Application, Document
from kompeten.applications.terms.application import Step
from kompeten.applications.terms.statement import Letter, Statement, WorkSpell
from kompeten.foundation import clock, files
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.kernel.roles import Role
from tests.faces.office import lists
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import applications, verification

pytestmark = pytest.mark.django_db
INDEX = "/kantor/permohonan/"


def reader(role: Role = Role.REGISTRAR) -> Client:
    """Return the browser of somebody who reads files."""
    return at_work(role)[0]


def submitted(n: int = 1) -> tuple[Application, Actor]:
    """Return an application handed in now, and its owner."""
    return applications.submitted(n, at=clock.now())


def path(application: Application) -> str:
    """Return the address of an application."""
    return f"{INDEX}{application.ref}/"


def test_an_application_is_found_by_a_part_of_the_name_and_by_its_reference() -> None:
    client = reader()
    first, _ = submitted(1)
    second, _ = submitted(22)

    by_name = words(client.get(INDEX, {"cari": "rahayu 22"}))
    by_ref = words(client.get(INDEX, {"cari": first.ref.lower()}))

    assert second.ref in by_name
    assert first.ref not in by_name
    assert first.ref in by_ref
    assert second.ref not in by_ref


def test_the_list_is_narrowed_by_state_and_scheme() -> None:
    client = reader()
    one, _ = submitted(1)
    draft = applications.draft(2, at=clock.now())

    handed_in = words(client.get(INDEX, {"keadaan": "submitted"}))

    assert one.ref in handed_in
    assert draft.ref not in handed_in
    assert one.ref not in words(client.get(INDEX, {"skema": "social_educator"}))
    assert one.ref in words(client.get(INDEX, {"keadaan": "'; drop table"}))


def test_times_of_practice_stand_with_their_letters_and_what_to_ask() -> None:
    application, _ = submitted()
    spells = (
        WorkSpell(
            employer="Dinas Sosial Kota Bogor",
            position="Pendamping PKH",
            from_on=date(2015, 1, 5),
            last_on=date(2019, 12, 31),
            hours_a_week=38,
            letter=Letter(
                number="800/114", dated_on=date(2019, 6, 3), signatory="Dra. Sri Hartati"
            ),
        ),
        WorkSpell(employer="LKS Bina Insani", from_on=date(2019, 7, 1), last_on=date(2020, 6, 30)),
    )
    application.statement = plain(Statement(education="S1").with_spells(spells))
    application.save()

    told = words(reader().get(path(application)))

    assert (
        "Dinas Sosial Kota Bogor, Pendamping PKH 5 Januari 2015 s.d. 31 Desember 2019 · "
        "38 jam per minggu · surat: 800/114, 3 Juni 2019, Dra. Sri Hartati"
    ) in told
    assert said("The letter is older than the time that it is to show.") in told
    assert (
        said("This time overlaps with another one. Shared days count once, with the greater load.")
        in told
    )
    assert "Jumlah masa praktik 5 tahun 5 bulan; jam: 9.890" in told


def test_nothing_found_says_what_to_do() -> None:
    answer = reader().get(INDEX, {"cari": "tidak ada"})

    assert answer.status_code == 200
    assert said("Check the spelling, or search for a part of the name.") in words(answer)


def test_the_file_shows_facts_masks_the_nik_and_tells_its_story() -> None:
    review, _ = verification.returned(1, at=clock.now())

    page = words(reader().get(path(review.application)))

    assert "S1 non-Kesos" in page
    assert "•••• •••• •••• 0001" in page
    assert "1218905704850001" not in page
    assert said("The application was returned for correction.") in page
    assert said("Round %(n)s", n=1) in page
    assert page.index(said("The application was returned for correction.")) < page.index(
        said("The application was begun.")
    )


def test_the_story_tells_a_form_that_keeps_itself_once() -> None:
    owner = applications.account(1, Role.APPLICANT, at=clock.now())
    draft = applications.draft(1, by=owner, at=clock.now())
    for _ in range(3):
        actions.revise(draft, step=Step.PRACTICE, by=owner, at=clock.now())

    page = words(reader().get(path(draft)))

    assert page.count(said("A step of the form was saved.")) == 1
    assert said("%(n)d time in a row.", n=3) in page


def test_a_document_is_sent_to_be_saved_and_never_run() -> None:
    application, _ = submitted()

    answer = reader().get(f"{path(application)}dokumen/identity_card/")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"


def test_pictures_and_the_pages_of_papers_are_drawn_by_us() -> None:
    application, _ = submitted()
    client = reader()

    picture = client.get(f"{path(application)}dokumen/photo/gambar/")
    paper = client.get(f"{path(application)}dokumen/diploma/gambar/1/")
    beyond = client.get(f"{path(application)}dokumen/diploma/gambar/2/")

    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Security-Policy"].startswith("sandbox")
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert paper.content.startswith(b"\xff\xd8\xff")
    assert paper["Cache-Control"] == "private, no-store"
    assert paper["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert beyond.status_code == 404


@pytest.mark.parametrize("code", ["nothing", "training_certificate"])
def test_a_document_that_is_not_there_has_no_page(code: str) -> None:
    application, _ = submitted()

    assert reader().get(f"{path(application)}dokumen/{code}/").status_code == 404


def test_files_are_for_those_who_work_on_them() -> None:
    application, owner = submitted()
    addresses = (
        INDEX,
        path(application),
        f"{path(application)}dokumen/photo/",
        f"{path(application)}dokumen/photo/gambar/",
    )
    for number, role in enumerate((Role.ASSESSOR, Role.TRAINER, Role.MINISTRY, Role.DIRECTOR)):
        client, _ = at_work(role, n=7100 + number)
        for address in addresses:
            assert client.get(address).status_code == 404

    assert entered(owner).get(path(application)).status_code == 404
    assert reader(Role.AUDITOR).get(path(application)).status_code == 200


def test_an_unknown_reference_has_no_page() -> None:
    assert reader().get(f"{INDEX}NOSUCHREF0/").status_code == 404


def test_what_htmx_swaps_is_a_part_of_the_page() -> None:
    client = reader()
    submitted()

    fragment, whole = part_of(client, INDEX)

    assert fragment.startswith('<div id="rows"')
    assert fragment in whole


def test_the_list_takes_as_many_queries_for_ten_as_for_two_hundred() -> None:
    client = reader()
    by = lists.sponsor()
    lists.received(10, by=by, seed=1)
    ten = cost(client, INDEX)

    lists.received(190, by=by, seed=2)

    assert Application.objects.count() > 150
    assert cost(client, INDEX) == ten
    assert cost(client, f"{INDEX}?halaman=3&cari=a") == ten


def test_a_file_takes_as_many_queries_with_three_rounds_as_with_one() -> None:
    client = reader()
    review, budi = verification.returned(1, at=clock.now())
    one = cost(client, path(review.application))

    verification.returned(2, by=budi, at=clock.now())

    assert cost(client, path(review.application)) == one


def test_the_pages_of_a_document_are_looked_at_and_the_file_is_only_saved() -> None:
    application, _ = submitted()
    client = reader()

    page = client.get(f"{path(application)}dokumen/diploma/lihat/")

    text = page.content.decode()
    assert f'src="{path(application)}dokumen/diploma/gambar/1/"' in text
    assert "gambar/2/" not in text
    assert f'href="{path(application)}dokumen/diploma/"' in text
    assert said("not scanned") in words(page)
    assert said("not scanned") in words(client.get(path(application)))
    assert client.get(f"{path(application)}dokumen/nothing/lihat/").status_code == 404


def test_a_document_that_cannot_be_drawn_says_so() -> None:
    application, _ = submitted()
    broken = files.put(b"%PDF-1.4 from before papers were opened %%EOF", media_type="x").sha256
    Document.objects.filter(code="diploma").update(sha256=broken, pages=None)

    page = reader().get(f"{path(application)}dokumen/diploma/lihat/")

    assert page.status_code == 200
    assert said("This document cannot be shown") in words(page)


def test_what_is_in_quarantine_is_named_and_given_to_nobody() -> None:
    application, _ = submitted()
    Document.objects.filter(code="diploma").update(scan="infected", found="Eicar-Test-Signature")
    client = reader()

    page = words(client.get(path(application)))

    assert said("In quarantine") in page
    assert "Eicar-Test-Signature" in page
    for last in ("", "gambar/", "gambar/1/", "lihat/"):
        answer = client.get(f"{path(application)}dokumen/diploma/{last}")
        assert answer.status_code == 404
