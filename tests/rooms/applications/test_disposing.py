"""Do documents go when their time is over, and only then, and only those?"""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from kompeten.applications import actions
from kompeten.applications.actions import disposing
from kompeten.applications.models import Application, Repair
from kompeten.applications.queries import keeping
from kompeten.applications.terms.application import Step
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make import people, workbooks
from tests.make.races import meanwhile
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def days(option: str) -> timedelta:
    return timedelta(days=settings.OPTIONS[option])


def withdrawn(n: int = 1, *, at: datetime = MONDAY) -> Application:
    """Return the n-th person's application with documents, taken back."""
    ani = people.account(n, Role.APPLICANT)
    application = make.with_documents(make.draft(n, by=ani), by=ani)
    actions.withdraw(application, by=ani, at=at)
    return application


def digests(application: Application) -> list[str]:
    return list(application.documents.values_list("sha256", flat=True))


def test_documents_of_a_withdrawn_application_go_after_a_year(
    django_capture_on_commit_callbacks: Any,
) -> None:
    application = withdrawn()
    held = digests(application)

    with django_capture_on_commit_callbacks(execute=True):
        early = disposing.dispose_due(at=MONDAY + days("closed_document_days"))
        due = disposing.dispose_due(at=MONDAY + days("closed_document_days") + SECOND)
        again = disposing.dispose_due(at=MONDAY + days("closed_document_days") + 2 * SECOND)

    assert (early, due, again) == (0, 1, 0)
    application.refresh_from_db()
    assert (digests(application), application.statement) == ([], {})
    for digest in held:
        with pytest.raises(FileNotFoundError):
            files.read(digest)


def test_the_same_bytes_stay_while_another_application_holds_them(
    django_capture_on_commit_callbacks: Any,
) -> None:
    first, second = withdrawn(1), withdrawn(2, at=MONDAY + timedelta(days=1))
    assert set(digests(first)) == set(digests(second))

    with django_capture_on_commit_callbacks(execute=True):
        disposing.dispose_due(at=MONDAY + days("closed_document_days") + SECOND)

    assert digests(first) == []
    assert all(files.read(digest) for digest in digests(second))


def test_what_is_taken_back_takes_no_file_along(django_capture_on_commit_callbacks: Any) -> None:
    application = withdrawn()

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        disposing.dispose_due(at=MONDAY + days("closed_document_days") + SECOND)
        transaction.set_rollback(True)

    assert digests(application)
    assert all(files.read(digest) for digest in digests(application))


def test_an_application_that_goes_on_keeps_everything() -> None:
    submitted, _ = make.submitted(1)
    accepted, _ = make.accepted(2)
    far = MONDAY + timedelta(days=20_000)

    gone = disposing.dispose_due(at=far)

    assert gone == 0
    assert digests(submitted)
    assert digests(accepted)
    with pytest.raises(StepRefused, match=r"step\.not_open"):
        disposing.dispose(submitted, at=far)


def test_documents_of_a_decided_one_stay_as_long_as_the_certificate_and_its_years() -> None:
    application, _ = make.accepted()
    until = MONDAY.date() + timedelta(days=1826)
    actions.conclude_many(
        [application], competent_until={application.pk: until}, by=SYSTEM, at=MONDAY
    )
    last = datetime(until.year, until.month, until.day, tzinfo=MONDAY.tzinfo)

    early = disposing.dispose_due(at=last + days("record_days"))
    due = disposing.dispose_due(at=last + days("record_days") + timedelta(days=1))

    assert (early, due) == (0, 1)
    assert digests(application) == []


def test_a_draft_nobody_touched_is_let_go_and_emptied() -> None:
    ani = people.account(1, Role.APPLICANT)
    draft = make.with_documents(make.draft(by=ani), by=ani)
    touched, later = make.draft(2), MONDAY + timedelta(days=3)
    kept = touched.statement
    make.with_documents(touched, by=make.owner(touched), at=later)
    edge = MONDAY + days("draft_days")

    early = disposing.lapse_drafts(at=edge)
    due = disposing.lapse_drafts(at=edge + SECOND)

    assert (early, due) == (0, 1)
    draft.refresh_from_db()
    touched.refresh_from_db()
    assert (touched.state, touched.statement) == ("draft", kept)
    assert (draft.state, draft.statement, digests(draft)) == ("withdrawn", {}, [])
    types = [event.type for event in ledger.history("application", draft.pk)]
    assert types[-2:] == ["application.lapsed", "application.disposed"]


def test_a_draft_that_is_touched_at_that_very_moment_goes_on() -> None:
    ani = people.account(1, Role.APPLICANT)
    draft = make.with_documents(make.draft(by=ani), by=ani)
    held, late = digests(draft), MONDAY + days("draft_days") + SECOND

    with meanwhile(
        lambda: actions.revise(
            Application.objects.get(pk=draft.pk), step=Step.SCHEME, by=ani, at=late
        )
    ):
        gone = disposing.lapse_drafts(at=late)

    draft.refresh_from_db()
    assert (gone, draft.state, digests(draft)) == (0, "draft", held)
    assert draft.statement


def test_a_line_nobody_mended_is_let_go_and_what_was_read_with_it() -> None:
    sponsor, good = make.listed()
    assert good.organization_id is not None
    actions.receive_list(
        workbooks.small(nik="12189", name="Eko"),
        label="lagi.xlsx",
        organization_id=good.organization_id,
        by=sponsor,
        at=MONDAY,
        rng=random.Random(5),
    )
    line = Repair.objects.get()
    assert bytes(line.entry_sealed)

    early = disposing.lapse_lines(at=MONDAY + days("entry_days"))
    due = disposing.lapse_lines(at=MONDAY + days("entry_days") + SECOND)

    assert (early, due) == (0, 1)
    line.refresh_from_db()
    assert (line.state, bytes(line.entry_sealed)) == ("dropped", b"")
    assert ledger.history("repair", line.pk)[-1].type == "repair.lapsed"


def test_why_something_stays_follows_from_where_the_applications_stand() -> None:
    draft = make.draft(1)
    gone = withdrawn(2)
    accepted, _ = make.accepted(3)
    actions.conclude_many([accepted], competent_until={}, by=SYSTEM, at=MONDAY)

    told = [keeping.stays(a.person_id) for a in (draft, gone, accepted)]

    assert told == ["keep.open", "", "keep.certified"]
