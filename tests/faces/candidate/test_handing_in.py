"""Does an application leave the applicant's hands once, whole, and can it be taken back?"""

import pytest
from django.test import Client

from kompeten.applications.models import Application
from kompeten.applications.terms.application import State
from kompeten.foundation import ledger
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from tests.faces.candidate.stage import HTMX, browser, is_part, words
from tests.make import applications as make
from tests.make import verification
from tests.make.people import account

PROMISE = {"agreed": "on", "consents": "on", "version": make.CONSENT}
pytestmark = pytest.mark.django_db


def complete() -> tuple[Application, Client]:
    """Return a draft with every document, and the browser of its applicant."""
    ani = account(1, Role.APPLICANT)
    return make.with_documents(make.draft(by=ani), by=ani), browser(ani)


def at(application: Application, page: str = "kirim/") -> str:
    return f"/saya/permohonan/{application.ref}/{page}"


def state(application: Application) -> str:
    application.refresh_from_db()
    return application.state


def test_all_that_was_said_is_shown_once_more() -> None:
    draft, client = complete()

    told = words(client.get(at(draft)))

    assert "Ani Rahayu" in told
    assert "S1 non-Kesos" in told
    assert "Semua berkas sudah ada" in told


def test_a_complete_application_is_handed_in() -> None:
    draft, client = complete()

    answer = client.post(at(draft), PROMISE)

    assert answer["Location"] == at(draft, "")
    assert state(draft) == State.SUBMITTED
    assert "Permohonan Anda sudah diajukan" in words(client.get(at(draft, "")))


def test_what_is_missing_stands_on_the_form_and_nothing_is_handed_in() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)

    answer = browser(ani).post(at(draft), {})

    assert answer.status_code == 422
    told = words(answer)
    assert "Masih ada berkas wajib yang belum diunggah" in told or "berkas" in told
    assert 'id="id_agreed-error"' in answer.content.decode()
    assert state(draft) == State.DRAFT


def test_the_second_click_is_told_kindly_and_leaves_one_event() -> None:
    draft, client = complete()
    client.post(at(draft), PROMISE)

    answer = client.post(at(draft), {"agreed": "on"})

    assert answer.status_code == 409
    assert "Langkah ini" in words(answer)
    types = [event.type for event in ledger.history("application", draft.pk)]
    assert types.count("application.submitted") == 1


def test_who_hands_in_alone_agrees_to_a_text_of_a_version_and_that_is_kept() -> None:
    draft, client = complete()
    assert "Saya setuju" in words(client.get(at(draft)))

    silent = client.post(at(draft), {"agreed": "on", "version": make.CONSENT})
    outdated = client.post(at(draft), PROMISE | {"version": "2019-01"})
    client.post(at(draft), PROMISE)

    assert [silent.status_code, outdated.status_code] == [422, 422]
    assert 'id="id_consents-error"' in silent.content.decode()
    assert f'name="version" value="{make.CONSENT}"' in outdated.content.decode()
    (given,) = people.consents_of(draft.person_id)
    assert (given.about, given.version, given.way) == (draft.ref, make.CONSENT, "account")
    assert ledger.history("application", draft.pk)[-1].facts["consent"] == make.CONSENT
    assert "disetujui pada" in words(client.get(at(draft)))


def test_htmx_gets_the_form_alone_and_it_is_the_same() -> None:
    draft, client = complete()

    part, whole = client.post(at(draft), {}, headers=HTMX), client.post(at(draft), {})

    assert is_part(part, whole)


def test_an_application_is_taken_back_once() -> None:
    application, ani = make.submitted()
    client = browser(ani)

    first, second = client.post(at(application, "tarik/")), client.post(at(application, "tarik/"))

    assert (first.status_code, second.status_code) == (302, 409)
    assert state(application) == State.WITHDRAWN


def test_an_accepted_application_is_not_taken_back() -> None:
    application, ani = make.accepted()

    assert browser(ani).post(at(application, "tarik/")).status_code == 409
    assert state(application) == State.ACCEPTED


def test_a_returned_application_is_mended_and_handed_in_again() -> None:
    review, _ = verification.returned()
    application = review.application
    client = browser(people.actor(application.filed_by_id, at=make.MONDAY))

    answer = client.post(at(application), {"agreed": "on"})

    assert answer.status_code == 302
    assert state(application) == State.SUBMITTED
