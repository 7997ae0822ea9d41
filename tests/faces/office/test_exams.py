"""Can a written exam be planned, filled, watched and mended? Calm boards, all or none, nothing lost."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation

from kompeten.applications.models import Application
from kompeten.exams import actions
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries import minutes
from kompeten.exams.terms import EntryState, SittingState
from kompeten.foundation import clock
from kompeten.foundation.ledger import history
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import RoleGrant
from kompeten.schemes.terms import Route
from kompeten.web.office import hours
from tests.faces.office import lists
from tests.faces.office.staff import at_work, cost, part_of, said, words
from tests.make import applications, itembank, portfolios
from tests.make import exams as make

pytestmark = pytest.mark.django_db
EXAMS = "/kantor/ujian/"


def endang(n: int = 7401) -> tuple[Client, Actor]:
    """Return a coordinator at work."""
    return at_work(Role.COORDINATOR, n=n)


def irwan(n: int = 7402) -> tuple[Client, Actor]:
    """Return an invigilator at work."""
    return at_work(Role.INVIGILATOR, n=n)


def ready(*people: int) -> list[tuple[Application, Actor]]:
    """Return candidates whose route has a written exam and no portfolio, and who they are."""
    at = clock.now()
    return [applications.accepted(n, at=at, route=Route.TRAINING) for n in people or (1,)]


def sitting(*, opens: timedelta = timedelta(days=2), **more: Any) -> Sitting:
    """Return a planned sitting of three hours."""
    now = clock.now()
    opens_at = now + opens
    at = min(now, opens_at) - timedelta(days=1)
    plan = {"opens_at": opens_at, "closes_at": opens_at + timedelta(hours=3), "at": at}
    return make.sitting(**(plan | more))


def running(*people: int, since: timedelta = timedelta(minutes=40)) -> tuple[Sitting, list[Entry]]:
    """Return an open sitting whose candidates began when it opened."""
    candidates = ready(*people)
    held = sitting(opens=-since)
    entries = make.seated(held, [a for a, _ in candidates], at=held.opens_at - timedelta(hours=2))
    make.opened(held)
    for entry, (_, who) in zip(entries, candidates, strict=True):
        actions.start(make.mine(entry, who), by=who, at=held.opens_at)
    return held, entries


def plan(**more: Any) -> dict[str, Any]:
    """Return a plan as the form sends it: a morning in Makassar a week from now."""
    day = timezone.localdate(clock.now() + timedelta(days=7)).isoformat()
    said_so = {
        "judul": "Ujian tulis Makassar",
        "skema": [applications.version(at=clock.now()).id],
        "paket": itembank.form(at=clock.now()).ref,
        "buka": f"{day}T09:00",
        "tutup": f"{day}T13:00",
        "zona": "Asia/Makassar",
    }
    return said_so | more


def state(record: Any) -> str:
    """Return where a record stands now."""
    return str(type(record).objects.get(pk=record.pk).state)


def test_a_sitting_is_planned_on_the_clocks_of_its_place_and_a_second_click_plans_no_other() -> (
    None
):
    client, _ = endang()
    data = plan()

    first = client.post(f"{EXAMS}baru/", data)
    again = client.post(f"{EXAMS}baru/", data)

    held = Sitting.objects.get()
    assert held.opens_at.astimezone(ZoneInfo("Asia/Makassar")).hour == 9
    assert first["Location"] == again["Location"] == f"{EXAMS}{held.ref}/kursi/"


def test_the_history_of_a_sitting_hangs_on_its_own_clocks() -> None:
    client, _ = endang()
    client.post(f"{EXAMS}baru/", plan())
    held = Sitting.objects.get()

    story = words(client.get(f"{EXAMS}{held.ref}/kode/"))

    (planned,) = history("sitting", held.pk)
    with translation.override("id"):
        there = hours.moment(planned.at, "Asia/Makassar")
    assert there.endswith("WITA")
    assert there in story
    assert "pukul 09.00." in story  # what was planned, as it was typed


def test_a_form_that_was_used_says_so_and_stands_after_the_fresh_ones() -> None:
    client, _ = endang()
    used = sitting()
    fresh = itembank.form(seed=77, at=clock.now())

    page = client.get(f"{EXAMS}baru/").content.decode()

    told = said("%(title)s (already used in a sitting)", title=used.form.title)
    assert told in page
    assert said("%(title)s (already used in a sitting)", title=fresh.title) not in page
    assert page.index(fresh.ref) < page.index(used.form.ref)


def test_a_plan_that_cannot_be_held_is_refused_on_its_fields_and_nothing_is_lost() -> None:
    client, _ = endang()
    data = plan()

    short = client.post(f"{EXAMS}baru/", data | {"tutup": data["buka"][:-5] + "09:30"})
    past = client.post(
        f"{EXAMS}baru/", data | {"buka": "2024-01-08T09:00", "tutup": "2024-01-08T12:00"}
    )

    assert (short.status_code, past.status_code) == (422, 422)
    assert said("The window is shorter than the minutes of the exam.") in words(short)
    assert said("A sitting closes after it opens, and not in the past.") in words(past)
    assert 'value="Ujian tulis Makassar"' in past.content.decode()
    assert not Sitting.objects.exists()


def test_without_a_form_the_way_leads_to_the_bank() -> None:
    client, _ = endang()

    assert said("There is no form yet") in words(client.get(f"{EXAMS}baru/"))


def test_all_who_are_ready_are_seated_and_whoever_waits_for_readers_is_not_there() -> None:
    client, _ = endang()
    (first, _), (second, _) = ready(1, 2)
    unread, _ = portfolios.handed_in(3, at=clock.now())
    held = sitting()
    place = f"{EXAMS}{held.ref}/kursi/"

    page = client.get(place)
    client.post(place, {"semua": "ya"})

    assert unread.person.name not in words(page)
    seated = set(held.entries.values_list("application_id", flat=True))
    assert seated == {first.pk, second.pk}


def test_only_those_ticked_are_seated_and_a_second_click_says_so() -> None:
    client, _ = endang()
    (first, _), _second = ready(1, 2)
    held = sitting()
    place = f"{EXAMS}{held.ref}/kursi/"

    client.post(place, {"peserta": [first.ref]})
    again = client.post(place, {"peserta": [first.ref]}, follow=True)

    assert list(held.entries.values_list("application_id", flat=True)) == [first.pk]
    assert said("Nobody was chosen, or they have their seats already.") in words(again)


def test_a_full_hall_seats_nobody_more_and_offers_what_is_left() -> None:
    client, _ = endang()
    candidates = ready(1, 2, 3)
    held = sitting(capacity=2)
    place = f"{EXAMS}{held.ref}/kursi/"

    page = client.get(place)
    refused = client.post(place, {"peserta": [a.ref for a, _ in candidates]})
    client.post(place, {"semua": "ya"})

    assert said("Seat the first %(n)s", n=2) in words(page)
    assert refused.status_code == 409
    assert said("The sitting has not enough free seats.") in words(refused)
    assert "checked" in refused.content.decode()
    assert held.entries.count() == 2


def test_whoever_was_absent_gets_a_makeup_seat_elsewhere() -> None:
    client, _ = endang()
    ((candidate, _),) = ready(1)
    missed = sitting(opens=-timedelta(days=3))
    make.seated(missed, [candidate], at=missed.opens_at - timedelta(hours=1))
    make.closed(missed)
    held = sitting()
    place = f"{EXAMS}{held.ref}/kursi/"

    first_time = client.get(place)
    makeup = client.get(place, {"jenis": "susulan"})
    client.post(place, {"jenis": "susulan", "semua": "ya"})

    assert candidate.person.name not in words(first_time)
    assert candidate.person.name in words(makeup)
    assert held.entries.get().makeup_of is not None


def test_the_board_shows_trouble_first_and_is_calm_where_there_is_none() -> None:
    client, by = irwan()
    held, (silent, fine) = running(1, 2)
    recent = clock.now() - timedelta(minutes=2)
    who = portfolios.account_of(fine.person_id)
    entry = make.mine(fine, who)
    make.answered(entry, who, {1: "a"}, at=recent)

    page = words(client.get(f"{EXAMS}{held.ref}/"))
    silent.refresh_from_db()
    actions.interrupt(silent, reason="Listrik padam", by=by, at=clock.now())
    later = words(client.get(f"{EXAMS}{held.ref}/"))

    assert said("Worth a look") in page
    assert said("Not heard of for %(minutes)d minutes.", minutes=40) in page
    assert said("Interrupted: give the seat back, or a make-up later.") in later


def test_nothing_to_look_at_is_said_too() -> None:
    client, _ = irwan()
    held, _ = running(1, since=timedelta(minutes=4))

    page = words(client.get(f"{EXAMS}{held.ref}/"))

    assert said("All calm: nobody needs anything right now.") in page


def test_the_board_asks_again_by_itself_only_while_the_sitting_runs() -> None:
    client, _ = irwan()
    held, _ = running(1, since=timedelta(hours=4))

    before = client.get(f"{EXAMS}{held.ref}/").content.decode()
    client.post(f"{EXAMS}{held.ref}/tutup/")
    after = client.get(f"{EXAMS}{held.ref}/").content.decode()

    assert 'hx-trigger="every 25s, seen"' in before
    assert 'hx-trigger="every 25s, seen"' not in after


def test_the_board_is_swapped_as_it_stands_on_the_page() -> None:
    client, _ = irwan()
    held, _ = running(1, since=timedelta(minutes=5))

    fragment, whole = part_of(client, f"{EXAMS}{held.ref}/?keadaan=started")

    assert fragment in whole
    assert "keadaan=started" in fragment


def test_the_board_finds_somebody_by_name_and_by_state() -> None:
    client, _ = irwan()
    held, _ = running(1, 2, since=timedelta(minutes=5))
    place = f"{EXAMS}{held.ref}/"

    by_name = client.get(place, {"cari": "rahayu 2"}).content.decode()
    by_state = client.get(place, {"keadaan": "absent"}).content.decode()

    assert by_name.count('<th scope="row"') == 1
    assert by_state.count('<th scope="row"') == 0


def test_pages_cost_the_same_for_ten_seats_and_for_sixty() -> None:
    client, _ = endang()
    _, verifier = at_work(Role.VERIFIER, n=7404)
    by = lists.sponsor()
    held = sitting()
    board, seats = f"{EXAMS}{held.ref}/", f"{EXAMS}{held.ref}/kursi/"
    versions = held.schemes.values_list("scheme_version_id", flat=True)

    def seated(count: int, seed: int) -> None:
        some = lists.accepted(count, by=by, verifier=verifier, seed=seed)
        fit = [a for a in some if a.scheme_version_id in versions and a.route == Route.TRAINING]
        make.seated(held, fit, at=clock.now())

    ready(1)
    seated(10, seed=21)
    few = [cost(client, address) for address in (EXAMS, board, seats)]
    ready(2, 3)
    seated(60, seed=22)

    assert [cost(client, address) for address in (EXAMS, board, seats)] == few


def test_doors_open_half_an_hour_before_and_not_sooner() -> None:
    client, _ = irwan()
    early, soon = sitting(), sitting(opens=timedelta(minutes=20))

    refused = client.post(f"{EXAMS}{early.ref}/buka/")
    client.post(f"{EXAMS}{soon.ref}/buka/")
    again = client.post(f"{EXAMS}{soon.ref}/buka/")

    assert refused.status_code == 409
    assert (state(early), state(soon)) == (SittingState.PLANNED, SittingState.OPEN)
    assert again.status_code == 302


def test_nobody_closes_while_somebody_has_time() -> None:
    client, _ = irwan()
    held, _ = running(1)

    answer = client.post(f"{EXAMS}{held.ref}/tutup/")

    assert answer.status_code == 409
    assert said("Somebody still has time. Close the sitting when the window is over.") in words(
        answer
    )
    assert state(held) == SittingState.OPEN


def test_a_seat_is_interrupted_given_back_with_minutes_and_the_story_says_so() -> None:
    client, _ = irwan()
    _held, (entry,) = running(1)
    place = f"{EXAMS}peserta/{entry.ref}/"

    client.post(f"{place}langkah/", {"langkah": "putus", "sebab": "Listrik padam"})
    between = state(entry)
    client.post(f"{place}langkah/", {"langkah": "kembali", "menit": "15"})
    page = client.get(place)

    now = Entry.objects.get(pk=entry.pk)
    assert between == EntryState.INTERRUPTED
    assert (now.state, now.extra_minutes) == (EntryState.SEATED, 15)
    assert "Listrik padam" in words(page)
    assert said("Seat given back after a failure") in words(page)


def test_words_that_the_minutes_could_not_print_are_told_at_once() -> None:
    client, _ = irwan()
    _held, (entry,) = running(1)

    answer = client.post(
        f"{EXAMS}peserta/{entry.ref}/langkah/", {"langkah": "putus", "sebab": "Listrik padam 😢"}
    )

    assert answer.status_code == 422
    assert said("This holds a sign that cannot be printed. Write it in Latin letters.") in words(
        answer
    )
    assert state(entry) != EntryState.INTERRUPTED


def test_two_people_mend_the_same_seat_and_the_second_is_told() -> None:
    first, _ = irwan()
    second, _ = irwan(7403)
    _held, (entry,) = running(1)
    place = f"{EXAMS}peserta/{entry.ref}/langkah/"
    first.post(place, {"langkah": "putus", "sebab": "Listrik padam"})

    answer = second.post(place, {"langkah": "putus", "sebab": "Jaringan putus"})

    assert answer.status_code == 409
    assert "Jaringan putus" not in words(first.get(f"{EXAMS}peserta/{entry.ref}/"))


def test_time_is_given_with_a_reason_to_one_and_to_all() -> None:
    client, _ = irwan()
    held, (one, other) = running(1, 2)
    place = f"{EXAMS}peserta/{one.ref}/langkah/"

    silent = client.post(place, {"langkah": "tambah", "menit": "10"})
    client.post(place, {"langkah": "tambah", "menit": "10", "alasan": "Perangkat diganti"})
    client.post(f"{EXAMS}{held.ref}/waktu/", {"menit": "20", "alasan": "Listrik padam"})
    refused = client.post(f"{EXAMS}{held.ref}/waktu/", {"menit": "900", "alasan": "Lama"})

    minutes = [Entry.objects.get(pk=e.pk).extra_minutes for e in (one, other)]
    assert (silent.status_code, refused.status_code) == (422, 422)
    assert minutes == [30, 20]


def test_strangers_and_lapsed_roles_find_nothing() -> None:
    stranger, _ = at_work(Role.VERIFIER, n=7405)
    client, by = irwan()
    held, (entry,) = running(1)
    board, seat = f"{EXAMS}{held.ref}/", f"{EXAMS}peserta/{entry.ref}/"

    assert {stranger.get(a).status_code for a in (EXAMS, board, seat)} == {404}
    assert stranger.post(f"{board}tutup/").status_code == 403
    assert client.get(f"{board}kursi/").status_code == 404
    assert client.post(f"{board}kursi/", {"semua": "ya"}).status_code == 403
    assert client.get(f"{EXAMS}TIDAKADA00/").status_code == 404

    RoleGrant.objects.filter(account_id=by.account_id).update(valid_until=clock.now())
    assert client.post(f"{seat}langkah/", {"langkah": "putus", "sebab": "x"}).status_code == 403
    assert state(entry) == EntryState.STARTED


def test_an_auditor_looks_and_changes_nothing() -> None:
    client, _ = at_work(Role.AUDITOR, n=7406)
    held, (entry,) = running(1)

    assert client.get(f"{EXAMS}{held.ref}/").status_code == 200
    assert client.post(f"{EXAMS}{held.ref}/tutup/").status_code == 403
    answer = client.post(f"{EXAMS}peserta/{entry.ref}/langkah/", {"langkah": "putus", "sebab": "x"})
    assert answer.status_code == 403


def test_the_minutes_tell_who_came_and_what_happened() -> None:
    held, (first, *_others) = running(1, 2, 3)
    client, irwan_himself = irwan()
    first.refresh_from_db()
    reason = "Listrik padam di ruang dua"
    actions.interrupt(first, reason=reason, by=irwan_himself, at=clock.now())

    answer = client.get(f"{EXAMS}{held.ref}/berita-acara.pdf")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert f"berita-acara-{held.ref}.pdf" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")
    said_on_paper = minutes.facts_of(held, at=clock.now())
    assert [(h.name, h.why) for h in said_on_paper.happenings] == [(first.person.name, reason)]
    assert dict(said_on_paper.counts)["Terdaftar"] == 3


def test_minutes_cost_the_same_for_three_and_for_thirty() -> None:
    few, _ = running(1, 2, 3)
    many, _ = running(*range(10, 40))
    client, _ = irwan()

    assert cost(client, f"{EXAMS}{few.ref}/berita-acara.pdf") == cost(
        client, f"{EXAMS}{many.ref}/berita-acara.pdf"
    )


def test_a_candidate_sees_no_minutes() -> None:
    held, _ = running(1)
    client, _ = at_work(Role.VERIFIER, n=7409)

    assert client.get(f"{EXAMS}{held.ref}/berita-acara.pdf").status_code == 404
