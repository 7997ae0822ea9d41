"""Is what somebody asks to have erased erased where it may be, and kept with a reason where it must?"""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, transaction

from kompeten.applications import actions as applications
from kompeten.applications import queries as queries_of_applications
from kompeten.applications.models import Application, Document
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.actions import forgetting
from kompeten.people.models import Account, Person, RemovalRequest
from tests.make import applications as make
from tests.make import people
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
WHO, PAPERS = "people.identity", "applications.documents"
MONTH = timedelta(days=30)


def withdrawn() -> tuple[Application, Actor]:
    """Return an application with documents that its applicant took back, and who that is."""
    ani = people.account(1, Role.APPLICANT)
    application = make.with_documents(make.draft(by=ani), by=ani)
    applications.withdraw(application, by=ani, at=MONDAY)
    return application, ani


def asked(by: Actor, *, seed: int = 1) -> RemovalRequest:
    """Return the request of somebody."""
    assert by.person_id is not None
    return actions.request_removal(
        by.person_id, wish=" semua ", by=by, at=MONDAY, rng=random.Random(seed)
    )


def registrar(n: int = 50) -> Actor:
    return people.account(n, Role.REGISTRAR)


def test_one_asks_for_oneself_and_once() -> None:
    ani, eko = people.account(1), people.account(2)
    request = asked(ani)

    assert (request.wish, request.state) == ("semua", "requested")
    with pytest.raises(StepRefused, match=r"removal\.exists"):
        asked(ani)
    assert ani.person_id is not None
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.request_removal(ani.person_id, wish="", by=eko, at=MONDAY, rng=random.Random(2))


def test_what_may_go_goes_and_the_rest_stays_with_its_reason(
    django_capture_on_commit_callbacks: Any,
) -> None:
    application, ani = withdrawn()
    digests = set(Document.objects.values_list("sha256", flat=True))
    request = asked(ani)

    with django_capture_on_commit_callbacks(execute=True):
        actions.answer_removal(request, erase=[WHO, PAPERS], note="", by=registrar(), at=TUESDAY)

    assert request.answer == {
        WHO: "",
        PAPERS: "",
        "people.account": "keep.login",
        "applications.application": "keep.proof",
        "journey.steps": "keep.proof",
        "people.requests": "keep.proof",
    }
    person = Person.objects.get(pk=ani.person_id)
    assert (person.name, person.nik_sealed, person.email, person.birth_on) == ("–", None, "", None)
    application.refresh_from_db()
    assert (application.statement, application.documents.count()) == ({}, 0)
    for digest in digests:
        with pytest.raises(FileNotFoundError):
            files.read(digest)
    assert ledger.history("removal", request.pk)[-1].facts["erased"] == [WHO, PAPERS]


def test_the_event_of_deleting_names_the_documents_and_no_person() -> None:
    application, ani = withdrawn()
    codes = sorted(set(application.documents.values_list("code", flat=True)))

    actions.answer_removal(asked(ani), erase=[WHO, PAPERS], note="", by=registrar(), at=TUESDAY)

    event = ledger.history("application", application.pk)[-1]
    assert (event.type, event.facts) == ("application.disposed", {"documents": codes})


@pytest.mark.parametrize("name", [WHO, PAPERS])
def test_nothing_is_erased_that_an_open_procedure_needs(name: str) -> None:
    application, ani = make.submitted()
    request = asked(ani)

    with pytest.raises(StepRefused, match=r"removal\.stays"):
        actions.answer_removal(request, erase=[name], note="", by=registrar(), at=TUESDAY)

    request.refresh_from_db()
    assert request.state == "requested"
    assert application.documents.count() > 0


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.COMMITTEE, Role.SPONSOR])
def test_who_acted_for_the_body_is_known_for_good(role: Role) -> None:
    budi = people.account(1, role)
    actions.end_grants(Account.objects.get(pk=budi.account_id), role, at=MONDAY)
    request = asked(budi)

    with pytest.raises(StepRefused, match=r"removal\.stays"):
        actions.answer_removal(request, erase=[WHO], note="", by=registrar(), at=TUESDAY)
    actions.answer_removal(request, erase=[], note="", by=registrar(51), at=TUESDAY)

    assert request.answer[WHO] == "keep.role"


def test_who_was_licensed_to_assess_is_known_for_good() -> None:
    budi = people.account(1)
    assert budi.person_id is not None
    actions.license_assessor(
        budi.person_id, registration_number="MET.000.1", until=MONDAY.date() - timedelta(days=400)
    )
    request = asked(budi)

    actions.answer_removal(request, erase=[], note="", by=registrar(), at=TUESDAY)

    assert request.answer[WHO] == "keep.role"


def test_keeping_what_may_go_wants_a_note() -> None:
    _, ani = withdrawn()
    request = asked(ani)

    with pytest.raises(StepRefused, match=r"removal\.note_missing"):
        actions.answer_removal(request, erase=[WHO], note=" ", by=registrar(50), at=TUESDAY)
    actions.answer_removal(
        request, erase=[WHO], note="Sedang ada gugatan.", by=registrar(51), at=TUESDAY
    )

    assert (request.answer[PAPERS], request.note) == ("keep.noted", "Sedang ada gugatan.")


def test_nobody_answers_their_own_nor_what_is_not_theirs_to_answer() -> None:
    director = people.account(1, Role.DIRECTOR)
    request = asked(director)

    with pytest.raises(StepRefused, match=r"removal\.own"):
        actions.answer_removal(request, erase=[], note="x", by=director, at=TUESDAY)
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.answer_removal(
            request, erase=[], note="x", by=people.account(3, Role.VERIFIER), at=TUESDAY
        )


def test_of_two_answers_one_counts() -> None:
    _, ani = withdrawn()
    first = asked(ani)
    second = RemovalRequest.objects.get(pk=first.pk)
    actions.answer_removal(first, erase=[], note="Nanti.", by=registrar(), at=TUESDAY)

    with pytest.raises(StaleRecord):
        actions.answer_removal(second, erase=[WHO], note="x", by=registrar(51), at=TUESDAY)

    assert Person.objects.get(pk=ani.person_id).name != "–"


def test_an_answer_is_never_changed() -> None:
    _, ani = withdrawn()
    actions.answer_removal(asked(ani), erase=[WHO, PAPERS], note="", by=registrar(), at=TUESDAY)

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        RemovalRequest.objects.update(note="lain")


def test_a_request_is_taken_back_by_who_made_it() -> None:
    ani, eko = people.account(1), people.account(2)
    request = asked(ani)

    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.take_back_removal(request, by=eko, at=TUESDAY)
    actions.take_back_removal(request, by=ani, at=TUESDAY)

    assert request.state == "taken_back"
    assert asked_again(ani).state == "requested"


def asked_again(by: Actor) -> RemovalRequest:
    assert by.person_id is not None
    return actions.request_removal(by.person_id, wish="", by=by, at=TUESDAY, rng=random.Random(9))


def closed(at: datetime) -> int:
    """Return how many accounts the hourly job closes."""
    return forgetting.close_accounts(busy=queries_of_applications.applying(), at=at)


def forgotten(n: int = 1) -> tuple[Account, Actor]:
    """Return the account of somebody who was forgotten on Tuesday, and who that is."""
    ani = people.account(n, Role.APPLICANT)
    actions.answer_removal(
        asked(ani, seed=n), erase=[WHO], note="", by=registrar(50 + n), at=TUESDAY
    )
    return Account.objects.get(pk=ani.account_id), ani


def test_a_forgotten_person_can_read_the_answer_for_a_month_and_then_the_account_closes() -> None:
    _, ani = withdrawn()
    account = Account.objects.get(pk=ani.account_id)
    EmailAddress.objects.create(user_id=account.pk, email="ani@contoh.example", verified=True)
    admin = people.account(51, Role.ADMIN)
    actions.change_label(account, "Ani Rahayu, S.Sos.", ground="KTP", by=admin, at=TUESDAY)
    actions.answer_removal(asked(ani), erase=[WHO, PAPERS], note="", by=registrar(), at=TUESDAY)

    early = closed(TUESDAY + MONTH - timedelta(seconds=1))
    due = closed(TUESDAY + MONTH)
    again = closed(TUESDAY + timedelta(days=31))

    assert (early, due, again) == (0, 1, 0)
    account.refresh_from_db()
    assert (account.email, account.is_active, account.label) == (None, False, "")
    assert not EmailAddress.objects.exists()
    assert not queries.label_changes(account)


def test_who_came_back_keeps_their_account() -> None:
    _, named = forgotten(1)
    _, applying = forgotten(2)
    gone, _ = forgotten(3)
    assert named.person_id is not None
    actions.introduce(named.person_id, name="Ani Rahayu")
    make.draft(2, by=applying)

    assert closed(TUESDAY + MONTH) == 1

    assert [a.pk for a in Account.objects.filter(is_active=False)] == [gone.pk]


def test_who_was_forgotten_twice_has_a_month_from_the_second_answer() -> None:
    _, ani = forgotten()
    assert ani.person_id is not None
    actions.introduce(ani.person_id, name="Ani Rahayu", phone="+628123456789")
    later = TUESDAY + timedelta(days=20)
    actions.answer_removal(asked(ani, seed=9), erase=[WHO], note="", by=registrar(70), at=later)

    assert closed(TUESDAY + MONTH) == 0
    assert closed(later + MONTH) == 1


@pytest.mark.parametrize(
    ("until", "closes"), [(None, 0), (MONTH + timedelta(days=1), 0), (timedelta(days=1), 1)]
)
def test_a_role_keeps_an_account_open_while_it_holds(until: timedelta | None, closes: int) -> None:
    account, _ = forgotten()
    actions.grant(
        account, Role.INVIGILATOR, at=MONDAY, until=None if until is None else TUESDAY + until
    )

    assert closed(TUESDAY + MONTH) == closes


def test_requests_are_seen_by_who_answers_and_by_whose_they_are() -> None:
    ani, eko, budi = people.account(1), people.account(2), people.account(3, Role.VERIFIER)
    request = asked(ani)

    seen = [queries.removal(request.ref, who) for who in (ani, eko, budi, registrar())]

    assert [found is not None for found in seen] == [True, False, False, True]
