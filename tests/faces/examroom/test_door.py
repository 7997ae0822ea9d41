"""What does the door of a sitting say, before, during and after; and what does the paper not say?"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.models import Entry
from kompeten.exams.terms import Answer
from kompeten.foundation import clock
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
BEGIN = "Begin the exam"
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


def test_an_open_door_has_one_button_and_says_how_long_there_is() -> None:
    entry, ani, _ = seated(opens=-10 * MINUTE)
    make.opened(entry.sitting)

    text = door(entry, ani)

    assert text.count(said(BEGIN)) == 1
    assert re.search(r"\b90 (menit|minutes)\b", text)


@pytest.mark.parametrize(
    "opens", [-10 * MINUTE, timedelta(days=1)], ids=["doors shut", "too early"]
)
def test_who_presses_before_the_doors_are_open_stays_seated(opens: timedelta) -> None:
    entry, ani, _ = seated(opens=opens)

    answer = entered(ani).post(f"/ujian/{entry.ref}/mulai/")

    entry.refresh_from_db()
    assert answer.status_code == 409
    assert entry.state == "seated"


def test_begin_leads_to_the_paper() -> None:
    entry, ani, _ = seated(opens=-10 * MINUTE)
    make.opened(entry.sitting)

    answer = entered(ani).post(f"/ujian/{entry.ref}/mulai/", follow=True)

    assert answer.redirect_chain == [(f"/ujian/{entry.ref}/", 302)]
    assert answer.content.decode().count("data-x-item=") == 100


def test_a_second_press_changes_nothing() -> None:
    entry, ani, opens_at = started()

    answer = entered(ani).post(f"/ujian/{entry.ref}/mulai/")

    entry.refresh_from_db()
    assert answer.status_code == 302
    assert entry.started_at == opens_at


def test_another_device_goes_on_with_the_same_paper_and_answers() -> None:
    entry, ani, opens_at = started()
    first = entered(ani).get(f"/ujian/{entry.ref}/").content.decode()
    actions.save(entry, [Answer(7, "a")], key="k1", by=ani, at=opens_at + MINUTE)

    second = entered(ani).get(f"/ujian/{entry.ref}/").content.decode()

    order = re.compile(r'data-x-item="(\d+)"')
    assert order.findall(second) == order.findall(first)
    assert re.findall(r'name="i(\d+)" value="(\w+)" checked', second) == [("7", "a")]


def test_the_seconds_left_are_those_of_the_server() -> None:
    entry, ani, opens_at = started()

    page = entered(ani).get(f"/ujian/{entry.ref}/").content.decode()

    found = re.search(r'data-x-seconds="(\d+)"', page)
    assert found is not None
    left = (opens_at + 90 * MINUTE - clock.now()).total_seconds()
    assert left - 1 < int(found[1]) < left + 60


def test_a_time_that_is_over_shows_what_counts() -> None:
    entry, ani, opens_at = started(opens=-4 * HOUR)
    actions.save(entry, [Answer(1, "a"), Answer(2, "b")], key="k1", by=ani, at=opens_at + MINUTE)

    text = door(entry, ani)

    assert said(COUNTED, answered=2, blank=98) in text
    assert said(BEGIN) not in text


def test_what_was_handed_in_is_with_us() -> None:
    entry, ani, opens_at = started()
    actions.save(entry, [Answer(1, "a")], key="k1", by=ani, at=opens_at + MINUTE)
    actions.hand_in(entry, by=ani, at=opens_at + 2 * MINUTE)

    assert said(WITH_US, answered=1, blank=99) in door(entry, ani)


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
    assert eko.post(f"/ujian/{entry.ref}/mulai/").status_code == 404
    assert eko.post(f"/ujian/{entry.ref}/serahkan/").status_code == 404
    assert entered(ani).get("/ujian/0000000000/").status_code == 404


def test_nobody_gets_in_without_logging_in() -> None:
    entry, _, _ = started()

    answer = Client().get(f"/ujian/{entry.ref}/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/masuk/?next=")


def test_the_paper_holds_no_key_and_is_kept_by_no_browser() -> None:
    entry, ani, _ = started()

    with CaptureQueriesContext(connection) as asked:
        answer = entered(ani).get(f"/ujian/{entry.ref}/")

    assert [q["sql"] for q in asked if "itembank_itemkey" in q["sql"]] == []
    assert answer["Cache-Control"] == "no-store"
    # Every option is written in one and the same way, whichever is right.
    options = re.findall(
        r'<input type="radio" name="i\d+" value="\w"([^>]*)>', answer.content.decode()
    )
    assert len(options) >= 300
    assert set(options) == {""}


def test_the_door_after_the_exam_says_nothing_of_points() -> None:
    entry, ani, _ = started(opens=-5 * HOUR)
    make.closed(entry.sitting)
    entry.refresh_from_db()

    assert entry.state == "handed_in"
    assert re.search(r"\bpoints?\b|\bpoin\b|\bnilai\b", door(entry, ani).lower()) is None


def test_the_paper_costs_the_same_however_much_is_answered() -> None:
    entry, ani, opens_at = started()
    client = entered(ani)
    client.get(f"/ujian/{entry.ref}/")  # keeps the paper and binds the session to the face

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/ujian/{entry.ref}/")
        return len(asked)

    before = cost()
    for n in range(1, 21):
        at = opens_at + timedelta(seconds=n)
        actions.save(entry, [Answer(n, "b")], key=f"k{n}", by=ani, at=at)

    assert (before, cost()) == (6, 6)


def test_hand_in_by_the_form_ends_the_exam_blanks_and_all() -> None:
    entry, ani, _ = started()
    client = entered(ani)

    answer = client.post(f"/ujian/{entry.ref}/serahkan/", follow=True)
    again = client.post(f"/ujian/{entry.ref}/serahkan/")

    entry.refresh_from_db()
    assert said(WITH_US, answered=0, blank=100) in words(answer.content)
    assert entry.state == "handed_in"
    assert again.status_code == 302
    assert queries.progress(entry).answered == 0


def test_what_was_not_begun_cannot_be_handed_in() -> None:
    entry, ani, _ = seated(opens=-10 * MINUTE)

    answer = entered(ani).post(f"/ujian/{entry.ref}/serahkan/")

    entry.refresh_from_db()
    assert answer.status_code == 409
    assert entry.state == "seated"


@pytest.mark.parametrize("path", ["mulai/", "serahkan/", "jawaban/"])
def test_a_link_moves_nothing(path: str) -> None:
    entry, ani, _ = started()

    assert entered(ani).get(f"/ujian/{entry.ref}/{path}").status_code == 405
