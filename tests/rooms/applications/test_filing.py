"""Does an application grow, go out and come back as its chart says?"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from kompeten.applications import actions, queries
from kompeten.applications.adapters import uploads
from kompeten.applications.models import Application
from kompeten.applications.terms.application import State, Step, UploadRefused
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.schemes.terms import Route
from tests.make import applications as make
from tests.make.people import account, person
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def test_a_draft_is_pinned_to_the_version_in_force() -> None:
    draft = make.draft()

    assert draft.state == State.DRAFT
    assert draft.scheme_version_id == make.version().id
    events = ledger.history("application", draft.pk)
    assert [e.type for e in events] == ["application.opened"]
    assert events[0].facts["scheme"] == make.SCHEME


def test_one_open_application_per_person_and_scheme() -> None:
    ani = account(1, Role.APPLICANT)
    make.draft(by=ani)

    with pytest.raises(IntegrityError):
        make.draft(by=ani)


def test_submit_refuses_while_documents_are_missing_and_keeps_the_draft() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.submit(draft, agreed=False, by=ani, at=TUESDAY)

    assert refusal.value.reasons == (
        "documents.missing",
        "statement.not_agreed",
        "consent.missing",
    )
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_submit_with_all_documents_leaves_one_event_and_stands_in_the_inbox() -> None:
    application, _ = make.submitted(at=TUESDAY)

    assert application.submitted_at == TUESDAY
    assert list(queries.submitted()) == [application]
    assert [e.type for e in ledger.history("application", application.pk)] == [
        "application.opened",
        "application.attached",
        "application.submitted",
    ]


def test_the_second_click_is_refused_and_changes_nothing() -> None:
    application, ani = make.submitted()

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.submit(application, agreed=True, by=ani, at=TUESDAY)

    assert refusal.value.reasons == ("step.not_open",)


def test_two_people_on_one_record_the_later_one_is_told() -> None:
    application, ani = make.submitted()
    stale = queries.own(application.ref, ani)
    assert stale is not None
    actions.withdraw(application, by=ani, at=TUESDAY)

    with pytest.raises(ledger.StaleRecord):
        actions.withdraw(stale, by=ani, at=TUESDAY)


def test_a_document_is_replaced_and_the_old_one_stays_on_record() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.with_documents(make.draft(by=ani), by=ani)
    code = next(iter(queries.present_codes(draft)))
    kind = queries.document_kinds(draft)[code]
    is_pdf = "application/pdf" in kind.media_types
    newer = make.PDF + b"\n%%EOF\n" if is_pdf else make.picture(size=(241, 321))

    actions.attach(draft, {code: ("../../baru.pdf", newer)}, by=ani, at=TUESDAY)

    assert draft.documents.filter(code=code).count() == 2
    present = queries.document(draft, code)
    assert present is not None
    name = "baru.pdf" if is_pdf else "baru.jpg"
    assert (present.attached_at, present.label) == (TUESDAY, name)


@pytest.mark.parametrize(
    ("said", "media_type", "kept"),
    [
        ("ktp.pdf", "image/jpeg", "ktp.jpg"),
        ("KTP.JPEG", "image/jpeg", "KTP.JPEG"),
        ("surat no. 12", "application/pdf", "surat no. 12.pdf"),
        ("C:\\foto\\saya\u202egnp.png", "image/png", "sayagnp.png"),
        (".pdf", "image/png", "berkas.png"),
        ("a" * 200 + ".pdf", "application/pdf", "a" * 115 + ".pdf"),
    ],
)
def test_a_document_is_named_as_its_content_is(said: str, media_type: str, kept: str) -> None:
    assert uploads.label(said, media_type=media_type) == kept


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document.empty"),
        (b"<html><script>alert(1)</script></html>", "document.wrong_type"),
        (b"%PDF-1.7 cut off", "document.damaged"),
        (make.picture()[:200], "document.damaged"),
        (make.wide_png(side=20_000), "document.too_large"),
        (b"%PDF-1.4 <html><script>alert(1)</script></html> %%EOF", "document.damaged"),
        (b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF", "document.damaged"),
        (make.picture("PNG", (4, 4)), "document.too_small"),
        (make.picture(size=(199, 4000)), "document.too_small"),
        (b"PK\x03\x04 an archive", "document.wrong_type"),
    ],
)
def test_an_upload_is_what_its_content_says(content: bytes, code: str) -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)
    asked = queries.documents_asked(draft).codes[0]

    with pytest.raises(UploadRefused) as refusal:
        actions.attach(draft, {asked: ("ktp.pdf", content)}, by=ani, at=MONDAY)

    assert refusal.value.code == code
    assert draft.documents.count() == 0


FILING: dict[str, Callable[[Application, Actor], object]] = {
    "revise": lambda a, by: actions.revise(a, step=Step.SCHEME, by=by, at=TUESDAY, program="PKH"),
    "attach": lambda a, by: actions.attach(a, {}, by=by, at=TUESDAY),
    "submit": lambda a, by: actions.submit(a, agreed=True, by=by, at=TUESDAY),
    "withdraw": lambda a, by: actions.withdraw(a, by=by, at=TUESDAY),
    "introduce": lambda a, by: said(a, name="Orang Lain", by=by),
}


def said(application: Application, *, by: Actor, **told: Any) -> Event:
    """Keep what somebody says of themselves on Tuesday."""
    return actions.introduce(application, **told, by=by, at=TUESDAY, rng=random.Random(77))


@pytest.mark.parametrize("verb", FILING)
def test_nobody_files_for_a_stranger_whatever_role_they_hold(verb: str) -> None:
    sponsor, listed = make.listed()
    ani = account(1, Role.APPLICANT)
    alone = make.draft(by=ani)

    for application, by in ((alone, sponsor), (alone, account(5, Role.APPLICANT)), (listed, ani)):
        with pytest.raises(ledger.StepRefused) as refusal:
            FILING[verb](application, by)
        assert refusal.value.reasons == ("role.not_held",)

    for application in (alone, listed):
        events = ledger.history("application", application.pk)
        assert [e.type for e in events] == ["application.opened"]


def test_an_office_files_for_the_people_it_listed_but_says_nothing_in_their_name() -> None:
    sponsor, listed = make.listed()

    make.with_documents(listed, by=sponsor)
    make.consented(listed)
    actions.submit(listed, agreed=True, by=sponsor, at=TUESDAY)

    assert listed.state == State.SUBMITTED
    with pytest.raises(ledger.StepRefused) as refusal:
        said(listed, name="Orang Lain", by=sponsor)
    assert refusal.value.reasons == ("role.not_held",)


def test_nobody_opens_an_application_for_somebody_else() -> None:
    sponsor, _ = make.listed()

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.open_application(
            person(1),
            version=make.version(),
            route=Route.TRAINING,
            by=sponsor,
            at=MONDAY,
            rng=random.Random(1),
        )

    assert refusal.value.reasons == ("role.not_held",)


def test_a_stranger_sees_nothing_and_the_owner_and_staff_do() -> None:
    application, ani = make.submitted()
    eko = account(5, Role.APPLICANT)
    budi = account(2, Role.VERIFIER)

    assert queries.own(application.ref, eko) is None
    assert queries.own(application.ref, ani) == application
    assert queries.own(application.ref, budi) == application


def test_a_step_of_the_form_is_kept_at_once() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)

    actions.revise(draft, step=Step.SCHEME, by=ani, at=TUESDAY, program="PKH")

    kept = queries.own(draft.ref, ani)
    assert kept is not None
    assert kept.program == "PKH"


def test_replay_gives_the_state_after_a_return() -> None:
    application, ani = make.submitted()
    budi = account(2, Role.VERIFIER)
    until = (MONDAY + timedelta(days=14)).date()
    actions.send_back(application, items=2, until=until, by=budi, at=TUESDAY)
    actions.submit(application, agreed=True, by=ani, at=TUESDAY)

    from kompeten.applications.chart import APPLICATION

    events = ledger.history("application", application.pk)
    assert ledger.replay(APPLICATION, events) == application.state == State.SUBMITTED


def test_who_may_fill_in_is_narrower_than_who_may_look() -> None:
    application, ani = make.submitted()
    budi = account(2, Role.VERIFIER)

    assert list(queries.filed(ani)) == [application]
    assert list(queries.visible(budi)) == [application]
    assert list(queries.filed(budi)) == []


def test_introduce_keeps_what_is_said_and_leaves_one_event() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)

    said(draft, name="Ani Rahayu Siregar", phone="0811", by=ani)

    draft.person.refresh_from_db()
    assert (draft.person.name, draft.person.phone) == ("Ani Rahayu Siregar", "0811")
    last = ledger.history("application", draft.pk)[-1]
    assert (last.type, last.facts) == ("application.revised", {"step": "identity"})


NIK = "1218905704850777"


def test_a_mistyped_nik_is_corrected_in_a_draft_and_the_event_does_not_hold_it() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)

    said(draft, nik=NIK, by=ani)
    said(draft, nik=NIK, by=ani)

    assert people.nik_of(draft.person_id) == NIK
    told = [(e.type, e.facts) for e in ledger.history("application", draft.pk)[1:]]
    saved = ("application.revised", {"step": "identity"})
    assert told == [("application.renumbered", {}), saved, saved]


def test_a_returned_application_may_still_correct_its_nik() -> None:
    application, ani = make.submitted()
    budi = account(2, Role.VERIFIER)
    until = (MONDAY + timedelta(days=14)).date()
    actions.send_back(application, items=1, until=until, by=budi, at=TUESDAY)

    said(application, nik=NIK, by=ani)

    assert people.nik_of(application.person_id) == NIK


def test_a_nik_that_another_application_went_out_under_is_bound() -> None:
    accepted, ani = make.accepted()
    draft = make.draft(3, by=ani, scheme="social_volunteer")
    before = people.nik_of(draft.person_id)
    draft.refresh_from_db()

    with pytest.raises(ledger.StepRefused) as refusal:
        said(draft, nik=NIK, by=ani)

    assert refusal.value.reasons == ("nik.bound",)
    assert people.nik_of(accepted.person_id) == before


def test_a_nik_of_somebody_else_becomes_a_dispute_and_the_rest_is_kept() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)
    own, theirs = people.nik_of(draft.person_id), people.nik_of(person(2))

    with pytest.raises(ledger.StepRefused) as refusal:
        said(draft, nik=theirs, name="Ani Siregar", by=ani)
    said(draft, nik=theirs, name="Ani Siregar", claims=True, by=ani)

    draft.person.refresh_from_db()
    claim = people.last_claim(draft.person_id)
    assert refusal.value.reasons == ("nik.taken",)
    assert claim is not None
    assert (claim.state, draft.person.name) == ("open", "Ani Siregar")
    assert people.nik_of(draft.person_id) == own


def test_claiming_what_nobody_holds_is_no_dispute() -> None:
    ani = account(1, Role.APPLICANT)
    draft = make.draft(by=ani)

    said(draft, nik=NIK, claims=True, by=ani)

    assert people.nik_of(draft.person_id) == NIK
    assert people.last_claim(draft.person_id) is None


def test_introduce_keeps_nothing_once_the_application_is_out_of_hands() -> None:
    application, ani = make.submitted()

    with pytest.raises(ledger.StepRefused):
        said(application, name="Orang Lain", by=ani)

    application.person.refresh_from_db()
    assert application.person.name == "Ani Rahayu"
