"""Does a committee decide what it should, alone and once, and does the director's signature count?"""

import random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kompeten.decisions import actions, queries
from kompeten.decisions.models import Decision, Decree, Meeting
from kompeten.decisions.terms import State
from kompeten.foundation import clock
from kompeten.impartiality import actions as ties
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Person, RoleGrant
from kompeten.results import tasks as results
from kompeten.schemes.terms import Route
from tests.faces.office.staff import at_work, cost, entered, said, words
from tests.make import practicals
from tests.make.people import account

pytestmark = pytest.mark.django_db
DECISIONS = "/kantor/keputusan/"
MINUTES = "Semua hasil dibahas satu per satu; keputusan diambil dengan mufakat."


def members(count: int = 3) -> list[Actor]:
    """Return people who hold the role now."""
    at = clock.now()
    found = [account(4001 + n, Role.COMMITTEE, at=at, label=f"Anggota {n}") for n in range(count)]
    return found


def sealed(*people: int, mark: int = 4) -> None:
    """Seal the results of people who came by portfolio and interview; with a mark of 2 not yet."""
    for n in people or (1,):
        practicals.settled(n, mark=mark, route=Route.DIRECT_CERTIFICATION)
    while results.seal(at=clock.now()):
        continue


def convened(*people: int, mark: int = 4) -> tuple[Meeting, list[Actor], Client]:
    """Return a meeting with results on its agenda, who sits, and the browser of the chair."""
    sealed(*people, mark=mark)
    sitting, at = members(), clock.now()
    by = account(4010, Role.REGISTRAR, at=at)
    held = actions.convene(
        sitting,
        held_at=at,
        zone="Asia/Jakarta",
        place="Jakarta",
        by=by,
        at=at,
        rng=random.Random(1),
    )
    actions.propose(held, list(queries.inbox()), by=by, at=at, rng=random.Random(2))
    return held, sitting, entered(sitting[0])


def path(held: Meeting, step: str = "") -> str:
    """Return an address of a meeting."""
    return f"{DECISIONS}rapat/{held.ref}/{step}"


def refs(held: Meeting) -> list[str]:
    """Return the decisions of a meeting."""
    return [d.ref for d in queries.agenda(held)]


def outcome(held: Meeting) -> list[str]:
    """Return where the decisions of a meeting stand."""
    return [d.state for d in queries.agenda(held)]


def closed(held: Meeting, chair: Actor) -> Decree:
    """Return the decree of a meeting that decided as recommended."""
    at = clock.now()
    actions.decide(held, list(queries.agenda(held)), by=chair, at=at)
    return actions.close(held, minutes=MINUTES, by=chair, at=at, rng=random.Random(3))


def call(sitting: list[Actor], **more: Any) -> dict[str, Any]:
    """Return what the form of a convening sends."""
    said_so = {
        "anggota": [str(m.account_id) for m in sitting],
        "waktu": "2027-05-03T09:00",
        "zona": "Asia/Makassar",
        "tempat": "Ruang rapat",
    }
    return said_so | more


def test_a_meeting_is_convened_once_with_its_chair_and_what_waits() -> None:
    client, _ = at_work(Role.COORDINATOR, n=7501)
    sealed()
    sitting = members()
    data = call(sitting, ketua=str(sitting[2].account_id))

    first = client.post(f"{DECISIONS}rapat-baru/", data)
    again = client.post(f"{DECISIONS}rapat-baru/", data)

    held = Meeting.objects.get()
    assert first["Location"] == again["Location"] == path(held)
    assert held.held_at.hour == 1  # 09.00 WITA
    assert queries.member_ids(held)[0] == sitting[2].person_id
    assert outcome(held) == ["proposed"]


def test_two_members_are_no_committee_and_the_form_keeps_what_was_written() -> None:
    client, _ = at_work(Role.COORDINATOR, n=7501)
    sitting = members()

    answer = client.post(f"{DECISIONS}rapat-baru/", call(sitting[:2]))

    assert answer.status_code == 422
    assert said("A committee has at least three different members.") in words(answer)
    assert 'value="Ruang rapat"' in answer.content.decode()
    assert not Meeting.objects.exists()


def test_whoever_is_tied_to_a_member_stays_off_the_agenda_and_is_named() -> None:
    client, _ = at_work(Role.COORDINATOR, n=7501)
    sealed()
    sitting = members()
    candidate = queries.inbox().get().person
    pair = [(sitting[1].person_id or 0, candidate.pk)]
    ties.tie_many(TieKind.TRAINED, pair, since=timezone.localdate(clock.now()), source="tests")

    answer = client.post(f"{DECISIONS}rapat-baru/", call(sitting), follow=True)

    assert candidate.name in words(answer)
    assert said("This person trained the candidate less than two years ago.") in words(answer)
    assert not Decision.objects.exists()


def test_what_is_shown_is_decided_as_recommended_but_where_written_otherwise() -> None:
    held, _, client = convened(1, 2)
    first, second = refs(held)
    data = {
        "putusan": [first, second],
        f"lain-{first}": "on",
        f"alasan-{first}": "Bukti diragukan.",
    }

    client.post(path(held, "putuskan/"), data)
    again = client.post(path(held, "putuskan/"), data, follow=True)

    decided = {d.ref: (d.state, d.reason) for d in queries.agenda(held)}
    assert decided == {
        first: (State.DEFERRED, "Bukti diragukan."),
        second: (State.GRANTED, ""),
    }
    assert again.status_code == 200


def test_only_what_the_page_showed_is_decided_or_all_if_so_asked() -> None:
    held, _, client = convened(1, 2, 3)
    first = refs(held)[0]

    client.post(path(held, "putuskan/"), {"putusan": [first]})
    one = outcome(held)
    client.post(path(held, "putuskan/"), {"semua": "ya"})

    assert one == ["granted", "proposed", "proposed"]
    assert outcome(held) == ["granted"] * 3


def test_a_departure_without_a_reason_decides_nothing_and_loses_nothing() -> None:
    held, _, client = convened(1, 2)
    first, second = refs(held)
    data = {
        "putusan": [first, second],
        f"lain-{first}": "on",
        f"lain-{second}": "on",
        f"alasan-{second}": "Sumber ganda.",
    }

    answer = client.post(path(held, "putuskan/"), data)

    assert answer.status_code == 422
    assert "Sumber ganda." in answer.content.decode()
    assert said("Write why the committee departs from the recommendation.") in words(answer)
    assert outcome(held) == ["proposed", "proposed"]


def test_who_does_not_sit_cannot_decide() -> None:
    held, _, _client = convened()
    outsider, _ = at_work(Role.COMMITTEE, n=7502)
    coordinator, _ = at_work(Role.COORDINATOR, n=7501)

    answer = outsider.post(path(held, "putuskan/"), {"semua": "ya"})

    assert answer.status_code == 409
    assert coordinator.post(path(held, "putuskan/"), {"semua": "ya"}).status_code == 403
    assert outcome(held) == ["proposed"]


def test_a_meeting_is_closed_with_minutes_once_all_is_decided() -> None:
    held, _, client = convened()

    early = client.post(path(held, "tutup/"), {"risalah": MINUTES})
    client.post(path(held, "putuskan/"), {"semua": "ya"})
    empty = client.post(path(held, "tutup/"), {"risalah": " "})
    client.post(path(held, "tutup/"), {"risalah": MINUTES})
    again = client.post(path(held, "tutup/"), {"risalah": MINUTES})

    assert (early.status_code, empty.status_code, again.status_code) == (422, 422, 302)
    assert Decree.objects.get().meeting == held
    assert MINUTES in words(client.get(path(held)))


def test_a_decree_is_signed_by_the_director_once_and_can_be_downloaded() -> None:
    held, sitting, _client = convened()
    decree = closed(held, sitting[0])
    director, _ = at_work(Role.DIRECTOR, n=7503)
    sign = f"{DECISIONS}sk/{decree.ref}/tanda-tangan/"

    waits = director.get(DECISIONS)
    nowhere = director.post(sign, {"kota": ""})
    draft, before = (
        queries.decree_draft(decree),
        director.get(f"{DECISIONS}sk/{decree.ref}/berkas/"),
    )
    director.post(sign, {"kota": "Jakarta"})
    again = director.post(sign, {"kota": "Bandung"})
    paper = director.get(f"{DECISIONS}sk/{decree.ref}/berkas/")

    assert decree.number in words(waits)
    assert (nowhere.status_code, again.status_code) == (422, 302)
    assert before.content == draft
    assert paper.content.startswith(b"%PDF")
    assert "attachment" in paper["Content-Disposition"]


def test_a_name_that_no_paper_can_show_is_told_before_anything_is_signed() -> None:
    held, sitting, _client = convened()
    decree = closed(held, sitting[0])
    director, _ = at_work(Role.DIRECTOR, n=7503)
    sign = f"{DECISIONS}sk/{decree.ref}/tanda-tangan/"
    # As it could be admitted before names were judged.
    Person.objects.filter(pk=held.decisions.get().person_id).update(name="محمد علي")

    answer = director.post(sign, {"kota": "Jakarta"})

    assert answer.status_code == 422
    assert said("The decree cannot be printed: %(what)s holds a sign that is no Latin letter. Correct it,"
                " then sign.", what="محمد علي") in words(answer)  # fmt: skip
    assert Decree.objects.get().state == "drawn_up"
    person = Person.objects.get(name="محمد علي")
    way = f"/kantor/orang/{person.ref}/nama/"
    assert way in director.get(f"{DECISIONS}putusan/{refs(held)[0]}/").content.decode()
    director.post(way, {"nama": "Muhammad Ali", "dasar": "KTP"})
    assert director.post(sign, {"kota": "Jakarta"}).status_code == 302


def test_a_committee_member_cannot_sign() -> None:
    held, sitting, client = convened()
    decree = closed(held, sitting[0])

    answer = client.post(f"{DECISIONS}sk/{decree.ref}/tanda-tangan/", {"kota": "Jakarta"})

    assert answer.status_code == 403
    assert Decree.objects.get().state == "drawn_up"


def test_a_decision_shows_what_was_sealed_and_tells_its_story() -> None:
    held, sitting, client = convened(mark=2)
    closed(held, sitting[0])

    answer = client.get(f"{DECISIONS}putusan/{refs(held)[0]}/")

    assert said("The committee decided: not yet competent.") in words(answer)
    assert said("What was sealed") in words(answer)


def test_the_agenda_can_be_narrowed_to_those_not_recommended() -> None:
    held, _, client = convened(1, 2)

    assert said("Nothing in this part") in words(client.get(path(held), {"bagian": "bk"}))
    assert 'name="putusan"' in client.get(path(held), {"bagian": "k"}).content.decode()


def test_strangers_find_nothing_and_a_lapsed_member_decides_nothing() -> None:
    held, sitting, client = convened()
    stranger, _ = at_work(Role.VERIFIER, n=7504)
    place = f"{DECISIONS}putusan/{refs(held)[0]}/"

    assert {stranger.get(a).status_code for a in (DECISIONS, path(held), place)} == {404}
    assert stranger.get(f"{DECISIONS}rapat-baru/").status_code == 404
    RoleGrant.objects.filter(account_id=sitting[0].account_id).update(valid_until=clock.now())
    assert client.post(path(held, "putuskan/"), {"semua": "ya"}).status_code == 403
    assert outcome(held) == ["proposed"]


def test_pages_cost_the_same_for_one_result_and_for_three() -> None:
    held, sitting, client = convened(1)
    pages = (DECISIONS, path(held))
    one = [cost(client, page) for page in pages]
    sealed(2, 3)
    registrar = account(4011, Role.REGISTRAR, at=clock.now())
    waiting = list(queries.inbox())
    actions.propose(held, waiting, by=registrar, at=clock.now(), rng=random.Random(9))

    assert len(refs(held)) == 3
    assert [cost(entered(sitting[0]), page) for page in pages] == one
