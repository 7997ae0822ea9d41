"""Does a file that was sent as a list go when nobody needs it any more, and only then?"""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kompeten.applications import actions, queries
from kompeten.applications.actions import disposing, sheets
from kompeten.applications.models import Collective, ListFile
from kompeten.applications.queries import keeping
from kompeten.applications.terms import ListUnreadable
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import Actor
from kompeten.ops import cli
from tests.make.collective import one_person
from tests.make.invitations import content, officer, sent
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
BAD = {"nik": "12", "name": "Putu"}


def over() -> datetime:
    """Return the last instant at which a list of Monday is kept."""
    return MONDAY + timedelta(days=settings.OPTIONS.entry_days)


def is_stored(sha256: str) -> bool:
    try:
        return bool(files.read(sha256))
    except FileNotFoundError:
        return False


def of_another_office(held: Collective, *, at: datetime) -> Collective:
    """Return the same file as the list of a second office, as two that came at one moment may stand."""
    by: Actor = officer(901)
    (key,) = by.organization_ids
    row = Collective(ref="ZZZZZZZZ22", organization_id=key, filed_by_id=by.account, label="Sama")
    row.sha256, row.received_at, row.state = held.sha256, at, "received"
    row.save()
    return row


def test_the_file_of_a_list_goes_after_a_year_and_what_became_of_its_lines_stays() -> None:
    batch = sent(officer(), content({}))
    lines = batch.rows.count()

    early = sheets.dispose_lists(at=over())
    due = sheets.dispose_lists(at=over() + SECOND)
    again = sheets.dispose_lists(at=over() + 2 * SECOND)

    assert (early, due, again) == (0, 1, 0)
    assert not is_stored(batch.sha256)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("disposed", lines)
    with pytest.raises(ListUnreadable, match=r"file\.gone"):
        queries.sheet(batch)
    story = [event.type for event in ledger.history("collective", batch.pk)]
    assert story == ["collective.opened", "collective.disposed"]
    assert not ListFile.objects.exists()


def test_a_list_keeps_its_file_while_a_line_of_it_waits() -> None:
    batch = sent(officer(), content({}, BAD))

    waiting = sheets.dispose_lists(at=over() + SECOND)
    disposing.lapse_lines(at=over() + SECOND)
    settled = sheets.dispose_lists(at=over() + SECOND)

    assert (waiting, settled) == (0, 1)
    assert not is_stored(batch.sha256)


def test_a_file_stays_while_the_list_of_another_office_has_it() -> None:
    batch = sent(officer(), content({}))
    other = of_another_office(batch, at=MONDAY + DAY)

    sheets.dispose_lists(at=over() + SECOND)
    held = is_stored(batch.sha256)
    sheets.dispose_lists(at=over() + DAY + SECOND)

    assert held
    other.refresh_from_db()
    assert other.state == "disposed"
    assert not is_stored(batch.sha256)


def test_a_file_that_was_only_looked_at_goes_after_a_day() -> None:
    sha256 = actions.keep_sheet(content({}), at=MONDAY)

    early = sheets.clear_looked_at(at=MONDAY + DAY - SECOND)
    held = queries.is_sheet_held(sha256, at=MONDAY + DAY - SECOND)
    due = sheets.clear_looked_at(at=MONDAY + DAY)

    assert (early, held, due) == (0, True, 1)
    assert not is_stored(sha256)
    assert not queries.is_sheet_held(sha256, at=MONDAY + DAY)


def test_looking_again_begins_the_day_anew() -> None:
    sha256 = actions.keep_sheet(content({}), at=MONDAY)
    actions.keep_sheet(content({}), at=MONDAY + DAY - SECOND)

    assert sheets.clear_looked_at(at=MONDAY + DAY) == 0
    assert is_stored(sha256)


def test_a_list_that_was_taken_is_not_swept_as_one_that_was_looked_at() -> None:
    listed = content({})
    sha256 = actions.keep_sheet(listed, at=MONDAY)
    batch = sent(officer(), listed)
    assert keeping.looked_at(at=MONDAY + 2 * DAY).count() == 0
    actions.keep_sheet(listed, at=MONDAY)  # somebody looks at the same file once more

    swept = sheets.clear_looked_at(at=MONDAY + 2 * DAY)

    assert (swept, batch.sha256) == (1, sha256)
    assert is_stored(sha256)
    assert queries.sheet(batch)


def test_a_list_that_goes_while_somebody_looks_at_the_same_file_leaves_it_to_them() -> None:
    batch = sent(officer(), content({}))
    late = over() + SECOND
    actions.keep_sheet(content({}), at=late)

    sheets.dispose_lists(at=late)
    held = is_stored(batch.sha256)
    sheets.clear_looked_at(at=late + DAY)

    assert held
    assert not is_stored(batch.sha256)


def test_the_same_file_again_is_known_when_it_is_gone_and_doubles_nobody() -> None:
    by, listed = officer(), content({})
    batch = sent(by, listed)
    late = over() + SECOND
    sheets.dispose_lists(at=late)
    (key,) = by.organization_ids

    result = actions.receive_list(
        listed, label="Lagi", organization_id=key, by=by, at=late, rng=random.Random(9)
    )
    sheets.clear_looked_at(at=late + DAY)

    assert (result.again, result.ref) == (True, batch.ref)
    assert not is_stored(batch.sha256)


def test_a_person_is_told_of_the_list_they_stand_on_while_it_is_kept() -> None:
    batch = sent(officer(), content(one_person(birth_on="27/01/1992")))
    person = batch.applications.get().person_id

    told = keeping.list_records(person)
    sheets.dispose_lists(at=over() + SECOND)

    assert told == [{"list": batch.ref, "received": MONDAY}]
    assert keeping.list_records(person) == []


@pytest.fixture
def _own_store(tmp_path: Path, settings: Any) -> None:
    kept = settings.STORAGES["files"]
    there = kept["OPTIONS"] | {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {"files": kept | {"OPTIONS": there}}


@pytest.mark.usefixtures("_own_store")
def test_what_was_looked_at_before_there_were_rows_is_found_and_goes() -> None:
    batch = sent(officer(), content({}))
    old = content({"name": "Putu Ayu", "nik": "3271956701920009"})
    lost = files.put(old, media_type="application/octet-stream").sha256
    paper = files.put(b"%PDF-1.7 no list", media_type="application/pdf").sha256
    text = files.put(b'{"type": ["VerifiableCredential"]}', media_type="application/json").sha256
    others = files.put(content({"name": "Putu"})[:900], media_type="application/zip").sha256
    assert sheets.clear_looked_at(at=MONDAY + 9 * DAY) == 0
    assert is_stored(lost)

    found = sheets.trace_lists(at=MONDAY + 10 * DAY)
    again = sheets.trace_lists(at=MONDAY + 10 * DAY)
    gone = sheets.clear_looked_at(at=MONDAY + 10 * DAY)

    assert (found, again, gone) == (1, 0, 1)
    assert not is_stored(lost)
    assert all(map(is_stored, (batch.sha256, paper, text, others)))


@pytest.mark.usefixtures("_own_store")
def test_an_operator_finds_them_with_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    officer()
    files.put(content({"name": "Putu Ayu"}), media_type="application/octet-stream")

    assert cli.run(["files", "trace-lists", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"found": 1}


@pytest.mark.usefixtures("_own_store")
def test_a_list_of_old_that_is_looked_at_again_at_that_moment_stays_its_day() -> None:
    officer()
    old = content({"name": "Putu Ayu", "nik": "3271956701920009"})
    files.put(old, media_type="application/octet-stream")
    sheets.trace_lists(at=MONDAY)

    kept = sheets.keep_sheet(old, at=MONDAY)

    assert sheets.clear_looked_at(at=MONDAY) == 0
    assert is_stored(kept)
