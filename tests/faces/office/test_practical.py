"""Are practice exams and interviews booked, rated alone, and ended kindly when they fail?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Assessor
from kompeten.practicals import actions
from kompeten.practicals.models import Rating, Slot
from kompeten.practicals.terms import Cause, RatingState, Seat, SlotState
from kompeten.schemes.terms import Component
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import practicals as make
from tests.make.portfolios import assessors

pytestmark = pytest.mark.django_db
CALENDAR = "/kantor/praktik/"
DESK = "/kantor/penilaian/"
BOOK = f"{CALENDAR}pesan/wawancara/"
NOTE = "Mendengarkan klien tanpa menyela."


def endang(n: int = 7201) -> tuple[Client, Actor]:
    """Return a coordinator at work."""
    return at_work(Role.COORDINATOR, n=n)


def timetable(**more: Any) -> dict[str, Any]:
    """Return a plan as the form sends it: two days of a week to come, online, one at a time."""
    today = timezone.localdate(clock.now())
    monday = today + timedelta(days=7 - today.weekday())
    plan = {
        "hari": monday.isoformat(),
        "jumlah_hari": "2",
        "mulai": "09:00",
        "selesai": "12:00",
        "zona": "Asia/Makassar",
        "jeda": "10",
        "sekaligus": "1",
        "tautan": "https://temu.contoh.example/ruang",
    }
    return plan | more


def booked(
    n: int = 1, *, started: bool = True, component: Component = Component.INTERVIEW
) -> tuple[Slot, list[Rating], dict[int, Actor]]:
    """Return a slot with two open ratings that began some hours ago, or comes tomorrow."""
    now = clock.now()
    start = now - timedelta(hours=1 + n) if started else now + timedelta(days=1, hours=n)
    candidate, pool = make.candidate(n), assessors(4)
    before = start - timedelta(days=2)
    seat = Seat(start, "Asia/Jakarta", link="https://x/1")
    result = make.book([candidate], pool, component=component, plan=[seat], at=before)
    slot = Slot.objects.get(ref=result.slots[0])
    return slot, make.open_ratings(slot), pool


def path(rating: Rating) -> str:
    """Return the address of a rating."""
    return f"{DESK}{rating.ref}/"


def sheet(slot: Slot, mark: int = 4, note: str = NOTE, **more: str) -> dict[str, str]:
    """Return a filled-in sheet."""
    codes = [criterion.code for criterion in make.rubric(slot).criteria]
    marks = {f"nilai-{code}": str(mark) for code in codes}
    notes = {f"catatan-{code}": note for code in codes}
    return marks | notes | {"putusan": "K", "langkah": "serahkan"} | more


def state(record: Any) -> str:
    """Return where a record stands now."""
    return str(type(record).objects.get(pk=record.pk).state)


def test_a_plan_is_shown_before_anything_is_booked() -> None:
    client, _ = endang()
    make.candidate()
    assessors(4)

    answer = client.post(BOOK, timetable(langkah="lihat"))

    # 09.00, 09.40, 10.20, 11.00 … : half an hour each, ten minutes between, two days.
    assert answer.status_code == 200
    assert said("Book these times") in words(answer)
    assert not Slot.objects.exists()


def test_everybody_who_waits_is_booked_in_the_zone_of_the_place() -> None:
    client, _ = endang()
    for n in (1, 2):
        make.candidate(n)
    assessors(4)

    client.post(BOOK, timetable(langkah="pesan"))

    slots = list(Slot.objects.order_by("starts_at"))
    assert len(slots) == 2
    assert [s.starts_at.hour for s in slots] == [1, 1]  # 09.00 WITA is 01.00 UTC
    assert Rating.objects.filter(state="open").count() == 4


def test_only_those_ticked_are_booked_and_again_nobody() -> None:
    client, _ = endang()
    first, _second = make.candidate(1), make.candidate(2)
    assessors(4)
    data = timetable(langkah="pesan", peserta=[first.ref])

    client.post(BOOK, data)
    client.post(BOOK, data)

    assert list(Slot.objects.values_list("application_id", flat=True)) == [first.pk]


def test_who_cannot_be_booked_is_named_with_the_reason() -> None:
    client, _ = endang()
    candidate = make.candidate()
    Assessor.objects.all().delete()
    assessors(1)

    answer = client.post(BOOK, timetable(langkah="pesan"), follow=True)

    reason = said("There are not enough licensed assessors without a conflict of interest.")
    assert f"{candidate.person.name}: {reason}" in words(answer)
    assert not Slot.objects.exists()


def test_a_plan_in_the_past_or_without_a_place_is_refused_on_the_form() -> None:
    client, _ = endang()
    make.candidate()
    assessors(4)

    past = client.post(BOOK, timetable(hari="2024-01-08", langkah="pesan"))
    nowhere = client.post(BOOK, timetable(tautan="", langkah="pesan"))
    tight = client.post(BOOK, timetable(selesai="09:10", langkah="pesan"))

    assert {a.status_code for a in (past, nowhere, tight)} == {422}
    assert said("A time in the plan has already passed.") in words(past)
    assert 'value="2024-01-08"' in past.content.decode()
    assert said("Choose a site, or give a link; one of the two.") in words(nowhere)
    assert not Slot.objects.exists()


def test_the_plan_alone_is_swapped_while_it_is_laid_out() -> None:
    client, _ = endang()
    make.candidate()
    assessors(4)
    data = timetable()

    fragment = client.post(BOOK, data, headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in client.post(BOOK, data).content.decode()
    assert fragment.strip().startswith('<div id="laid"')


def test_the_calendar_is_swapped_as_it_stands_on_the_page() -> None:
    client, _ = endang()
    booked(started=False)

    fragment, whole = part_of(client, CALENDAR)

    assert fragment in whole


@pytest.mark.parametrize("address", [CALENDAR, DESK, BOOK])
def test_lists_cost_the_same_for_one_and_for_three(address: str) -> None:
    coordinator, _ = endang()
    if address == BOOK:
        make.candidate(1)
        one = cost(coordinator, BOOK)
        for n in (2, 3):
            make.candidate(n)
        assert cost(coordinator, BOOK) == one
        return
    _slot, ratings, pool = booked(1, started=False)
    client = coordinator if address == CALENDAR else entered(pool[ratings[0].assessor_id])
    one = cost(client, address)

    for n in (2, 3):
        booked(n, started=False)

    assert cost(client, address) == one


def test_marks_and_notes_keep_themselves() -> None:
    slot, (rating, _), pool = booked()
    client = entered(pool[rating.assessor_id])
    code = make.rubric(slot).criteria[0].code
    data = {f"nilai-{code}": "3", f"catatan-{code}": NOTE}

    fragment = client.post(path(rating), data, headers={"HX-Request": "true"})

    kept = Rating.objects.get(pk=rating.pk)
    assert (kept.marks, kept.notes) == ({code: 3}, {code: NOTE} | kept.notes)
    assert "<main" not in fragment.content.decode()


def test_a_rating_is_handed_in_once_and_the_others_marks_come_uncovered() -> None:
    slot, (mine, theirs), pool = booked()
    client = entered(pool[mine.assessor_id])
    actions.hand_in(
        theirs,
        marks=make.marks(slot, 2),
        notes=make.notes(slot),
        competent=False,
        remark="Rahasia dulu.",
        by=pool[theirs.assessor_id],
        at=clock.now(),
    )

    before = client.get(path(mine))
    client.post(path(mine), sheet(slot))
    again = client.post(path(mine), sheet(slot))
    after = client.get(path(mine))

    assert "Rahasia dulu." not in words(before)
    assert again.status_code == 302
    assert "Rahasia dulu." in words(after)
    assert state(mine) == RatingState.HANDED_IN


def test_without_notes_or_recommendation_nothing_is_handed_in_and_nothing_lost() -> None:
    slot, (rating, _), pool = booked()
    client = entered(pool[rating.assessor_id])
    code = make.rubric(slot).criteria[0].code

    short = client.post(path(rating), sheet(slot, **{f"catatan-{code}": "ok"}))
    undecided = client.post(path(rating), sheet(slot, putusan=""))

    assert (short.status_code, undecided.status_code) == (422, 422)
    assert said("Write a short note on what you saw for every criterion.") in words(short)
    assert NOTE in short.content.decode()
    assert NOTE in undecided.content.decode()
    assert state(rating) == RatingState.OPEN


def test_before_the_hour_the_sheet_can_be_read_and_not_handed_in() -> None:
    slot, (rating, _), pool = booked(started=False)
    client = entered(pool[rating.assessor_id])

    page = client.get(path(rating))
    answer = client.post(path(rating), sheet(slot))

    assert said("It has not begun yet") in words(page)
    assert answer.status_code == 422
    assert said("This can only be done once the appointed time has come.") in words(answer)


def test_an_interviewer_reads_the_portfolio_and_nobody_else_does() -> None:
    _slot, (rating, other), pool = booked()
    client = entered(pool[rating.assessor_id])
    _, (practice, _), _ = booked(2, component=Component.PRACTICE)

    answer = client.get(f"{path(rating)}portofolio/")

    assert "Saya mendampingi keluarga itu" in words(answer)
    assert client.get(f"{path(other)}portofolio/").status_code == 404
    rater = entered(pool[practice.assessor_id])
    assert rater.get(f"{path(practice)}portofolio/").status_code == 404


def test_who_did_not_come_is_noted_by_the_assessor_and_can_be_booked_again() -> None:
    slot, (rating, _), pool = booked()
    client = entered(pool[rating.assessor_id])
    place = f"{CALENDAR}jadwal/{slot.ref}/"

    page = client.get(place)
    assert client.post(f"{place}akhiri/", {"langkah": "entah"}).status_code == 422
    answer = client.post(f"{place}akhiri/", {"langkah": "tidak_hadir"})

    assert said("Did not come") in words(page)
    assert answer["Location"] == DESK
    assert state(slot) == SlotState.MISSED
    assert state(rating) == RatingState.LAPSED


def test_two_people_end_the_same_performance_and_the_second_is_told() -> None:
    slot, _, _pool = booked()
    client, _ = endang()
    place = f"{CALENDAR}jadwal/{slot.ref}/akhiri/"

    first = client.post(place, {"langkah": "terputus", "sebab": Cause.POWER.value})
    second = client.post(place, {"langkah": "tidak_hadir"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert state(slot) == SlotState.INTERRUPTED


def test_an_interruption_needs_a_cause_that_is_known() -> None:
    slot, _, _pool = booked()
    client, _ = endang()

    answer = client.post(
        f"{CALENDAR}jadwal/{slot.ref}/akhiri/", {"langkah": "terputus", "sebab": "lapar"}
    )

    assert answer.status_code == 422
    assert state(slot) == SlotState.BOOKED


def test_another_assessor_is_drawn_for_one_who_cannot_come() -> None:
    slot, (rating, other), _pool = booked(started=False)
    client, _ = endang()

    client.post(f"{CALENDAR}jadwal/{slot.ref}/ganti/", {"penilaian": rating.ref})

    now = set(slot.ratings.filter(state="open").values_list("assessor_id", flat=True))
    assert state(rating) == RatingState.RELEASED
    assert len(now) == 2
    assert rating.assessor_id not in now
    assert other.assessor_id in now


def test_missing_assessors_are_drawn_from_the_calendar() -> None:
    slot, (rating, _), _pool = booked(started=False)
    client, by = endang()
    actions.release([rating], by=by, at=clock.now())

    page = client.get(CALENDAR)
    client.post(f"{CALENDAR}asesor/")

    assert said("Assessors are missing") in words(page)
    assert slot.ratings.filter(state="open").count() == 2


def test_a_slot_shows_marks_side_by_side_once_it_is_settled() -> None:
    slot, ratings, pool = booked()
    client, _ = endang()
    place = f"{CALENDAR}jadwal/{slot.ref}/"
    make.rate(ratings[0], pool, at=clock.now())

    before = client.get(place)
    make.rate(ratings[1], pool, at=clock.now())
    make.settle(at=clock.now())
    after = client.get(place)

    assert said("Marks side by side") not in words(before)
    assert said("Marks side by side") in words(after)
    assert said("The marks were settled.") in words(after)


def test_strangers_and_other_roles_find_nothing() -> None:
    slot, (rating, other), pool = booked()
    verifier, _ = at_work(Role.VERIFIER, n=7202)
    assessor = entered(pool[rating.assessor_id])

    assert verifier.get(CALENDAR).status_code == 404
    assert verifier.get(f"{CALENDAR}jadwal/{slot.ref}/").status_code == 404
    assert assessor.get(path(other)).status_code == 404
    assert assessor.get(BOOK).status_code == 404
    assert assessor.post(BOOK, timetable(langkah="pesan")).status_code == 403
    assert endang()[0].get(f"{CALENDAR}pesan/menari/").status_code == 404


def test_a_license_that_lapses_midway_keeps_what_was_typed_on_the_page() -> None:
    slot, (rating, _), pool = booked()
    client = entered(pool[rating.assessor_id])
    Assessor.objects.filter(person_id=rating.assessor_id).update(licensed_until="2020-01-01")

    kept = client.post(path(rating), sheet(slot, langkah=""), headers={"HX-Request": "true"})
    answer = client.post(path(rating), sheet(slot))

    assert (kept.status_code, answer.status_code) == (409, 422)
    assert NOTE in answer.content.decode()
    assert state(rating) == RatingState.OPEN
