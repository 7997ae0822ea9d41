"""Do invigilators note who came and what broke off, and does nobody lose anything by a second click?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kompeten.exams import actions, queries
from kompeten.exams.models import Entry, Remark, Sitting, SittingScheme
from kompeten.foundation import clock
from kompeten.foundation.ledger import history
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import RoleGrant
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Route
from tests.faces.office import lists
from tests.faces.office.staff import at_work, cost, part_of, said, words
from tests.make import applications, itembank
from tests.make import exams as make
from tests.make.chains import Device

pytestmark = pytest.mark.django_db
EXAMS = "/kantor/ujian/"
WEEK = timedelta(days=7)
COGNITIVE = (Route.TRAINING, Route.DIRECT_ASSESSMENT)


def irwan(n: int = 7502) -> tuple[Client, Actor]:
    """Return an invigilator at work."""
    return at_work(Role.INVIGILATOR, n=n)


def endang(n: int = 7501) -> tuple[Client, Actor]:
    """Return a coordinator at work."""
    return at_work(Role.COORDINATOR, n=n)


def seated(
    *people: int, since: timedelta = timedelta(minutes=40)
) -> tuple[Sitting, list[tuple[Entry, Actor]]]:
    """Return an open sitting of three hours that began `since` ago, and who has a seat in it."""
    now = clock.now()
    found = [applications.accepted(n, at=now, route=Route.TRAINING) for n in people or (1,)]
    opens = now - since
    held = make.sitting(
        opens_at=opens, closes_at=opens + timedelta(hours=3), at=opens - timedelta(days=1)
    )
    entries = make.seated(held, [a for a, _ in found], at=opens - timedelta(hours=2))
    make.opened(held)
    pairs = zip(entries, found, strict=True)
    return held, [(make.mine(entry, who), who) for entry, (_, who) in pairs]


def running(
    *people: int, since: timedelta = timedelta(minutes=40)
) -> tuple[Sitting, list[tuple[Entry, Actor]]]:
    """Return the same, all of them at work since the window opened."""
    held, found = seated(*people, since=since)
    for entry, who in found:
        actions.start(entry, by=who, at=held.opens_at)
    return held, found


def over(*people: int) -> tuple[Sitting, list[Entry]]:
    """Return a closed sitting whose candidates came in on the line and never handed in."""
    held, found = running(*people, since=timedelta(hours=4))
    actions.close_sitting(held, by=make.PUTU, at=clock.now())
    return held, list(Entry.objects.filter(pk__in=[e.pk for e, _ in found]).order_by("id"))


def place(record: Sitting | Entry, *rest: str) -> str:
    """Return the address of a sitting or a seat in the office."""
    middle = "peserta/" if isinstance(record, Entry) else ""
    return f"{EXAMS}{middle}{record.ref}/" + "".join(f"{part}/" for part in rest)


def now(entry: Entry) -> Entry:
    """Return the seat as it stands."""
    return Entry.objects.get(pk=entry.pk)


def dark(entry: Entry, *, minutes: int) -> None:
    """Let the candidate's phone go dark in the tenth minute, and start again `minutes` later."""
    phone = make.phone(entry, chain="b" * 16).answer(1, "a", minute=10)
    again = phone.child("c" * 16, minute=10 + minutes)
    again.keep("o", choice="again", minute=10 + minutes).answer(2, "b", minute=11 + minutes)
    for device in (phone, again):
        vaulted(device, minute=12 + minutes)


def vaulted(device: Device, *, minute: float) -> None:
    """Let all that a device kept come in by line."""
    make.vaulted(make.sent(device, minute=minute), at=clock.now())


def test_those_ticked_are_noted_as_come_and_the_second_at_the_door_is_told() -> None:
    (first, _), (second, _) = irwan(), irwan(7503)
    held, ((one, _), (other, _)) = seated(1, 2, since=timedelta(minutes=-10))
    door = place(held, "hadir")
    ticked: dict[str, Any] = {"cara": "card", "peserta": [one.ref]}

    first.post(door, ticked)
    again = second.post(door, ticked | {"peserta": [one.ref, other.ref]}, follow=True)

    noted = [e.type for e in history("entry", one.pk)].count("entry.checked_in")
    assert noted == 1
    assert now(other).checked_in_at is not None
    assert said("All are noted") in words(again)
    one_before = "%(n)d of those ticked was noted before by somebody, or has handed in."
    assert said(one_before, n=1) in words(again)


def test_by_hand_wants_a_reason_and_keeps_it() -> None:
    client, _ = irwan()
    _held, ((entry, _),) = seated(1)
    act = place(entry, "langkah")

    silent = client.post(act, {"langkah": "hadir", "cara": "by_hand"})
    why = {"langkah": "hadir", "cara": "by_hand", "alasan": "KTP hilang, ada paspor"}
    client.post(act, why)
    twice = client.post(act, why)

    assert silent.status_code == 422
    assert said("Say in a few words why you accept it by hand.") in words(silent)
    assert twice.status_code == 409
    assert "KTP hilang, ada paspor" in words(client.get(place(entry)))


def test_the_usual_causes_take_one_tap_and_stand_in_the_history_in_words() -> None:
    client, _ = irwan()
    _held, ((entry, _),) = running(1)

    client.post(place(entry, "langkah"), {"langkah": "putus", "sebab": "jaringan"})

    assert history("entry", entry.pk)[-1].facts["reason"] == said("The line was down")


def test_an_outage_shows_who_it_hit_and_notes_exactly_those_still_silent() -> None:
    client, _ = irwan()
    held, ((silent, _), (fine, who), (back, whom)) = running(1, 2, 3)
    moment = clock.now() - timedelta(minutes=2)
    make.answered(fine, who, {1: "a"}, at=moment)
    asked = {"siapa": "diam", "menit": "10", "sebab": "listrik"}

    preview = client.get(place(held, "gangguan"), asked)
    untouched = set(held.entries.values_list("state", flat=True))
    make.answered(back, whom, {1: "b"}, at=clock.now())
    shown = " ".join((silent.ref, back.ref))
    done = client.post(place(held, "gangguan"), asked | {"peserta": shown}, follow=True)
    again = client.post(place(held, "gangguan"), asked | {"peserta": shown}, follow=True)

    assert silent.person.name in words(preview)
    assert fine.person.name not in words(preview)
    assert untouched == {"started"}
    assert [now(e).state for e in (silent, fine, back)] == ["interrupted", "started", "started"]
    one = "The outage is noted for %(n)d candidate. Nothing is lost."
    left = "%(n)d was left out: heard of again, handed in, or noted already."
    assert said(one, n=1) in words(done)
    assert said(left, n=1) in words(done)
    assert said(one, n=1) not in words(again)
    assert [e.type for e in history("entry", silent.pk)].count("entry.interrupted") == 1


def test_the_rule_proposes_time_and_one_button_gives_exactly_that_once() -> None:
    client, _ = irwan()
    _held, ((entry, _),) = running(1)
    dark(entry, minutes=6)

    page = client.get(place(entry))
    press = {"langkah": "balikkan", "sudah": "0"}
    client.post(place(entry, "langkah"), press)
    again = client.post(place(entry, "langkah"), press)
    later = words(client.get(place(entry)))

    assert queries.facts(entry).give_back == 6
    assert said("The device went off and was started again; the time is given back.") in words(page)
    assert again.status_code == 409
    assert now(entry).extra_minutes == 6
    assert said("Time to give back") not in later
    assert said("The device went off and was started again; the time is given back.") in later


def test_whoever_gives_time_after_another_is_told_and_gives_nothing_twice() -> None:
    (first, _), (second, _) = irwan(), irwan(7503)
    held, ((entry, _), _) = running(1, 2)
    more = {"menit": "10", "alasan": "Listrik padam", "sudah": "0"}

    first.post(place(held, "waktu"), more)
    all_again = second.post(place(held, "waktu"), more)
    one_again = second.post(place(entry, "langkah"), more | {"langkah": "tambah"})
    knowing = second.post(place(entry, "langkah"), more | {"langkah": "tambah", "sudah": "10"})

    assert (all_again.status_code, one_again.status_code) == (409, 409)
    told = "Somebody has given time meanwhile. Look at what there is now, then decide again."
    assert said(told) in words(all_again)
    assert knowing.status_code == 302
    assert now(entry).extra_minutes == 20


def test_a_coordinator_agrees_on_time_and_breaks_before_the_start_and_says_nothing_of_health() -> (
    None
):
    (client, _), (watcher, _) = endang(), irwan()
    _held, ((entry, _),) = seated(1)
    agreed = {"langkah": "sesuaikan", "menit": "30", "jeda": "2", "dasar": "documented"}

    foreign = watcher.post(place(entry, "langkah"), agreed)
    client.post(place(entry, "langkah"), agreed)
    too_many = client.post(place(entry, "langkah"), agreed | {"jeda": "40"})

    assert foreign.status_code == 403
    assert too_many.status_code == 422
    assert (now(entry).extra_minutes, now(entry).breaks) == (30, 2)
    facts = history("entry", entry.pk)[-1].facts
    assert facts == {"minutes": 30, "breaks": 2, "ground": "documented"}


def test_a_makeup_is_planned_for_exactly_those_interrupted_with_a_form_nobody_has_seen() -> None:
    client, _ = endang()
    held, ((hit, _), (other, _), (fine, _)) = running(1, 2, 3, since=timedelta(hours=4))
    actions.interrupt_many([hit, other], reason="Listrik padam", by=make.PUTU, at=clock.now())
    actions.close_sitting(held, by=make.PUTU, at=clock.now())
    used = held.form.ref
    fresh = itembank.form(seed=991, at=clock.now()).ref
    day = timezone.localdate(clock.now() + WEEK).isoformat()
    asked = {
        "judul": "Susulan",
        "siapa": "interrupted",
        "buka": f"{day}T09:00",
        "tutup": f"{day}T12:00",
        "peserta": f"{hit.ref} {other.ref} {fine.ref}",
    }

    page = client.get(place(held, "susulan")).content.decode()
    seen = client.post(place(held, "susulan"), asked | {"paket": used})
    client.post(place(held, "susulan"), asked | {"paket": fresh})
    again = client.post(place(held, "susulan"), asked | {"paket": fresh}, follow=True)

    assert (fresh in page, used in page) == (True, False)
    assert seen.status_code == 422
    made = Sitting.objects.exclude(pk=held.pk).get()
    assert set(made.entries.values_list("person_id", flat=True)) == {hit.person_id, other.person_id}
    assert said("Nobody of this sitting needs another seat any more.") in words(again)


def test_nobody_is_waited_for_once_a_person_says_so() -> None:
    client, _ = irwan()
    held, (entry,) = over(1)
    waits = words(client.get(place(held)))

    client.post(place(held, "nilai"))
    again = client.post(place(held, "nilai"), follow=True)

    assert said("Waiting for devices") in waits
    assert now(entry).settles_at is not None
    assert now(entry).settles_at <= clock.now()
    assert said("Nobody is waited for any longer.") in words(again)
    assert said("Waiting for devices") not in words(again)


def test_what_came_in_of_somebody_interrupted_is_taken_as_handed_in_by_a_person() -> None:
    client, _ = irwan()
    held, ((entry, _), (nothing, _)) = running(1, 2, since=timedelta(hours=4))
    actions.interrupt_many([entry, nothing], reason="Sakit", by=make.PUTU, at=clock.now())
    actions.close_sitting(held, by=make.PUTU, at=clock.now())
    vaulted(make.phone(entry, chain="b" * 16).answer(1, "a", minute=10), minute=238)
    take = {"langkah": "pulihkan"}

    page, other = (words(client.get(place(e))) for e in (entry, nothing))
    done = client.post(place(entry, "langkah"), take)
    again = client.post(place(entry, "langkah"), take)
    refused = client.post(place(nothing, "langkah"), take)

    offer = said("Take them as handed in")
    assert (offer in page, offer in other) == (True, False)
    assert (done.status_code, again.status_code, refused.status_code) == (302, 409, 422)
    assert now(entry).state == "handed_in"
    assert said("Nothing of this candidate's has come in that counts.") in words(refused)


def test_two_devices_stand_side_by_side_and_the_key_stands_nowhere() -> None:
    client, _ = irwan()
    held, ((entry, _),) = running(1)
    for chain, choice in (("b" * 16, "a"), ("d" * 16, "c")):
        vaulted(make.phone(entry, chain=chain).answer(1, choice, minute=5), minute=6)

    page = words(client.get(place(held, "beda")))

    assert entry.person.name in page
    assert f"{said('Counts')} A {said('On the other device')} C" in page


def test_a_remark_is_settled_with_a_few_words_and_the_second_is_told() -> None:
    client, _ = irwan()
    held, (entry,) = over(1)
    late = make.phone(entry, chain="e" * 16).answer(1, "a", minute=230)
    actions.settle(held, by=make.PUTU, at=clock.now())
    vaulted(late, minute=231)
    remark = Remark.objects.get(entry=entry)
    address = f"{EXAMS}perlu-dilihat/{remark.pk}/"

    page = words(client.get(f"{EXAMS}perlu-dilihat/"))
    silent = client.post(address, {"catatan": "  "})
    client.post(address, {"catatan": "Ponsel baru menyala, tidak mengubah apa pun"})
    again = client.post(address, {"catatan": "Sama"})

    assert entry.person.name in page
    assert (silent.status_code, again.status_code) == (422, 409)
    assert said("Nothing waits") in words(client.get(f"{EXAMS}perlu-dilihat/"))


def test_the_board_says_how_often_the_page_was_left_as_a_fact() -> None:
    client, _ = irwan()
    held, ((entry, _),) = running(1, since=timedelta(minutes=5))
    phone = make.phone(entry, chain="b" * 16)
    phone.keep("f", minute=1).keep("r", minute=2).keep("f", minute=3)
    vaulted(phone, minute=4)

    page = words(client.get(place(held)))

    assert said("left the page %(n)d time", n=2) in page
    assert said("All calm: nobody needs anything right now.") in page


def test_looking_at_the_board_writes_nothing() -> None:
    client, _ = irwan()
    held, ((entry, _),) = running(1)
    from kompeten.exams.adapters.journal import journal

    device = make.phone(entry, chain="b" * 16).answer(1, "a", minute=5)
    journal().append([make.sent(device, minute=6)])
    before = entry.records.count()

    client.get(place(held))

    assert entry.records.count() == before


def test_the_board_costs_the_same_for_ten_and_for_three_hundred() -> None:
    client, _ = irwan()
    _, verifier = at_work(Role.VERIFIER, n=7504)
    by = lists.sponsor()
    held, _ = seated(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    addresses = [place(held), place(held, "hadir"), place(held, "gangguan")]
    few = [cost(client, address) for address in addresses]
    for version in schemes.versions():
        SittingScheme.objects.get_or_create(sitting=held, scheme_version_id=version.id)
    many = lists.accepted(560, by=by, verifier=verifier, seed=23)
    make.seated(held, [a for a in many if a.route in COGNITIVE], at=clock.now())

    assert held.entries.count() >= 300
    assert [cost(client, address) for address in addresses] == few


def test_the_list_of_who_came_is_swapped_as_it_stands_on_the_page() -> None:
    client, _ = irwan()
    held, _ = seated(1, 2)

    fragment, whole = part_of(client, place(held, "hadir"))

    assert fragment in whole


def test_strangers_find_none_of_it_and_a_lapsed_role_changes_nothing() -> None:
    (stranger, _), (watcher, by) = at_work(Role.VERIFIER, n=7505), irwan()
    (auditor, _) = at_work(Role.AUDITOR, n=7506)
    held, ((entry, _),) = running(1)
    looks = [place(held, part) for part in ("hadir", "gangguan", "susulan", "beda")]
    looks.append(f"{EXAMS}perlu-dilihat/")
    outage = {"siapa": "semua", "menit": "10", "sebab": "listrik", "peserta": entry.ref}

    assert {stranger.get(address).status_code for address in looks} == {404}
    assert watcher.get(place(held, "susulan")).status_code == 404
    assert auditor.get(place(held, "beda")).status_code == 200
    assert auditor.post(place(held, "gangguan"), outage).status_code == 403
    RoleGrant.objects.filter(account_id=by.account_id).update(valid_until=clock.now())
    assert watcher.post(place(held, "gangguan"), outage).status_code in (403, 404)
    assert watcher.post(place(held, "nilai")).status_code in (403, 404)
    assert now(entry).state == "started"
