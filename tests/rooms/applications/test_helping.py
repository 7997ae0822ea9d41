"""Does helping begin only with the person, reach no further than one application, and leave its name?"""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F

from kompeten.applications import actions, queries
from kompeten.applications.chart import HELP
from kompeten.applications.models import Application, Help
from kompeten.applications.tasks import end_idle_helps
from kompeten.applications.terms.application import Step
from kompeten.applications.terms.helping import HELP_VERSION, HelpEnd, HelpState, Shown
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import ledger, shortlinks
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Consent
from kompeten.people.terms import ConsentWay
from tests.make import applications as make
from tests.make import races
from tests.make.helping import BORN, NIKS, begun, listed, shown, together
from tests.make.invitations import officer
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
SEEDS = count(100)
PERMITTED = 5  # statements until somebody may try and the row of their tries is found
IDLE = timedelta(minutes=settings.OPTIONS.help_idle_minutes)


def begin(
    application: Application,
    by: Actor,
    said: Shown,
    *,
    at: Any = MONDAY,
    version: str = HELP_VERSION,
) -> Help | None:
    """Try to begin, with what the person typed."""
    return actions.begin_help(
        application, said, version=version, by=by, at=at, rng=random.Random(next(SEEDS))
    )


def refused(attempt: Callable[[], object]) -> tuple[str, ...]:
    """Return the reasons for which an attempt is refused."""
    with pytest.raises(StepRefused) as refusal:
        attempt()
    return refusal.value.reasons


def test_it_begins_with_what_only_the_person_should_know() -> None:
    by = officer()
    (first,) = listed(by)
    code = shortlinks.spaced(shortlinks.code_of("status", first.ref))

    assert begin(first, by, Shown(birth=BORN)) is None
    assert begin(first, by, Shown(nik_end="0002", birth=BORN)) is None
    assert begin(first, by, Shown()) is None
    held = begin(first, by, Shown(code=code.lower()))

    assert held is not None
    (event,) = [e for e in ledger.history("help", held.pk) if e.type == "help.begun"]
    assert event.facts == {"way": "code", "version": HELP_VERSION}
    assert event.actor_id == by.account_id


def test_after_five_wrong_answers_nobody_begins_before_the_next_day() -> None:
    by = officer()
    (first,) = listed(by)

    for _ in range(5):
        assert begin(first, by, Shown(nik_end="9999", birth=BORN)) is None

    assert refused(lambda: begin(first, by, shown())) == ("help.locked",)
    coordinator = account(50, Role.COORDINATOR)
    assert refused(lambda: begin(first, coordinator, shown())) == ("help.locked",)
    assert begin(first, by, shown(), at=MONDAY + timedelta(hours=24)) is not None


def test_several_helpers_have_five_answers_together_about_one_person() -> None:
    by = officer()
    (first,) = listed(by)
    helpers = [by, *(account(50 + n, Role.COORDINATOR) for n in range(4))]

    for helper in helpers:
        assert begin(first, helper, Shown(nik_end="9999", birth=BORN)) is None

    for helper in (*helpers, account(60, Role.COORDINATOR)):
        assert refused(lambda helper=helper: begin(first, helper, shown())) == ("help.locked",)


def test_a_helper_has_twenty_wrong_answers_a_day_whoever_they_are_about() -> None:
    by, other = officer(), account(50, Role.COORDINATOR)
    *some, last = listed(by, count=6)
    for one in some:
        for _ in range(4):
            assert begin(one, by, Shown(nik_end="9999", birth=BORN)) is None

    assert refused(lambda: begin(last, by, shown())) == ("help.tries",)
    assert begin(last, other, shown(6)) is not None
    assert begin(some[0], by, shown(), at=MONDAY + timedelta(hours=24)) is not None


def test_a_right_answer_is_no_try() -> None:
    by = officer()
    (first,) = listed(by)
    begin(first, by, Shown(nik_end="9999", birth=BORN))

    held = begun(first, by)

    held.refresh_from_db()
    assert held.tries == 0


def test_whoever_shows_who_they_are_leaves_no_mistake_with_the_helper() -> None:
    by = officer()
    people = listed(by, count=8)
    for n, one in enumerate(people, start=1):
        for _ in range(3):
            assert begin(one, by, Shown(nik_end="9999", birth=BORN)) is None
        held = begun(one, by, n=n)
        for _ in range(2):
            assert actions.prove_helped(held, Shown(code="000000"), at=MONDAY) is None
        assert actions.prove_helped(held, shown(n), at=MONDAY)

    assert queries.help_tries(people[0], by, at=MONDAY) == (0, 0)
    begin(people[0], by, Shown(code="000000"))
    begun(people[1], by, n=2)
    assert queries.help_tries(people[1], by, at=MONDAY) == (0, 1)


def test_a_right_answer_wipes_out_what_was_mistaken_in_helpings_that_have_ended() -> None:
    by, other = officer(), account(50, Role.COORDINATOR)
    (first,) = listed(by)
    begin(first, other, Shown(code="000000"))

    for n in range(3):
        at = MONDAY + n * timedelta(minutes=20)
        held = begun(first, by, at=at, seed=10 + n)
        for _ in range(2):
            assert actions.prove_helped(held, Shown(code="000000"), at=at) is None
        assert queries.help_tries(first, by, at=at) == (3, 2)
        actions.end_help(held, why=HelpEnd.IDLE, by=SYSTEM, at=at)

    # what another helper's person mistook stays
    begun(first, by, seed=20)
    assert queries.help_tries(first, by, at=MONDAY) == (1, 0)


def test_a_mistake_after_a_right_answer_begins_a_day_of_its_own() -> None:
    by = officer()
    (first,) = listed(by)
    begin(first, by, Shown(code="000000"))
    held, late = begun(first, by), MONDAY + timedelta(hours=23)

    for _ in range(3):
        actions.prove_helped(held, Shown(code="000000"), at=late)

    assert queries.help_tries(first, by, at=TUESDAY + timedelta(minutes=1)) == (3, 3)


def two_of_one_person() -> tuple[Application, Application]:
    """Return two applications of one person, for different schemes."""
    own = make.draft(20)
    return own, make.draft(21, by=make.owner(own), scheme="social_worker_generalist")


def test_a_person_who_is_locked_is_so_for_whatever_they_apply() -> None:
    coordinator, last = account(50, Role.COORDINATOR), MONDAY + timedelta(hours=23)
    own, other = two_of_one_person()
    for at in (MONDAY, MONDAY, MONDAY, MONDAY, last):
        assert begin(own, coordinator, Shown(code="000000"), at=at) is None

    fitting, over = Shown(code=shortlinks.code_of("status", other.ref)), last + timedelta(hours=24)
    # the mistakes of Monday count no longer, but the lock holds for a day
    late = over - timedelta(seconds=1)
    assert refused(lambda: begin(other, coordinator, fitting, at=late)) == ("help.locked",)
    assert begin(other, coordinator, fitting, at=over) is not None


def test_a_right_answer_wipes_out_mistakes_about_whatever_the_person_applies() -> None:
    coordinator = account(50, Role.COORDINATOR)
    own, other = two_of_one_person()
    begin(own, coordinator, Shown(code="000000"))

    assert begin(other, coordinator, Shown(code=shortlinks.code_of("status", other.ref)))

    assert queries.help_tries(own, coordinator, at=MONDAY) == (0, 0)


def test_a_mistake_each_day_never_becomes_five() -> None:
    by = officer()
    (first,) = listed(by)

    for n in range(7):
        at = MONDAY + timedelta(hours=23 * n)
        assert begin(first, by, Shown(code="000000"), at=at) is None

    assert not Help.objects.exclude(state=HelpState.ASKED.value).exists()


def test_who_is_locked_stays_so_for_a_day_after_the_last_mistake() -> None:
    by, last = officer(), MONDAY + timedelta(hours=23)
    (first,) = listed(by)
    for at in (MONDAY, MONDAY, MONDAY, MONDAY, last):
        begin(first, by, Shown(code="000000"), at=at)

    over = last + timedelta(hours=24)
    assert refused(lambda: begin(first, by, shown(), at=over - timedelta(seconds=1))) == (
        "help.locked",
    )
    assert begin(first, by, shown(), at=over) is not None


def counted(n: int, *, of: Application) -> Callable[[], object]:
    """Return what others do who ask at this moment: they count `n` tries about a person."""
    rows = Help.objects.filter(application=of)
    return lambda: rows.update(tries=F("tries") + n, tried_at=MONDAY)


def test_when_too_many_ask_at_once_nothing_is_compared_and_the_record_says_so() -> None:
    by = officer()
    (first,) = listed(by)
    begin(first, by, Shown(code="000000"))

    with races.meanwhile(counted(4, of=first), after=PERMITTED):
        assert refused(lambda: begin(first, by, shown())) == ("help.locked",)

    held = Help.objects.get()
    assert (held.state, held.ended_at) == (HelpState.LOCKED, MONDAY)
    assert [e.type for e in ledger.history("help", held.pk)] == ["help.opened", "help.locked"]


def test_a_helper_with_too_many_at_once_is_told_that_it_is_they() -> None:
    by = officer()
    first, second = listed(by, count=2)
    begin(first, by, Shown(code="000000"))
    begin(second, by, Shown(code="000000"))

    with races.meanwhile(counted(20, of=second), after=PERMITTED):
        assert refused(lambda: begin(first, by, shown())) == ("help.tries",)

    assert not Help.objects.filter(state=HelpState.LOCKED.value).exists()


def test_of_two_last_mistakes_at_once_both_hear_that_nobody_can_begin() -> None:
    by = officer()
    (first,) = listed(by)
    begin(first, by, Shown(code="000000"))
    counted(3, of=first)()
    held = Help.objects.get()

    def lock() -> None:
        ledger.take(HELP, "lock", held, by=SYSTEM, at=MONDAY, also={"ended_at": MONDAY})

    # the try is counted, it is the fifth, it is wrong, and nobody is locked yet
    with races.meanwhile(lock, after=PERMITTED + 8):
        assert refused(lambda: begin(first, by, Shown(code="000000"))) == ("help.locked",)

    assert [e.type for e in ledger.history("help", held.pk)].count("help.locked") == 1


def test_a_sponsor_reaches_their_own_lists_and_the_body_whatever_is_open() -> None:
    by, other = officer(), officer(901)
    (first,) = listed(by)
    alone = make.draft(20)
    coordinator = account(50, Role.COORDINATOR)

    assert list(queries.helpable(by)) == [first]
    assert list(queries.helpable(other)) == []
    assert {a.pk for a in queries.helpable(coordinator)} == {first.pk, alone.pk}
    for stranger in (other, account(51, Role.VERIFIER), account(52, Role.APPLICANT)):
        assert queries.to_help(first.ref, stranger) is None
        assert refused(lambda s=stranger: begin(first, s, shown())) == ("role.not_held",)  # type: ignore[misc]


def test_who_was_known_before_a_list_is_not_opened_by_what_their_office_knows() -> None:
    by = officer()
    (first,) = listed(by)
    person = first.person
    type(person).objects.filter(pk=person.pk).update(created_at=MONDAY - timedelta(days=30))
    known = queries.to_help(first.ref, by)
    assert known is not None

    assert refused(lambda: begin(known, by, shown())) == ("help.known",)
    assert begin(known, account(50, Role.COORDINATOR), shown()) is not None


def test_nobody_helps_themselves_and_who_is_helped_helps_nobody() -> None:
    coordinator = account(50, Role.COORDINATOR)
    own = make.draft(50, by=coordinator)
    (first,) = listed(officer())

    assert queries.to_help(own.ref, coordinator) is None
    beside = together(begun(first, coordinator), coordinator)
    assert list(queries.helpable(beside)) == []


def test_whoever_agrees_to_an_old_text_reads_the_new_one_first() -> None:
    by = officer()
    (first,) = listed(by)
    assert refused(lambda: begin(first, by, shown(), version="2020-01")) == ("consent.outdated",)


def test_every_event_meanwhile_names_the_person_and_the_helper() -> None:
    by = officer()
    (first,) = listed(by)
    beside = together(begun(first, by), by)

    actions.revise(first, step=Step.PRACTICE, statement=Statement(), by=beside, at=MONDAY)
    code = next(iter(queries.document_kinds(first)))
    actions.attach(first, {code: ("ktp.jpg", make.picture())}, by=beside, at=MONDAY)

    written = Event.objects.filter(
        subject="application", type__in=["application.revised", "application.attached"]
    )
    assert {(e.actor_id, e.helper_id, e.actor_role) for e in written} == {
        (None, by.account_id, "applicant")
    }
    before = Event.objects.get(subject="application", type="application.opened")
    assert before.helper_id is None


def test_nothing_else_of_the_person_is_there() -> None:
    own = make.draft(20)
    coordinator = account(50, Role.COORDINATOR)
    themselves = Actor(own.filed_by_id, frozenset({Role.APPLICANT}), own.person_id)
    other = make.draft(21, by=themselves, scheme="social_worker_generalist")
    held = actions.begin_help(
        own,
        Shown(code=shortlinks.code_of("status", own.ref)),
        version=HELP_VERSION,
        by=coordinator,
        at=MONDAY,
        rng=random.Random(1),
    )
    assert held is not None
    beside = together(held, coordinator)

    assert [a.ref for a in queries.mine(beside)] == [own.ref]
    assert [a.ref for a in queries.filed(beside)] == [own.ref]
    assert queries.own(other.ref, beside) is None
    assert queries.to_fill_in(other.ref, beside) is None


def test_steps_that_are_the_persons_alone_stay_theirs() -> None:
    by = officer()
    (first,) = listed(by)
    beside = together(begun(first, by), by)

    assert refused(lambda: actions.withdraw(first, by=beside, at=MONDAY)) == ("role.helped",)
    assert refused(lambda: actions.consent(first, version=make.CONSENT, by=beside, at=MONDAY)) == (
        "consent.helped",
    )
    said = {"name": first.person.name, "email": "penolong@contoh.example"}
    assert refused(
        lambda: actions.introduce(first, by=beside, at=MONDAY, rng=random.Random(1), **said)
    ) == ("help.mail",)
    assert not Consent.objects.exists()


def test_the_person_agrees_by_showing_once_more_that_it_is_they() -> None:
    by = officer()
    (first,) = listed(by)
    held = begun(first, by)
    beside = together(held, by)

    assert actions.prove_helped(held, Shown(code="000000"), at=MONDAY) is None
    way = actions.prove_helped(held, shown(), at=MONDAY)
    assert way is ConsentWay.BIRTH_DATE
    actions.consent(first, version=make.CONSENT, way=way, by=beside, at=MONDAY)

    assert Consent.objects.get().way == "birth_date"
    given = Event.objects.get(type="consent.given")
    assert given.helper_id == by.account_id


def test_five_wrong_answers_meanwhile_end_it() -> None:
    by = officer()
    (first,) = listed(by)
    held = begun(first, by)

    for _ in range(5):
        actions.prove_helped(held, Shown(code="000000"), at=MONDAY)

    held.refresh_from_db()
    assert held.state == HelpState.ENDED
    assert queries.help_going_on(held.ref, by, at=MONDAY) is None


def test_a_helper_has_one_person_at_a_time() -> None:
    by = officer()
    first, second = listed(by, count=2)
    held = begun(first, by)

    after = begun(second, by, n=2)

    assert queries.help_going_on(held.ref, by, at=MONDAY) is None
    assert queries.help_going_on(after.ref, by, at=MONDAY) == after
    (ended,) = [e for e in ledger.history("help", held.pk) if e.type == "help.ended"]
    assert ended.facts == {"why": "next"}


def test_two_do_not_help_one_person_at_once_until_the_first_has_left_the_device() -> None:
    by = officer()
    coordinator = account(50, Role.COORDINATOR)
    (first,) = listed(by)
    begun(first, by)

    assert refused(lambda: begin(first, coordinator, shown())) == ("help.taken",)
    assert begin(first, coordinator, shown(), at=MONDAY + IDLE) is not None


def test_a_device_that_lies_untouched_is_over_and_the_record_says_so() -> None:
    by = officer()
    (first,) = listed(by)
    held = begun(first, by)
    actions.touch_help(held, at=MONDAY + timedelta(minutes=5))

    assert end_idle_helps(at=MONDAY + IDLE) == 0
    assert queries.help_going_on(held.ref, by, at=MONDAY + IDLE) == held
    late = MONDAY + IDLE + timedelta(minutes=5)
    assert queries.help_going_on(held.ref, by, at=late) is None
    assert end_idle_helps(at=late) == 1

    (row,) = queries.helps_of(first.person_id)
    assert (row.application_ref, row.helper) == (first.ref, by.label)
    assert (row.begun_at, row.ended_at) == (MONDAY, late)


def test_ending_twice_is_ending_once() -> None:
    by = officer()
    (first,) = listed(by)
    held = begun(first, by)
    elsewhere = Help.objects.get(pk=held.pk)

    actions.end_help(elsewhere, why=HelpEnd.ELSEWHERE, by=by, at=MONDAY)
    actions.end_help(held, why=HelpEnd.BUTTON, by=together(held, by), at=MONDAY)

    events = [e for e in ledger.history("help", held.pk) if e.type == "help.ended"]
    assert [e.facts for e in events] == [{"why": "elsewhere"}]


def test_who_loses_the_role_or_the_application_helps_no_more() -> None:
    by = officer()
    (first,) = listed(by)
    held = begun(first, by)
    without = Actor(by.account_id, frozenset(), by.person_id, by.organization_ids)

    assert queries.help_going_on(held.ref, without, at=MONDAY) is None
    Application.objects.filter(pk=first.pk).update(organization_id=None)
    assert queries.help_going_on(held.ref, by, at=MONDAY) is None


def test_whoever_helped_neither_verifies_nor_examines_nor_decides() -> None:
    coordinator = account(50, Role.COORDINATOR)
    (first,) = listed(officer())
    begun(first, coordinator)
    assert coordinator.person_id is not None

    for act in (Act.VERIFY, Act.EXAMINE, Act.DECIDE):
        ties = impartiality.conflicts(
            [coordinator.person_id], [first.person_id], act, on=TUESDAY.date()
        )
        assert ties == {(coordinator.person_id, first.person_id): ("tie.filed",)}
    assert queries.helped_in(coordinator.account_id) == {first.pk}


def test_of_five_devices_that_begin_at_once_one_has_the_person(
    tmp_path: Path, bare: races.Bare
) -> None:
    script = Path(__file__).with_name("helping_race.py")

    met = races.told(script, folder=tmp_path, bare=bare)

    assert set(met["mistaken"]) <= {"wrong", "help.locked"}
    assert met["mistaken"].count("wrong") <= 4  # one of five was made before
    assert met["locked"] == 1
    assert met["same_person"].count("begun") == 1
    assert set(met["same_person"]) <= {"begun", "help.taken", "stale", "waits"}
    assert met["open_of_person"] == 1
    assert met["open_of_helper"] == 1
    assert met["ended_once"] == 1


def test_niks_of_the_story_end_differently() -> None:
    assert len({nik[-4:] for nik in NIKS}) == len(NIKS)
