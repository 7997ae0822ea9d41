"""Does somebody come by a recommendation without paper: for themselves, or for the people of a list?"""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Recommendation, Referee
from kompeten.applications.terms.application import Step
from kompeten.applications.terms.recommending import RecommendationState
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from kompeten.notices import actions as notices
from kompeten.notices.ports import Refused
from kompeten.notices.terms import Mail
from kompeten.people import actions as people
from tests.faces.candidate.stage import browser, count_queries, stranger, words
from tests.make import applications as make
from tests.make import invitations
from tests.make import recommending as recommend
from tests.make.people import account
from tests.make.recommending import BY_PHONE
from tests.make.times import MONDAY, WIB_MIDNIGHT

pytestmark = pytest.mark.django_db
WHO = {
    "nama": "Dra. Sri Hartati",
    "jabatan": "Kepala dinas",
    "lembaga": "Dinas Sosial Kota Bogor",
    "surel": "sri.hartati@dinsos.example",
    "telepon": "",
}


def ani() -> tuple[Application, Any, str]:
    """Return Ani's draft, her browser, and the page on which she asks."""
    by = account(1, Role.APPLICANT)
    application = make.draft(1, by=by)
    return application, browser(by), f"/saya/permohonan/{application.ref}/rekomendasi/workplace/"


def listed(count: int) -> tuple[Any, list[Application], str]:
    """Return the browser of an office, its people's drafts, and the page on which it asks for them."""
    by = invitations.officer()
    lines = [
        {"nik": f"327195670192{n:04d}", "name": f"Dewi {chr(64 + n)}"} for n in range(1, count + 1)
    ]
    batch = invitations.sent(by, invitations.content(*lines))
    held = list(Application.objects.filter(collective=batch).order_by("id"))
    return by, held, f"/saya/kolektif/{batch.ref}/rekomendasi/workplace/"


def test_who_applies_asks_and_gets_a_message_to_send() -> None:
    application, phone, address = ani()

    asked = phone.post(address, WHO)
    told = phone.get(asked["Location"])

    shown = words(told)
    referee = Referee.objects.get()
    assert asked["Location"] == f"/saya/rekomendasi/{referee.ref}/"
    assert "Yth. Dra. Sri Hartati" in shown
    assert "Ani Rahayu" in shown
    assert "mailto:sri.hartati%40dinsos.example" in told.content.decode()
    assert queries.referee_token(referee.ref) not in shown  # the short address only
    assert queries.told_code(referee.ref) not in shown
    assert application.recommendations.get().state == RecommendationState.ASKED


def test_before_dawn_the_message_names_the_last_day_that_the_page_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, phone, address = ani()
    monkeypatch.setattr(clock, "now", lambda: WIB_MIDNIGHT)

    told = phone.get(phone.post(address, WHO)["Location"]).content.decode()

    (link,) = re.findall(r'href="(mailto:[^"]*)"', told)
    referee = Referee.objects.get()
    assert referee.ends_at.time() == WIB_MIDNIGHT.time()
    with translation.override("id"):
        assert date_format(localdate(referee.ends_at), "DATE_FORMAT") in unquote(link)


def test_who_was_asked_stands_under_the_applications_or_under_the_lists_of_an_office() -> None:
    _, phone, address = ani()
    by, held, lists = listed(1)
    office = browser(by)
    asked = office.post(lists, WHO | {"orang": [held[0].ref]})

    own = phone.get(phone.post(address, WHO)["Location"]).content.decode()
    theirs = office.get(asked["Location"]).content.decode()

    current = re.compile(r'<a href="([^"]+)" aria-current="page"')
    assert set(current.findall(own)) == {"/saya/permohonan/"}
    assert set(current.findall(theirs)) == {"/saya/kolektif/"}


def test_for_a_phone_the_code_is_shown_to_tell_and_the_number_has_its_country() -> None:
    _, phone, address = ani()

    asked = phone.post(address, WHO | {"surel": "", "telepon": "0812 9999 0001"})
    told = phone.get(asked["Location"]).content.decode()

    assert queries.told_code(Referee.objects.get().ref) in told
    assert "https://wa.me/6281299990001?" in told


def test_what_lacks_stands_on_its_field() -> None:
    _, phone, address = ani()

    nowhere = phone.post(address, WHO | {"surel": ""})
    own = phone.post(address, WHO | {"surel": "ani1@contoh.example"})

    assert (nowhere.status_code, own.status_code) == (422, 422)
    assert not Referee.objects.exists()


def test_documents_tell_how_the_signature_stands() -> None:
    application, phone, address = ani()
    documents = f"/saya/permohonan/{application.ref}/dokumen/"
    before = phone.get(documents).content.decode()
    referee = recommend.asked(application, by=make.owner(application))
    asked = words(phone.get(documents))
    recommend.signed(referee)
    signed = words(phone.get(documents))

    assert address in before
    assert "Dra. Sri Hartati" in asked
    assert "Dra. Sri Hartati" in signed
    assert asked != signed
    assert "recommendation_workplace" not in [
        code for codes in _missing(application) for code in codes
    ]


def _missing(application: Application) -> Any:
    return queries.documents_asked(application).missing(queries.present_codes(application))


def test_a_signed_recommendation_is_handed_in_without_a_scan() -> None:
    application, phone, _ = ani()
    recommend.signed(recommend.asked(application, by=make.owner(application)))
    make.with_documents(application, by=make.owner(application))
    assert not any(d.code.startswith("recommendation") for d in application.documents.all())

    answer = phone.post(
        f"/saya/permohonan/{application.ref}/kirim/",
        {"agreed": "on", "consents": "on", "version": make.CONSENT},
    )

    assert answer.status_code == 302
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_request_is_taken_back_or_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    application, phone, address = ani()
    referee = recommend.asked(application, by=make.owner(application))
    phone.post(f"/saya/rekomendasi/{referee.ref}/tarik/")
    assert Recommendation.objects.get().state == RecommendationState.WITHDRAWN
    other = recommend.asked(application, by=make.owner(application), seed=5)
    late = MONDAY + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: late)
    actions.lapse_recommendations(at=late)

    phone = browser(make.owner(application))  # two weeks later she logs in anew
    assert phone.get(address).status_code == 200
    made = phone.post(f"/saya/rekomendasi/{other.ref}/ulang/")

    assert made["Location"] not in {f"/saya/rekomendasi/{r.ref}/" for r in (referee, other)}
    assert phone.get(made["Location"]).status_code == 200


def test_strangers_find_nothing() -> None:
    application, _, address = ani()
    referee = recommend.asked(application, by=make.owner(application))
    asked = queries.asked_of(referee)[0]
    other = stranger()

    for path in (address, f"/saya/rekomendasi/{referee.ref}/"):
        assert other.get(path).status_code == 404
    for path in (
        f"/saya/rekomendasi/{referee.ref}/tarik/",
        f"/saya/rekomendasi/{referee.ref}/ulang/",
        f"/saya/rekomendasi/satu/{asked.ref}/tarik/",
    ):
        assert other.post(path).status_code == 404
    assert Recommendation.objects.get().state == RecommendationState.ASKED


def test_an_office_asks_one_signatory_for_those_it_ticks() -> None:
    by, held, address = listed(3)
    office = browser(by)

    asked = office.post(address, WHO | {"orang": [held[0].ref, held[1].ref]})
    again = words(office.get(address))

    assert asked.status_code == 302
    shown = words(office.get(asked["Location"]))
    assert Recommendation.objects.count() == 2
    names = [a.person.name for a in held]
    assert [name in shown for name in names] == [True, True, False]
    assert [name in again for name in names] == [False, False, True]


def test_a_person_on_a_list_sees_that_their_office_has_asked_and_not_for_whom_else() -> None:
    by, held, _ = listed(2)
    referee = recommend.asked(*held, by=by)
    people.invite_many([held[0].person_id], at=MONDAY, rng=random.Random(3))
    phone = browser(make.owner(held[0]))

    own = phone.get(f"/saya/permohonan/{held[0].ref}/rekomendasi/workplace/")

    assert own.status_code == 200
    assert "Dewi B" not in words(own)
    assert phone.get(f"/saya/rekomendasi/{referee.ref}/").status_code == 404
    mine = held[0].recommendations.get()
    assert phone.post(f"/saya/rekomendasi/satu/{mine.ref}/tarik/").status_code == 302
    assert {r.state for r in referee.recommendations.all()} == {"asked", "withdrawn"}


def test_no_office_asks_for_the_people_of_another() -> None:
    _, _, address = listed(1)
    other = browser(invitations.officer(901))

    assert other.get(address).status_code == 404
    assert other.post(address, WHO).status_code == 404


def test_the_story_tells_who_was_asked_and_that_they_signed() -> None:
    application, phone, _ = ani()
    recommend.signed(recommend.asked(application, by=make.owner(application), signatory=BY_PHONE))

    told = words(phone.get(f"/saya/permohonan/{application.ref}/riwayat/"))

    assert "rekomendasi" in told.lower()


def test_pages_cost_the_same_for_one_and_for_many() -> None:
    by, held, address = listed(6)
    office = browser(by)
    first = recommend.asked(held[0], by=by)
    costs = [
        count_queries(office, address),
        count_queries(office, f"/saya/rekomendasi/{first.ref}/"),
    ]

    second = recommend.asked(*held[1:4], by=by, signatory=BY_PHONE, seed=6)

    assert costs == [
        count_queries(office, address),
        count_queries(office, f"/saya/rekomendasi/{second.ref}/"),
    ]


def test_what_another_route_asked_for_can_still_be_taken_back() -> None:
    route = recommend.route_without()
    application, phone, address = ani()
    phone.post(address, WHO)
    asked = Recommendation.objects.get()
    by = make.owner(application)
    actions.revise(application, step=Step.SCHEME, by=by, at=MONDAY, route=route.value)

    answer = phone.post(f"/saya/rekomendasi/satu/{asked.ref}/tarik/", follow=True)

    assert phone.get(address).status_code == 404
    assert answer.status_code == 200
    asked.refresh_from_db()
    assert asked.state == RecommendationState.WITHDRAWN


def test_the_page_of_a_link_leads_back_where_the_route_no_longer_asks() -> None:
    route = recommend.route_without()
    application, phone, address = ani()
    link = phone.post(address, WHO)["Location"]
    by = make.owner(application)
    actions.revise(application, step=Step.SCHEME, by=by, at=MONDAY, route=route.value)

    page = phone.get(link).content.decode()

    assert address not in page
    assert f'href="/saya/permohonan/{application.ref}/dokumen/"' in page
    for href in re.findall(rf'href="(/saya/[^"]*{application.ref}[^"]*)"', page):
        assert phone.get(href).status_code == 200, href


def test_without_a_mail_server_the_link_is_passed_on_and_no_mail_is_offered(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    application, phone, address = ani()
    by, held, many = listed(1)

    offered = [phone.get(address).content.decode(), browser(by).get(many).content.decode()]
    none = phone.post(address, WHO)
    asked = phone.post(address, WHO | {"telepon": "0812 9999 0001"})

    assert ['name="surel"' in page for page in offered] == [False, False]
    assert none.status_code == 422
    assert asked.status_code == 302
    assert queries.signatory(application.recommendations.get().referee).email == ""
    assert held[0].recommendations.count() == 0


def test_whoever_asked_is_told_that_the_code_did_not_arrive_until_it_does() -> None:
    _, phone, address = ani()
    link = phone.post(address, WHO)["Location"]
    referee = recommend.written(Referee.objects.get(), at=clock.now())
    told = said_of("The code did not arrive")

    notices.send_codes(at=clock.now(), office=Closed(Refused("mail.refused")))
    refused = words(phone.get(link))
    referee.refresh_from_db()
    actions.send_code_again(referee, at=clock.now() + timedelta(minutes=2))
    again = words(phone.get(link))

    assert told in refused
    assert "sri.hartati@dinsos.example" in refused
    assert told not in again


def test_whom_a_list_asks_for_stands_on_the_page_once() -> None:
    by, held, address = listed(3)

    shown = words(browser(by).get(address))

    assert [shown.count(one.person.name) for one in held] == [1, 1, 1]


def said_of(sentence: str) -> str:
    with translation.override("id"):
        return gettext(sentence)


class Closed:
    """A post office that takes no mail, and says why."""

    def __init__(self, why: Exception) -> None:
        self.why = why

    @contextmanager
    def __call__(self) -> Iterator["Closed"]:
        yield self

    def deliver(self, mail: Mail) -> None:
        raise self.why
