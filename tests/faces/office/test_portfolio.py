"""Do portfolios find readers, and do readers work alone? The draw, the sheet, its two ends."""

import pytest
from django.test import Client

from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Assessor, RoleGrant
from kompeten.portfolios import actions
from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.terms import DossierState, ReadingState
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import portfolios as make

pytestmark = pytest.mark.django_db
SHELF = "/kantor/portofolio/"
DESK = "/kantor/bacaan/"
NOTE = "Uraian langkahnya runtut dan dapat dipercaya."
REASON = "Ceritakan peran Anda sendiri dalam kasus ini."


def endang(n: int = 7101) -> tuple[Client, Actor]:
    """Return a coordinator at work."""
    return at_work(Role.COORDINATOR, n=n)


def handed_in(*people: int) -> list[Dossier]:
    """Return portfolios that wait for readers."""
    return [make.handed_in(n, at=clock.now())[0] for n in people or (1,)]


def read_by_two(n: int = 1) -> tuple[list[Reading], dict[int, Actor]]:
    """Return the two open readings of the n-th person's portfolio, and all assessors."""
    _dossier, readings, pool = make.assigned(n, at=clock.now())
    return readings, pool


def path(reading: Reading) -> str:
    """Return the address of a reading."""
    return f"{DESK}{reading.ref}/"


def sheet(reading: Reading, mark: int = 4, **more: str) -> dict[str, str]:
    """Return a filled-in sheet: the same mark for every item."""
    codes = [item.code for item in make.description(reading.dossier).items]
    return {f"nilai-{code}": str(mark) for code in codes} | more


def state(reading: Reading) -> str:
    """Return where a reading stands now."""
    return str(Reading.objects.get(pk=reading.pk).state)


def test_readers_are_drawn_for_those_ticked_and_for_nobody_else() -> None:
    client, _ = endang()
    make.assessors(3, at=clock.now())
    first, second = handed_in(1, 2)

    answer = client.post(f"{SHELF}bagikan/", {"portofolio": [first.ref]}, follow=True)

    assert Reading.objects.filter(dossier=first, state="open").count() == 2
    assert not Reading.objects.filter(dossier=second).exists()
    assert second.person.name in words(answer)


def test_a_second_click_draws_nobody_again() -> None:
    client, _ = endang()
    make.assessors(4, at=clock.now())
    (dossier,) = handed_in()

    client.post(f"{SHELF}bagikan/", {"portofolio": [dossier.ref]})
    answer = client.post(f"{SHELF}bagikan/", {"portofolio": [dossier.ref]}, follow=True)

    assert Reading.objects.filter(dossier=dossier).count() == 2
    assert said("Nothing to draw for: those portfolios have their readers.") in words(answer)


def test_all_that_wait_are_drawn_for_at_once_out_of_those_chosen() -> None:
    client, _ = endang()
    pool = make.assessors(4, at=clock.now())
    handed_in(1, 2)
    chosen = sorted(pool)[:2]

    client.post(f"{SHELF}bagikan/", {"semua": "ya", "asesor": chosen})

    assert set(Reading.objects.values_list("assessor_id", flat=True)) == set(chosen)
    assert Reading.objects.count() == 4


def test_who_is_left_is_named_with_the_reason() -> None:
    client, _ = endang()
    make.assessors(1, at=clock.now())
    (dossier,) = handed_in()

    answer = client.post(f"{SHELF}bagikan/", {"semua": "ya"}, follow=True)

    reason = said("There are not enough licensed assessors without a conflict of interest.")
    assert f"{dossier.person.name}: {reason}" in words(answer)
    assert not Reading.objects.exists()


def test_the_shelf_is_swapped_as_it_stands_on_the_page() -> None:
    client, _ = endang()
    handed_in(1)

    fragment, whole = part_of(client, SHELF)

    assert fragment in whole


def test_the_shelf_narrows_by_name() -> None:
    client, _ = endang()
    handed_in(1, 2)

    answer = client.get(SHELF, {"cari": "rahayu 2"})

    assert answer.content.decode().count('name="portofolio"') == 1
    assert "Ani Rahayu 2" in words(answer)


@pytest.mark.parametrize("address", [SHELF, DESK])
def test_lists_cost_the_same_for_one_and_for_three(address: str) -> None:
    pool = make.assessors(2, at=clock.now())
    coordinator, _ = endang()
    client = coordinator if address == SHELF else entered(next(iter(pool.values())))
    make.assign(handed_in(1), pool, at=clock.now()) if address == DESK else handed_in(1)
    one = cost(client, address)

    make.assign(handed_in(2, 3), pool, at=clock.now()) if address == DESK else handed_in(2, 3)

    assert cost(client, address) == one


def test_a_sheet_keeps_itself_and_answers_with_its_part() -> None:
    (reading, _), pool = read_by_two()
    client = entered(pool[reading.assessor_id])
    code = make.description(reading.dossier).items[0].code
    data = {
        f"nilai-{code}": "4",
        f"catatan-{code}": NOTE,
        "keterangan": "Baik.",
        "langkah": "simpan",
    }

    fragment = client.post(path(reading), data, headers={"HX-Request": "true"})

    kept = Reading.objects.get(pk=reading.pk)
    assert (kept.marks, kept.notes, kept.remark) == ({code: 4}, {code: NOTE}, "Baik.")
    assert fragment.status_code == 200
    assert "<main" not in fragment.content.decode()
    assert 'id="progress"' in fragment.content.decode()


def test_without_scripts_the_sheet_is_saved_by_its_button() -> None:
    (reading, _), pool = read_by_two()
    client = entered(pool[reading.assessor_id])
    code = make.description(reading.dossier).items[0].code

    answer = client.post(path(reading), {f"nilai-{code}": "kosong", "langkah": "simpan"})

    assert answer["Location"] == path(reading)
    assert Reading.objects.get(pk=reading.pk).marks == {code: None}


def test_marks_of_the_other_reader_stay_covered_until_both_are_in() -> None:
    (mine, theirs), pool = read_by_two()
    client = entered(pool[mine.assessor_id])
    other = pool[theirs.assessor_id]
    given = make.marks(theirs.dossier, 2)
    actions.hand_in_reading(
        theirs, marks=given, notes={}, remark="Rahasia dulu.", by=other, at=clock.now()
    )

    before = client.get(path(mine))
    client.post(path(mine), sheet(mine, langkah="serahkan"))
    after = client.get(path(mine))

    assert "Rahasia dulu." not in words(before)
    assert "Rahasia dulu." in words(after)
    assert state(mine) == ReadingState.HANDED_IN


def test_a_mark_above_the_cap_is_refused_in_words_and_nothing_typed_is_lost() -> None:
    at = clock.now()
    dossier, owner = make.written(1, at=at, scheme="social_worker_generalist")
    item = next(item for item in make.description(dossier).items if item.full_score_words)
    short = make.essay(item.full_score_words - 1)
    actions.save(dossier, answers={item.code: short}, by=owner, at=at)
    actions.hand_in(dossier, by=owner, at=at)
    pool = make.assessors(2, at=at)
    reading, _ = make.assign([dossier], pool, at=at)
    client = entered(pool[reading.assessor_id])

    answer = client.post(
        path(reading), sheet(reading, 5, **{f"catatan-{item.code}": NOTE, "langkah": "serahkan"})
    )

    assert answer.status_code == 422
    assert said("An answer with too few words cannot get the highest mark.") in words(answer)
    assert NOTE in answer.content.decode()
    assert state(reading) == ReadingState.OPEN


def test_a_second_click_hands_in_once() -> None:
    (reading, _), pool = read_by_two()
    client = entered(pool[reading.assessor_id])
    data = sheet(reading, langkah="serahkan")

    first = client.post(path(reading), data)
    again = client.post(path(reading), data)

    assert (first.status_code, again.status_code) == (302, 302)
    assert state(reading) == ReadingState.HANDED_IN


def test_a_portfolio_goes_back_with_its_reasons_and_the_marks_are_kept() -> None:
    (reading, other), pool = read_by_two()
    client = entered(pool[reading.assessor_id])
    code = make.description(reading.dossier).items[0].code
    data = {f"nilai-{code}": "3", f"perbaiki-{code}": REASON, "langkah": "kembalikan"}

    answer = client.post(path(reading), data)

    kept = Reading.objects.get(pk=reading.pk)
    assert answer["Location"] == DESK
    assert (kept.state, kept.returns, kept.marks) == ("sent_back", {code: REASON}, {code: 3})
    assert Dossier.objects.get(pk=reading.dossier_id).state == DossierState.RETURNED
    assert state(other) == ReadingState.LAPSED


def test_a_reason_too_short_to_act_on_is_refused_and_stays_on_the_page() -> None:
    (reading, _), pool = read_by_two()
    client = entered(pool[reading.assessor_id])
    code = make.description(reading.dossier).items[0].code

    answer = client.post(path(reading), {f"perbaiki-{code}": "kurang", "langkah": "kembalikan"})

    assert answer.status_code == 422
    assert ">kurang</textarea>" in answer.content.decode()
    assert said("Write each reason so that the candidate knows what to do.") in words(answer)


def test_a_reading_belongs_to_its_reader_alone() -> None:
    (mine, theirs), pool = read_by_two()
    client = entered(pool[mine.assessor_id])
    stranger, _ = at_work(Role.VERIFIER, n=7102)

    assert client.get(path(theirs)).status_code == 404
    assert stranger.get(path(mine)).status_code == 404
    assert stranger.get(SHELF).status_code == 404
    assert stranger.post(f"{SHELF}bagikan/", {"semua": "ya"}).status_code == 403


def test_a_license_that_lapses_midway_keeps_what_was_typed_on_the_page() -> None:
    (reading, _), pool = read_by_two()
    client = entered(pool[reading.assessor_id])
    code = make.description(reading.dossier).items[0].code
    Assessor.objects.filter(person_id=reading.assessor_id).update(licensed_until="2020-01-01")
    lapsed = said("Your assessor's license is no longer valid. Please contact the coordinator.")

    kept = client.post(path(reading), {f"nilai-{code}": "4"}, headers={"HX-Request": "true"})
    handed_in_now = client.post(
        path(reading), sheet(reading, **{f"catatan-{code}": NOTE, "langkah": "serahkan"})
    )

    assert (kept.status_code, handed_in_now.status_code) == (409, 422)
    assert lapsed in words(kept)
    assert NOTE in handed_in_now.content.decode()
    assert Reading.objects.get(pk=reading.pk).marks == {}


def test_a_role_that_lapses_midway_ends_it() -> None:
    (reading, _), pool = read_by_two()
    by = pool[reading.assessor_id]
    client = entered(by)
    RoleGrant.objects.filter(account_id=by.account_id).update(valid_until=clock.now())

    assert client.post(path(reading), sheet(reading)).status_code == 403
    assert state(reading) == ReadingState.OPEN


def test_a_coordinator_takes_a_reading_back_and_draws_another() -> None:
    client, _ = endang()
    (reading, _), pool = read_by_two()
    reader = entered(pool[reading.assessor_id])
    place = f"{SHELF}{reading.dossier.ref}/"

    client.post(f"{place}tarik/", {"bacaan": reading.ref})
    again = client.post(f"{place}tarik/", {"bacaan": reading.ref}, follow=True)
    client.post(f"{SHELF}bagikan/", {"semua": "ya"})

    assert state(reading) == ReadingState.RELEASED
    assert said("That reading is not open any more.") in words(again)
    assert reader.post(path(reading), sheet(reading)).status_code == 404
    readers = Reading.objects.filter(dossier=reading.dossier, state="open")
    assert reading.assessor_id not in set(readers.values_list("assessor_id", flat=True))
    assert readers.count() == 2


def test_the_office_sees_marks_only_when_all_are_in_and_the_story_in_words() -> None:
    client, _ = endang()
    readings, pool = read_by_two()
    place = f"{SHELF}{readings[0].dossier.ref}/"
    make.read(readings[0], pool, at=clock.now())

    before = client.get(place)
    make.read(readings[1], pool, at=clock.now())
    make.settle(at=clock.now())
    after = client.get(place)

    assert said("Marks are uncovered once every reader has handed in.") in words(before)
    assert said("Marks side by side") in words(after)
    assert said("The portfolio was assessed.") in words(after)


def test_what_is_still_being_written_is_not_shown_to_the_office() -> None:
    client, _ = endang()
    dossier, _ = make.written(1, at=clock.now())

    answer = client.get(f"{SHELF}{dossier.ref}/")

    assert said("The candidate is writing") in words(answer)
    assert "Saya mendampingi keluarga itu" not in words(answer)
