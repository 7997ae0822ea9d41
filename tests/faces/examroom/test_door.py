"""What does the door of a sitting say, before, during and after?"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry
from kompeten.exams.queries.records import milliseconds
from kompeten.exams.rules import rows
from kompeten.exams.terms.vault import Link, LinkKind
from kompeten.foundation.words import reason
from kompeten.kernel.actors import Actor
from tests.faces.examroom.stage import HOUR, MINUTE, entered, said, seated, started, words
from tests.make import exams as make
from tests.make.exams import PUTU
from tests.make.people import account

pytestmark = pytest.mark.django_db

COUNTED = (
    "Everything that was kept in time counts: %(answered)s answered, %(blank)s left blank."
    " There is nothing more to do here."
)
WITH_US = (
    "%(answered)s answered, %(blank)s left blank. The result comes with the decision of the"
    " committee; we will write to you."
)
NEVER = (
    "Something went wrong with the device, the line or the power. Your answers so far are kept, and"
    " you will get another seat. This never counts as not yet competent."
)
BEGIN = "To the paper"
PREPARE = "Prepare this device"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip


def door(entry: Entry, by: Actor) -> str:
    """Return what the candidate reads."""
    answer = entered(by).get(f"/ujian/{entry.ref}/")
    assert answer.status_code == 200
    return words(answer.content)


def test_before_the_hour_the_door_says_when_to_come_back() -> None:
    entry, ani, _ = seated(opens=timedelta(days=1))

    text = door(entry, ani)

    assert said("Not open yet") in text
    assert "WIB" in text
    assert said(BEGIN) not in text


@pytest.mark.parametrize("opens", [timedelta(days=3), -10 * MINUTE], ids=["before", "open"])
def test_a_device_can_be_made_ready_before_and_while_it_is_open(opens: timedelta) -> None:
    entry, ani, _ = seated(opens=opens)

    text = door(entry, ani)

    assert said(PREPARE) in text
    assert said("Practice: will this phone do?") in text


def test_who_is_under_way_goes_on_from_the_door() -> None:
    entry, ani, _ = started()

    page = entered(ani).get(f"/ujian/{entry.ref}/").content.decode()

    assert f'href="/ujian/{entry.ref}/lembar/"' in page
    assert said("Go on with the exam") in words(page.encode())


def test_the_door_costs_the_same_for_everybody() -> None:
    entry, ani, _ = started()
    client = entered(ani)
    client.get(f"/ujian/{entry.ref}/")  # binds the session to the face

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/ujian/{entry.ref}/")

    assert [q["sql"] for q in asked if "itembank" in q["sql"]] == []
    # Where there is a database server the vault is one of its tables, and is asked too.
    assert len(asked) == 6 + (connection.vendor == "postgresql")


@pytest.mark.parametrize("path", ["mulai/", "serahkan/", "jawaban/"])
def test_nothing_is_written_but_by_the_vault(path: str) -> None:
    entry, ani, _ = started()

    assert entered(ani).post(f"/ujian/{entry.ref}/{path}").status_code == 404
    assert entered(ani).post(f"/ujian/{entry.ref}/").status_code == 405


def test_an_open_door_has_one_button_and_says_how_long_there_is() -> None:
    entry, ani, _ = seated(opens=-10 * MINUTE)
    make.opened(entry.sitting)

    text = door(entry, ani)

    assert text.count(said(BEGIN)) == 1
    assert re.search(r"\b90 (menit|minutes)\b", text)


def test_a_time_that_is_over_shows_what_counts() -> None:
    entry, ani, opens_at = started(opens=-4 * HOUR)
    make.answered(entry, ani, {1: "a", 2: "b"}, at=opens_at + MINUTE)

    text = door(entry, ani)

    assert said(COUNTED, answered=2, blank=98) in text
    assert said(BEGIN) not in text


def test_what_was_handed_in_is_with_us() -> None:
    entry, ani, opens_at = started()
    make.answered(entry, ani, {1: "a"}, at=opens_at + MINUTE)
    actions.hand_in(entry, by=ani, at=opens_at + 2 * MINUTE)

    assert said(WITH_US, answered=1, blank=99) in door(entry, ani)


def test_who_comes_from_the_paper_is_not_sent_back_to_it() -> None:
    entry, ani, opens_at = started()
    make.answered(entry, ani, {1: "a"}, at=opens_at + MINUTE)
    received = milliseconds(opens_at + 2 * MINUTE)
    links = [
        Link(LinkKind.ANSWER, 2, "c", 1, received),
        Link(LinkKind.HANDED_IN, 0, "", 2, received),
    ]
    segment = rows.segment(entry.ref, "00112233aabbccdd", links, sent=3)

    journal().append([rows.segment_row(segment, received=received)])

    entry.refresh_from_db()
    assert entry.state == "started"
    assert said(WITH_US, answered=2, blank=98) in door(entry, ani)


def test_time_that_was_given_is_told_with_its_reason() -> None:
    entry, ani, opens_at = started()
    at = opens_at + 5 * MINUTE
    actions.give_time([entry], minutes=12, reason="Listrik padam di ruang dua", by=PUTU, at=at)
    actions.give_time([entry], minutes=3, reason="time.device_stood_still", by=PUTU, at=at)

    text = door(entry, ani)

    assert "Listrik padam di ruang dua" in text
    assert str(reason("time.device_stood_still")) in text
    assert said("Your time was made longer") in text


def test_who_was_absent_hears_that_nothing_is_decided_against_them() -> None:
    entry, ani, _ = seated(opens=-5 * HOUR)
    make.opened(entry.sitting)
    make.closed(entry.sitting)

    text = door(entry, ani)

    assert said("This sitting is over") in text
    assert said(BEGIN) not in text


def test_who_was_interrupted_hears_that_it_never_counts_against_them() -> None:
    entry, ani, opens_at = started()
    actions.interrupt(entry, reason="Listrik padam", by=PUTU, at=opens_at + 5 * MINUTE)

    text = door(entry, ani)

    assert said(NEVER) in text
    assert said(BEGIN) not in text


def test_who_was_seated_again_may_begin_again() -> None:
    entry, ani, opens_at = started()
    actions.interrupt(entry, reason="Listrik padam", by=PUTU, at=opens_at + 5 * MINUTE)
    actions.reseat(entry, by=PUTU, at=opens_at + 9 * MINUTE, extra_minutes=10)

    assert said(BEGIN) in door(entry, ani)


def test_a_stranger_finds_no_such_door() -> None:
    entry, ani, _ = started()
    eko = entered(account(2))

    assert eko.get(f"/ujian/{entry.ref}/").status_code == 404
    assert entered(ani).get("/ujian/0000000000/").status_code == 404


def test_nobody_gets_in_without_logging_in() -> None:
    entry, _, _ = started()

    answer = Client().get(f"/ujian/{entry.ref}/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/masuk/?next=")


def test_the_door_after_the_exam_says_nothing_of_points() -> None:
    entry, ani, _ = started(opens=-5 * HOUR)
    make.closed(entry.sitting)
    entry.refresh_from_db()

    assert entry.state == "handed_in"
    assert re.search(r"\bpoints?\b|\bpoin\b|\bnilai\b", door(entry, ani).lower()) is None
