"""Does the table of what is held say of every kind why, for how long, and can the job be trusted?"""

import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from kompeten.applications.models import Document
from kompeten.exams.models import Entry
from kompeten.foundation import files, handing_back, keeping, ledger, words
from kompeten.kernel.roles import Role
from tests.make import applications as make
from tests.make import exams, people
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
FAR = MONDAY + timedelta(days=20_000)


def test_every_kind_says_what_why_and_for_how_long_in_both_languages() -> None:
    assert len(keeping.kinds()) >= 15
    for language in ("id", "en"):
        with translation.override(language):
            for kind in keeping.kinds():
                told = [str(kind.label), str(kind.purpose), str(kind.law), kind.time()]
                assert all(len(text) > 3 for text in told), kind.name
                assert "%(" not in kind.time()


def test_what_can_be_erased_is_also_cleared_or_goes_only_when_asked() -> None:
    erasable = {kind.name for kind in keeping.kinds() if kind.erase}
    cleared = {kind.name for kind in keeping.kinds() if kind.clear}
    counted = {kind.name for kind in keeping.kinds() if kind.due}

    assert erasable - cleared == {"people.identity"}
    assert cleared == counted


def test_reasons_to_stay_have_words_that_name_the_law() -> None:
    ani = make.submitted()[0].person_id
    codes = {kind.stays(ani) for kind in keeping.kinds()} - {""}

    assert codes
    assert all(words.reason(code) != code for code in codes)


def test_a_count_changes_nothing_and_the_job_leaves_nothing() -> None:
    ani = people.account(1, Role.APPLICANT)
    make.with_documents(make.draft(by=ani), by=ani)

    before = keeping.due(at=FAR)
    again = keeping.due(at=FAR)
    first = keeping.clear_batches(at=FAR)
    second = keeping.clear_batches(at=FAR)

    assert before == again
    assert before["applications.application"] == first["applications.application"] == 1
    assert set(second.values()) == {0}
    assert set(keeping.due(at=FAR).values()) == {0}


def test_the_job_rests_for_the_hour_once_nothing_is_left(django_assert_num_queries: Any) -> None:
    ani = people.account(1, Role.APPLICANT)
    make.with_documents(make.draft(by=ani), by=ani)

    total = ledger.drain("people.clear", at=FAR)

    assert total == 1
    with django_assert_num_queries(1):
        assert keeping.clear(at=FAR + timedelta(minutes=5)) == 0
    make.draft(2)
    assert keeping.clear(at=FAR + timedelta(hours=1)) == 1


def test_a_person_gets_back_all_that_is_theirs_and_nothing_of_others() -> None:
    application, ani = make.submitted(1)
    make.submitted(2)
    assert ani.person_id is not None

    with handing_back.archive(ani.person_id, body="LSP", at=MONDAY) as packed:
        held = zipfile.ZipFile(packed)
        told = json.loads(held.read("data.json"))
        names = set(held.namelist()) - {"data.json"}
        contents = {held.read(name) for name in names}

    kinds = {kind["kind"]: kind["records"] for kind in told["kinds"]}
    assert kinds["people.identity"][0]["nik"] == "1218905704850001"
    assert [a["reference"] for a in kinds["applications.application"]] == [application.ref]
    assert {d["file"] for d in kinds["applications.documents"]} == names
    assert contents == {files.read(d.sha256) for d in application.documents.all()}
    assert kinds["people.consents"][0]["about"] == application.ref
    assert told["missing"] == []
    assert "Ani Rahayu 2" not in json.dumps(told)


def test_no_form_no_key_and_no_answer_sheet_leaves_the_house() -> None:
    entry, ani = exams.one_started()
    assert ani.person_id is not None

    with handing_back.archive(ani.person_id, body="LSP", at=MONDAY) as packed:
        text = zipfile.ZipFile(packed).read("data.json").decode()

    held = Entry.objects.get(pk=entry.pk)
    assert held.ref in text
    assert held.form_digest not in text
    assert str(held.order_seed) not in text


def test_a_file_that_is_gone_is_named_and_the_rest_comes_all_the_same() -> None:
    application, ani = make.submitted()
    first = application.documents.order_by("id").first()
    assert first is not None
    assert ani.person_id is not None
    files.delete(first.sha256)

    with handing_back.archive(ani.person_id, body="LSP", at=MONDAY) as packed:
        told = json.loads(zipfile.ZipFile(packed).read("data.json"))

    lost = [d.code for d in application.documents.filter(sha256=first.sha256)]
    assert len(told["missing"]) == len(lost) >= 1


def test_what_is_in_quarantine_is_told_of_and_not_handed_out() -> None:
    application, ani = make.submitted()
    assert ani.person_id is not None
    held = application.documents.order_by("id")[0]
    Document.objects.filter(pk=held.pk).update(scan="infected", found="Eicar")

    with handing_back.archive(ani.person_id, body="LSP", at=MONDAY) as packed:
        archive = zipfile.ZipFile(packed)
        told = json.loads(archive.read("data.json"))

    (records,) = (k["records"] for k in told["kinds"] if k["kind"] == "applications.documents")
    (quarantined,) = (r for r in records if r["scan"] == "infected")
    assert (quarantined["requirement"], quarantined["file"]) == (held.code, "")
    assert not [name for name in archive.namelist() if f"-{held.pk}." in name]
