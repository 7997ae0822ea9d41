"""Does the office see what was set aside, put it right, and let it go out?"""

from dataclasses import replace

import pytest
from django.core.files.storage import storages

from kompeten.certificates import queries
from kompeten.certificates import tasks as certificates
from kompeten.certificates.models import Certificate
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.people.models import Account, NameChange, Person
from kompeten.schemes.terms import Route
from tests.faces.office.staff import at_work, cost, said, words
from tests.make import decisions, journey, practicals
from tests.make.certificates import issue_all
from tests.make.held import ARABIC, recorded

pytestmark = pytest.mark.django_db
SHELF = "/kantor/sertifikat/"
HELD = f"{SHELF}tertahan/"
HELD_QUERIES = 12


def held(count: int = 1) -> Certificate:
    """Return one of so many certificates, held for a name that no sheet can show."""
    journey.keys_made()
    for n in range(1, count):
        practicals.settled(n, mark=4, route=Route.DIRECT_CERTIFICATION)
    decision = decisions.decided(count)
    # As it could be admitted before names were judged.
    waiting = list(queries.inbox().values_list("person_id", flat=True))
    Person.objects.filter(pk__in=waiting).update(name=ARABIC)
    issue_all(clock.now())
    assert queries.held().count() == count
    return Certificate.objects.get(application_id=decision.application_id)


def test_what_is_set_aside_is_seen_from_the_first_page_on() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    nothing = client.get(HELD)
    certificate = held()

    start, shelf, aside = client.get("/kantor/"), client.get(SHELF), client.get(HELD)
    page = client.get(f"{SHELF}{certificate.ref}/")

    assert said("Nothing is set aside") in words(nothing)
    assert said("Certificates set aside") in words(start)
    assert HELD in shelf.content.decode()
    assert certificate.number in words(aside)
    for told in (aside, page):
        assert said("The holder's name holds a sign that cannot be printed. Write it in Latin letters,"
                    " as on the identity card.") in words(told)  # fmt: skip
    assert said("It keeps its number: nothing was recorded under it yet.") in words(page)


def test_the_name_is_put_right_and_the_certificate_goes_out() -> None:
    client, _ = at_work(Role.DIRECTOR, n=7601)
    certificate = held()
    name_page = f"/kantor/orang/{certificate.person.ref}/nama/"
    right = {"nama": "Muhammad Ali", "depan": "", "belakang": "S.Sos.", "dasar": "KTP di berkas"}

    shown = client.get(name_page)
    renamed = client.post(name_page, right)
    double = client.post(name_page, right)
    again = client.post(f"{SHELF}{certificate.ref}/lagi/", {"dasar": "Nama sesuai KTP"})
    second_click = client.post(f"{SHELF}{certificate.ref}/lagi/", {"dasar": "Nama sesuai KTP"})
    issue_all(clock.now())

    assert shown.status_code == 200
    assert renamed["Location"] == double["Location"] == f"{SHELF}{certificate.ref}/"
    assert (again.status_code, second_click.status_code) == (302, 302)
    assert NameChange.objects.count() == 1
    certificate.refresh_from_db()
    assert (certificate.state, certificate.content["holder"]) == (
        "published",
        "Muhammad Ali, S.Sos.",
    )
    story = words(client.get(f"{SHELF}{certificate.ref}/"))
    assert "Nama sesuai KTP" in story
    assert said("The certificate was set aside: something has to be put right.") in story
    assert ARABIC in words(client.get(name_page))  # what stood there before


def test_it_is_refused_with_words_while_it_is_still_wrong() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    certificate = held()

    wrong = client.post(f"{SHELF}{certificate.ref}/lagi/", {"dasar": "Sudah"})
    silent = client.post(f"{SHELF}{certificate.ref}/lagi/", {"dasar": ""})
    name = client.post(
        f"/kantor/orang/{certificate.person.ref}/nama/", {"nama": "علي", "dasar": "KTP"}
    )

    assert (wrong.status_code, silent.status_code, name.status_code) == (422, 422, 422)
    assert "huruf Latin" in words(wrong)
    assert 'id="id_dasar-error"' in silent.content.decode()
    assert 'id="id_nama-error"' in name.content.decode()
    certificate.refresh_from_db()
    assert certificate.state == "held"


def test_a_void_number_leads_to_the_one_in_its_place() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    journey.keys_made()
    decisions.decided(1)
    certificates.reserve(at=clock.now())
    spoiled = Certificate.objects.select_related("decision__meeting__decree").get()
    recorded(spoiled, lambda c: replace(c, holder=ARABIC), at=clock.now())
    issue_all(clock.now())
    before = client.get(f"{SHELF}{spoiled.ref}/")

    client.post(f"{SHELF}{spoiled.ref}/lagi/", {"dasar": "Nama sesuai KTP"})
    waits = client.get(f"{SHELF}{spoiled.ref}/")
    issue_all(clock.now())
    after = client.get(f"{SHELF}{spoiled.ref}/")

    assert said("What was recorded to be signed stays as it is: this number becomes void, and a new"
                " certificate gets the next one.") in words(before)  # fmt: skip
    assert said("Another certificate is issued in its place in a moment.") in words(waits)
    issued = queries.successor(spoiled)
    assert issued is not None
    assert f'href="{SHELF}{issued.ref}/"' in after.content.decode()
    assert said("This number is void") in words(after)
    assert client.get(f"{SHELF}{spoiled.ref}/pdf/").status_code == 404


def test_a_signed_sheet_that_is_held_or_void_is_given_to_nobody() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    journey.keys_made()
    decisions.decided(1)
    for step in ("reserve", "intend", "sign"):
        getattr(certificates, step)(at=clock.now())
    signed = Certificate.objects.get()
    path = f"{SHELF}{signed.ref}/pdf/"
    before = client.get(path)
    store, name = storages["files"], signed.credential_sha256
    store.delete(f"{name[:2]}/{name[2:4]}/{name}")

    certificates.check(at=clock.now())
    held_answer = client.get(path)
    client.post(f"{SHELF}{signed.ref}/lagi/", {"dasar": "Berkas rusak, diterbitkan ulang"})

    signed.refresh_from_db()
    assert (signed.state, bool(signed.pdf_sha256)) == ("void", True)
    assert (before.status_code, held_answer.status_code) == (200, 404)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(count: int) -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    held(count)

    assert cost(client, HELD) == HELD_QUERIES


def test_strangers_and_readers_put_nothing_right() -> None:
    certificate = held()
    stranger, _ = at_work(Role.ITEM_WRITER, n=7602)
    auditor, _ = at_work(Role.AUDITOR, n=7603)
    registrar, _ = at_work(Role.REGISTRAR, n=7601)
    again = f"{SHELF}{certificate.ref}/lagi/"
    name = f"/kantor/orang/{certificate.person.ref}/nama/"

    assert {stranger.get(HELD).status_code, stranger.get(name).status_code} == {404}
    assert stranger.post(again, {"dasar": "x"}).status_code in {403, 404}
    assert auditor.get(HELD).status_code == 200
    assert said("Issue again") not in words(auditor.get(f"{SHELF}{certificate.ref}/"))
    assert auditor.post(again, {"dasar": "x"}).status_code == 403
    assert registrar.post(f"{SHELF}TIDAKADA00/lagi/", {"dasar": "x"}).status_code == 404
    assert registrar.get("/kantor/orang/TIDAKADA00/nama/").status_code == 404


LONG = "Drs." + "Abdurrahmanwahid" * 4


def held_for_signatory() -> Certificate:
    """Return a certificate held for the name of who signed the decree, as an earlier release let it pass."""
    journey.keys_made()
    decision = decisions.decided(1)
    Account.objects.filter(pk=decision.meeting.decree.signed_by_id).update(label=LONG)
    issue_all(clock.now())
    assert queries.held().count() == 1
    return Certificate.objects.get(application_id=decision.application_id)


def test_a_fault_of_the_signatorys_is_put_right_there_and_the_certificate_goes_out() -> None:
    certificate = held_for_signatory()
    registrar, _ = at_work(Role.REGISTRAR, n=7601)
    admin, _ = at_work(Role.ADMIN, n=7602)
    shelf = f"{SHELF}{certificate.ref}/"
    signatory = queries.signatory(certificate)
    assert signatory is not None
    right = f"/kantor/orang/akun/{signatory.ref}/nama/"

    page, listed, offered = registrar.get(shelf), registrar.get(HELD), admin.get(shelf)
    admin.post(right, {"nama": "Drs. H. Abdurrahman, S.Sos.", "dasar": "SK 12/2026"})
    registrar.post(f"{shelf}lagi/", {"dasar": "Nama direktur sesuai SK"})
    issue_all(clock.now())

    for told in (page, listed):
        assert said("The name of the director who signed the decree has a word too long for the sheet: %(what)s."
                    " Nothing is wrong with the holder. An administrator puts it right under People, Roles.",
                    what=f"{LONG[:39]}…") in words(told)  # fmt: skip
    assert said("Put the name right") not in words(page)
    assert "/nama/" not in page.content.decode()
    assert said("The name that would be printed now") not in words(page)
    assert f"{said('The name that would be signed under now')} {LONG}" in words(page)
    assert right not in page.content.decode()  # not the registrar's to put right
    assert right in offered.content.decode()
    certificate.refresh_from_db()
    assert (certificate.state, certificate.content["signatory"]["name"]) == (
        "published",
        "Drs. H. Abdurrahman, S.Sos.",
    )


def test_the_word_of_a_holders_name_is_shown_and_stands_in_no_record() -> None:
    client, _ = at_work(Role.REGISTRAR, n=7601)
    journey.keys_made()
    decision = decisions.decided(1)
    Person.objects.filter(pk=decision.person_id).update(name=f"Ani {LONG}")

    issue_all(clock.now())

    certificate = Certificate.objects.get(application_id=decision.application_id)
    assert certificate.reasons == ["content.long_word:holder"]
    page = client.get(f"{SHELF}{certificate.ref}/")
    assert f"({LONG})" in words(page)
    assert said("Put the name right") in words(page)
    Person.objects.filter(pk=decision.person_id).update(name="Ani Rahayu")
    assert f"({LONG})" not in words(client.get(f"{SHELF}{certificate.ref}/"))
