"""Can a coordinator plan, open, fill, hold and close a session, and nobody else?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.training import queries
from kompeten.training.models import Enrolment, Session
from kompeten.training.terms import EnrolmentState, State
from tests.faces.office import lists
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import applications, training
from tests.make.verification import verifier

pytestmark = pytest.mark.django_db
CALENDAR = "/kantor/bimtap/"
HOUR = timedelta(hours=1)


def coordinator() -> tuple[Client, Actor]:
    """Return a coordinator at work."""
    return at_work(Role.COORDINATOR)


def session(by: Actor, n: int = 1, *, begins_in: timedelta = 48 * HOUR, **more: object) -> Session:
    """Return a session that is open for names and begins so long from now."""
    begins = clock.now() + begins_in
    plan = {"starts_at": begins, "ends_at": begins + 8 * HOUR} | more
    return training.session(n, by=by, at=clock.now() - timedelta(days=2), **plan)


def candidates(count: int, *, seed: int = 5) -> list:  # type: ignore[type-arg]
    """Return accepted applications without a place."""
    return lists.accepted(
        count,
        by=lists.sponsor(7900 + seed),
        verifier=verifier(7800 + seed, at=clock.now()),
        seed=seed,
    )


def path(found: Session, more: str = "") -> str:
    """Return an address of a session."""
    return f"{CALENDAR}{found.ref}/{more}"


def plan(**more: object) -> dict[str, object]:
    """Return a filled-in plan: eight to three by the clocks of Jayapura, in Jayapura."""
    return {
        "judul": "Bimtap Indonesia Timur",
        "mulai": "2031-03-02T08:00",
        "selesai": "2031-03-02T15:00",
        "zona": "Asia/Jayapura",
        "kuota": "40",
        "tempat": "Aula Dinas Sosial",
    } | more


def test_a_session_is_planned_by_the_clocks_of_its_own_zone() -> None:
    client, _ = coordinator()
    teacher = training.trainer(at=clock.now())

    answer = client.post(f"{CALENDAR}baru/", plan(narasumber=[str(teacher.person_id)]))

    made = Session.objects.get()
    assert answer["Location"] == path(made)
    assert made.state == State.PLANNED
    assert made.starts_at == datetime(2031, 3, 1, 23, 0, tzinfo=UTC)
    assert queries.trainer_ids(made) == [teacher.person_id]
    assert "08.00–15.00 WIT" in words(client.get(path(made)))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"selesai": "2031-03-02T07:00"}, "The session ends before it starts."),
        ({"selesai": "2031-05-02T07:00"}, "A session lasts at most 31 days."),
        ({"tempat": ""}, "Give a place or a link."),
    ],
)
def test_a_plan_that_cannot_be_is_asked_again(wrong: dict[str, object], sentence: str) -> None:
    client, _ = coordinator()

    answer = client.post(f"{CALENDAR}baru/", plan(**wrong))

    assert answer.status_code == 422
    assert said(sentence) in words(answer)
    assert "Bimtap Indonesia Timur" in answer.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"mulai": "0001-01-01T00:00"},
        {"mulai": "9999-12-31T23:59", "selesai": "9999-12-31T23:59"},
        {"mulai": "kapan-kapan"},
        {"kuota": "0"},
        {"kuota": "99999999999999999999"},
        {"zona": "Europe/Berlin"},
        {"narasumber": ["1' or 1=1"]},
        {"tautan": "javascript:alert(1)"},
    ],
)
def test_bad_input_is_said_kindly(wrong: dict[str, object]) -> None:
    client, _ = coordinator()

    assert client.post(f"{CALENDAR}baru/", plan(**wrong)).status_code == 422
    assert not Session.objects.exists()


def test_a_plan_is_changed_and_the_form_shows_what_stands() -> None:
    client, by = coordinator()
    found = session(by)

    form = client.get(path(found, "ubah/"))
    answer = client.post(path(found, "ubah/"), plan(judul="Bimtap pindah ruang"))

    assert found.title in form.content.decode()
    assert answer["Location"] == path(found)
    assert Session.objects.get().title == "Bimtap pindah ruang"


def test_a_quota_cannot_sink_below_the_places_given() -> None:
    client, by = coordinator()
    found = session(by)
    client.post(path(found, "peserta/"), {"pilih": [c.pk for c in candidates(3)]})

    answer = client.post(path(found, "ubah/"), plan(kuota="2"))

    assert answer.status_code == 422
    assert said("There are not enough places left in this session.") in words(answer)


def test_a_planned_session_is_opened_once() -> None:
    client, _ = coordinator()
    client.post(f"{CALENDAR}baru/", plan())
    found = Session.objects.get()

    first = client.post(path(found, "buka/"))
    second = client.post(path(found, "buka/"))

    assert (first.status_code, second.status_code) == (302, 409)
    assert Session.objects.get().state == State.OPEN


def test_places_are_given_to_those_ticked() -> None:
    client, by = coordinator()
    found = session(by)
    first, second, third = candidates(3)

    page = client.get(path(found, "peserta/"))
    answer = client.post(path(found, "peserta/"), {"pilih": [first.pk, third.pk]}, follow=True)

    assert str(second.pk) in page.content.decode()
    held = set(Enrolment.objects.values_list("application_id", flat=True))
    assert held == {first.pk, third.pk}
    assert said("%(n)d place given.", n=2) in words(answer)


def test_places_are_given_to_the_first_of_the_list_until_the_session_is_full() -> None:
    client, by = coordinator()
    found = session(by, quota=2)
    first, second, _ = candidates(3)

    client.post(path(found, "peserta/"), {"isi": "ya"})
    again = client.post(path(found, "peserta/"), {"isi": "ya"})

    held = set(Enrolment.objects.values_list("application_id", flat=True))
    assert held == {first.pk, second.pk}
    assert again.status_code == 422


def test_a_session_that_is_full_refuses_all() -> None:
    client, by = coordinator()
    found = session(by, quota=2)

    answer = client.post(path(found, "peserta/"), {"pilih": [c.pk for c in candidates(3)]})

    assert answer.status_code == 422
    assert said("There are not enough places left in this session.") in words(answer)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["9" * 40], ["999999"]])
def test_ticking_nobody_gives_no_place(ticked: list[str]) -> None:
    client, by = coordinator()
    found = session(by)
    candidates(1)

    answer = client.post(path(found, "peserta/"), {"pilih": ticked})

    assert answer.status_code == 422
    assert said("Tick at least one candidate.") in words(answer)


def test_nobody_gets_a_place_before_the_application_is_accepted() -> None:
    client, by = coordinator()
    found = session(by)
    waiting, _ = applications.submitted(1, at=clock.now())

    answer = client.post(path(found, "peserta/"), {"pilih": [waiting.pk]})

    assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_a_place_is_taken_back_only_in_its_own_session() -> None:
    client, by = coordinator()
    found, other = session(by, 1), session(by, 2)
    client.post(path(found, "peserta/"), {"pilih": [candidates(1)[0].pk]})
    place = Enrolment.objects.get()

    wrong = client.post(path(other, f"peserta/{place.pk}/lepas/"))
    absurd = client.post(path(found, f"peserta/{10**30}/lepas/"))
    right = client.post(path(found, f"peserta/{place.pk}/lepas/"))

    assert (wrong.status_code, absurd.status_code, right.status_code) == (404, 404, 302)
    assert Enrolment.objects.get().state == EnrolmentState.WITHDRAWN
    assert Session.objects.get(pk=found.pk).taken == 0


def test_the_list_is_taken_corrected_and_made_final() -> None:
    client, by = coordinator()
    found = session(by, begins_in=-HOUR)
    client.post(path(found, "peserta/"), {"pilih": [c.pk for c in candidates(3)]})
    first, second, third = (p.enrolment_id for p in queries.participants(found))

    ticked = client.get(path(found, "hadir/"), {"centang": "semua"}).content.decode()
    client.post(path(found, "hadir/"), {"hadir": [first, second]})
    corrected = client.post(path(found, "hadir/"), {"hadir": [first, second, third]})
    closed = client.post(path(found, "final/"))
    after = client.post(path(found, "hadir/"), {"hadir": [first]})

    assert ticked.count("checked") == 3
    assert (corrected.status_code, closed.status_code, after.status_code) == (302, 302, 409)
    assert set(Enrolment.objects.values_list("state", flat=True)) == {EnrolmentState.ATTENDED}


def test_no_list_is_taken_before_the_session_has_begun() -> None:
    client, by = coordinator()
    found = session(by)

    answer = client.post(path(found, "hadir/"), {"hadir": []})

    assert answer.status_code == 409
    assert said("Attendance can be taken once the session has begun.") in words(answer)


def test_calling_off_asks_why_and_frees_everybody() -> None:
    client, by = coordinator()
    found = session(by)
    client.post(path(found, "peserta/"), {"pilih": [candidates(1)[0].pk]})

    unasked = client.post(path(found, "batal/"), {"alasan": " "})
    done = client.post(path(found, "batal/"), {"alasan": "Banjir di lokasi."}, follow=True)

    assert unasked.status_code == 422
    assert "Banjir di lokasi." in words(done)
    assert Enrolment.objects.get().state == EnrolmentState.WITHDRAWN
    assert Session.objects.get().state == State.CANCELLED


def test_a_trainer_takes_the_list_of_their_own_session_only() -> None:
    _, by = coordinator()
    teacher = training.trainer(at=clock.now())
    mine = session(by, 1, begins_in=-HOUR, trainers=(teacher.person_id,))
    other = session(by, 2, begins_in=-HOUR, trainers=(by.person_id,))
    client = entered(teacher)

    assert mine.title in words(client.get(CALENDAR))
    assert other.title not in words(client.get(CALENDAR))
    assert client.get(path(other)).status_code == 404
    assert client.post(path(mine, "hadir/"), {}).status_code == 302
    assert client.post(path(mine, "final/")).status_code == 403
    assert client.get(path(mine, "peserta/")).status_code == 404
    assert client.get(f"{CALENDAR}baru/").status_code == 404


def test_an_auditor_reads_and_changes_nothing() -> None:
    _, by = coordinator()
    found = session(by)
    client, _ = at_work(Role.AUDITOR, n=7003)

    assert client.get(CALENDAR).status_code == 200
    assert said("Give places") not in words(client.get(path(found)))
    for act in ("buka/", "hadir/", "final/", "peserta/", "ubah/"):
        assert client.post(path(found, act)).status_code in {403, 409}
    assert client.post(path(found, "batal/"), {"alasan": "x"}).status_code == 403
    assert Session.objects.get().state == State.OPEN


def test_sessions_are_not_for_verifiers_nor_applicants() -> None:
    _, by = coordinator()
    found = session(by)
    _, owner = applications.submitted(1, at=clock.now())

    for client in (at_work(Role.VERIFIER, n=7002)[0], entered(owner)):
        assert client.get(CALENDAR).status_code == 404
        assert client.get(path(found)).status_code == 404


def test_what_htmx_swaps_is_a_part_of_the_page() -> None:
    client, by = coordinator()
    found = session(by)
    candidates(2)

    fragment, whole = part_of(client, path(found, "peserta/"))

    assert fragment.startswith('<div id="waiting"')
    assert fragment in whole


def test_the_calendar_takes_as_many_queries_for_one_as_for_three() -> None:
    client, by = coordinator()
    session(by, 1)
    one = cost(client, CALENDAR)

    session(by, 2)
    session(by, 3)

    assert cost(client, CALENDAR) == one


def test_a_session_takes_as_many_queries_for_one_name_as_for_twenty() -> None:
    client, by = coordinator()
    found = session(by)
    one, *others = candidates(20)
    client.post(path(found, "peserta/"), {"pilih": [one.pk]})
    pages = [path(found), path(found, "peserta/"), path(found, "hadir/")]
    few = [cost(client, page) for page in pages]

    client.post(path(found, "peserta/"), {"pilih": [c.pk for c in others]})

    assert [cost(client, page) for page in pages] == few
