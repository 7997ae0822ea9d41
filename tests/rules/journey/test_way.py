"""Where does somebody stand, for each thing that rooms can say of them?"""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.terms.application import State as ApplicationState
from kompeten.certificates.terms import State as CertificateState
from kompeten.decisions.terms import State as DecisionState
from kompeten.exams.terms import EntryState
from kompeten.journey import labels, rules
from kompeten.journey.terms import (
    Appointment,
    Facts,
    Milestone,
    Record,
    Status,
    Step,
    Target,
)
from kompeten.kernel.workdays import Band, Calendar, clock
from kompeten.portfolios.terms import DossierState
from kompeten.practicals.terms import STANDING
from kompeten.schemes.terms import Component, Service
from kompeten.training.terms import EnrolmentState
from kompeten.verification.terms import State as ReviewState
from tests.make.times import MONDAY, TUESDAY, WIB_MIDNIGHT

DAYS = {
    Service.VERIFICATION: 10,
    Service.READING: 14,
    Service.EXAM: 20,
    Service.PERFORMANCE: 20,
    Service.RESULT: 5,
    Service.DECISION: 7,
    Service.CERTIFICATE: 5,
}
WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
NEXT_MONDAY = Appointment(
    MONDAY + timedelta(days=7), MONDAY + timedelta(days=7, hours=3), "Asia/Makassar", "Aula"
)
DRAFT = Facts(
    at=TUESDAY,
    zone=WIB,
    calendar=Calendar(),
    components=(Component.PORTFOLIO, Component.COGNITIVE, Component.PRACTICE),
    service_days=DAYS,
    is_preparation_required=False,
    application=Record("APP", "draft"),
)
ACCEPTED = replace(
    DRAFT,
    application=Record("APP", "accepted", MONDAY),
    review=Record("REV", "eligible", TUESDAY),
)


def by_step(facts: Facts) -> dict[Step, Milestone]:
    return {m.step: m for m in rules.way(facts)}


def test_a_route_has_its_own_steps_in_order() -> None:
    assert [m.step for m in rules.way(DRAFT)] == [
        Step.APPLICATION,
        Step.REVIEW,
        Step.PREPARATION,
        Step.PORTFOLIO,
        Step.COGNITIVE,
        Step.PRACTICE,
        Step.DECISION,
        Step.CERTIFICATE,
    ]
    interview = replace(DRAFT, components=(Component.PORTFOLIO, Component.INTERVIEW))
    assert Step.INTERVIEW in by_step(interview)
    assert Step.COGNITIVE not in by_step(interview)


def test_a_draft_is_the_candidates_own_turn() -> None:
    way = rules.way(DRAFT)

    assert way[0] == Milestone(
        Step.APPLICATION,
        Status.NOW,
        "application.draft",
        yours=True,
        target=Target.APPLICATION,
        target_ref="APP",
    )
    assert {m.status for m in way[1:]} == {Status.NEXT}
    assert rules.foremost(way) == way[0]


def test_after_handing_in_the_house_says_by_when_it_answers() -> None:
    handed_in = replace(DRAFT, application=Record("APP", "submitted", MONDAY))

    way = by_step(handed_in)

    assert way[Step.APPLICATION].status is Status.DONE
    promised = clock(MONDAY, days=10, at=TUESDAY, zone=WIB, calendar=Calendar())
    assert (promised.due_on, promised.band) == (date(2026, 3, 16), Band.ON_TIME)
    assert way[Step.REVIEW] == Milestone(
        Step.REVIEW, Status.NOW, "review.waiting", by_on=promised.due_on, clock=promised
    )
    taken = by_step(replace(handed_in, review=Record("REV", "open")))
    assert taken[Step.REVIEW].hint == "review.open"


def test_the_promise_goes_on_after_mending() -> None:
    again = replace(DRAFT, application=Record("APP", "submitted", MONDAY), spent_days=8)

    review = by_step(again)[Step.REVIEW]

    assert review.by_on == date(2026, 3, 4)
    assert review.clock is not None
    assert (review.clock.used, review.clock.band) == (9, Band.SOON)


def test_days_off_are_no_days_of_a_promise() -> None:
    nyepi = Calendar(frozenset({date(2026, 3, 4)}))
    handed_in = replace(DRAFT, application=Record("APP", "submitted", MONDAY), calendar=nyepi)

    assert by_step(handed_in)[Step.REVIEW].by_on == date(2026, 3, 17)


def test_who_is_accepted_without_portfolio_is_promised_an_exam() -> None:
    ready = replace(ACCEPTED, components=(Component.COGNITIVE,))

    assert by_step(ready)[Step.COGNITIVE].by_on == date(2026, 3, 31)
    assert by_step(ACCEPTED)[Step.COGNITIVE].by_on is None
    read = replace(ACCEPTED, dossier=Record("DOS", "accepted", MONDAY), accepted_at=TUESDAY)
    assert by_step(read)[Step.COGNITIVE].by_on == date(2026, 3, 31)
    assert by_step(read)[Step.PRACTICE].by_on == date(2026, 3, 31)


def test_after_the_last_part_the_result_is_promised() -> None:
    read = replace(ACCEPTED, dossier=Record("DOS", "assessed", MONDAY), accepted_at=MONDAY)
    sat = replace(read, entry=Record("ENT", "handed_in", MONDAY))
    over = replace(sat, slots={Component.PRACTICE: Record("SLO", "rated", TUESDAY)})

    assert by_step(sat)[Step.DECISION].status is Status.NEXT
    decision = by_step(over)[Step.DECISION]
    assert (decision.status, decision.hint) == (Status.NOW, "decision.composing")
    assert decision.by_on == date(2026, 3, 10)


def test_a_promise_counts_from_the_local_day() -> None:
    at_night = replace(DRAFT, application=Record("APP", "submitted", WIB_MIDNIGHT))

    assert by_step(at_night)[Step.REVIEW].by_on == date(2026, 3, 17)
    in_papua = replace(
        DRAFT, zone=WIT, application=Record("APP", "submitted", WIB_MIDNIGHT - timedelta(hours=1))
    )
    assert by_step(in_papua)[Step.REVIEW].by_on == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("until", "hint"),
    [(date(2026, 3, 3), "application.mend"), (date(2026, 3, 2), "application.mend_late")],
)
def test_a_return_names_the_last_day_and_when_it_has_passed(until: date, hint: str) -> None:
    returned = replace(DRAFT, application=Record("APP", "returned", MONDAY, until))

    first = rules.way(returned)[0]

    assert (first.status, first.yours, first.by_on, first.hint) == (Status.NOW, True, until, hint)


def test_what_runs_side_by_side_is_now_together() -> None:
    facts = replace(
        ACCEPTED,
        place=Record("SES", "enrolled", appointment=NEXT_MONDAY),
        dossier=Record("DOS", "draft", by_on=date(2026, 4, 1)),
    )

    way = by_step(facts)

    assert way[Step.PREPARATION].status is way[Step.PORTFOLIO].status is Status.NOW
    assert way[Step.PREPARATION].appointment == NEXT_MONDAY
    assert way[Step.COGNITIVE].hint == "exam.after_portfolio"
    # The session is sooner than the last day of the portfolio.
    assert rules.foremost(rules.way(facts)).step is Step.PREPARATION
    sooner = replace(facts, dossier=Record("DOS", "draft", by_on=date(2026, 3, 4)))
    assert rules.foremost(rules.way(sooner)).step is Step.PORTFOLIO


def test_a_session_that_is_over_is_the_houses_turn() -> None:
    over = replace(NEXT_MONDAY, starts_at=MONDAY, ends_at=TUESDAY)
    facts = replace(ACCEPTED, place=Record("SES", "enrolled", appointment=over))

    step = by_step(facts)[Step.PREPARATION]

    assert (step.hint, step.yours) == ("preparation.over", False)


@pytest.mark.parametrize(
    ("required", "status", "hint"),
    [
        (False, Status.SKIPPED, "preparation.skipped"),
        (True, Status.NEXT, "preparation.required"),
    ],
)
def test_a_session_is_skipped_only_where_it_is_not_required(
    required: bool, status: Status, hint: str
) -> None:
    facts = replace(
        ACCEPTED, is_preparation_required=required, entry=Record("ENT", "scored", MONDAY)
    )

    step = by_step(facts)[Step.PREPARATION]

    assert (step.status, step.hint) == (status, hint)


@pytest.mark.parametrize(
    ("state", "status", "hint", "yours"),
    [
        ("draft", Status.NOW, "portfolio.write", True),
        ("returned", Status.NOW, "portfolio.revise", True),
        ("handed_in", Status.NOW, "portfolio.reading", False),
        ("accepted", Status.DONE, "portfolio.accepted", False),
        ("assessed", Status.DONE, "portfolio.accepted", False),
    ],
)
def test_a_portfolio_at_each_state(state: str, status: Status, hint: str, yours: bool) -> None:
    dossier = Record("DOS", state, MONDAY, date(2026, 4, 1))

    step = by_step(replace(ACCEPTED, dossier=dossier))[Step.PORTFOLIO]

    assert (step.status, step.hint, step.yours) == (status, hint, yours)
    assert step.target_ref == "DOS"


@pytest.mark.parametrize(
    ("state", "status", "hint"),
    [
        ("seated", Status.NOW, "cognitive.sit"),
        ("started", Status.NOW, "cognitive.go_on"),
        ("handed_in", Status.DONE, "cognitive.handed_in"),
        ("scored", Status.DONE, "cognitive.scored"),
        ("absent", Status.NEXT, "cognitive.again"),
        ("interrupted", Status.BLOCKED, "cognitive.interrupted"),
    ],
)
def test_a_written_test_at_each_state(state: str, status: Status, hint: str) -> None:
    step = by_step(replace(ACCEPTED, entry=Record("ENT", state, MONDAY)))[Step.COGNITIVE]

    assert (step.status, step.hint) == (status, hint)


def test_an_appointment_is_booked_then_behind() -> None:
    booked = Record("SLO", "booked", appointment=NEXT_MONDAY)
    facts = replace(ACCEPTED, slots={Component.PRACTICE: booked})
    rated = replace(facts, slots={Component.PRACTICE: replace(booked, state="rated")})

    assert by_step(facts)[Step.PRACTICE].appointment == NEXT_MONDAY
    assert by_step(facts)[Step.PRACTICE].yours
    assert by_step(rated)[Step.PRACTICE].status is Status.DONE


GRANTED = replace(
    ACCEPTED,
    application=Record("APP", "concluded", MONDAY),
    sheet=Record("SHE", "sealed", MONDAY),
    decision=Record("DEC", "granted", MONDAY),
)


def test_competent_is_followed_by_the_certificate() -> None:
    facts = GRANTED
    held = replace(facts, certificate=Record("CER", "held", TUESDAY))
    ready = replace(facts, certificate=Record("CER", "published", TUESDAY))

    issuing = by_step(facts)[Step.CERTIFICATE]
    assert (issuing.status, issuing.hint) == (Status.NOW, "certificate.issuing")
    assert issuing.by_on == date(2026, 3, 9)
    assert by_step(held)[Step.CERTIFICATE] == Milestone(
        Step.CERTIFICATE, Status.NOW, "certificate.held"
    )
    assert by_step(ready)[Step.CERTIFICATE].status is Status.DONE
    assert by_step(ready)[Step.CERTIFICATE].target_ref == "CER"


@pytest.mark.parametrize("state", ["suspended", "withdrawn", "replaced"])
def test_a_certificate_that_does_not_hold_is_not_told_as_ready(state: str) -> None:
    facts = replace(GRANTED, certificate=Record("CER", state, TUESDAY))

    found = by_step(facts)[Step.CERTIFICATE]

    assert (found.status, found.hint) == (Status.BLOCKED, f"certificate.{state}")


def test_not_yet_competent_blocks_the_certificate_and_is_looked_at_first() -> None:
    facts = replace(
        ACCEPTED,
        application=Record("APP", "concluded", MONDAY),
        dossier=Record("DOS", "assessed", MONDAY),
        entry=Record("ENT", "scored", MONDAY),
        slots={Component.PRACTICE: Record("SLO", "settled", MONDAY)},
        sheet=Record("SHE", "sealed", MONDAY),
        decision=Record("DEC", "deferred", MONDAY),
    )

    way = rules.way(facts)

    assert by_step(facts)[Step.DECISION].status is Status.DONE
    assert rules.foremost(way).hint == "certificate.not_yet"


def test_a_sealed_result_waits_for_the_committee() -> None:
    facts = replace(ACCEPTED, sheet=Record("SHE", "sealed", MONDAY))

    assert by_step(facts)[Step.DECISION].by_on == date(2026, 3, 11)
    proposed = replace(facts, decision=Record("DEC", "proposed"))
    assert by_step(proposed)[Step.DECISION].hint == "decision.waiting"


@pytest.mark.parametrize(
    ("state", "step"), [("rejected", Step.REVIEW), ("withdrawn", Step.APPLICATION)]
)
def test_a_way_that_has_ended_blocks_what_would_have_followed(state: str, step: Step) -> None:
    ended = replace(DRAFT, application=Record("APP", state, MONDAY))

    way = rules.way(ended)

    assert {m.status for m in way} <= {Status.DONE, Status.BLOCKED}
    assert rules.foremost(way).step is step


def records(*states: str) -> st.SearchStrategy[Record | None]:
    return st.none() | a_record(*states)


def a_record(*states: str) -> st.SearchStrategy[Record]:
    return st.builds(
        Record,
        st.just("REF"),
        st.sampled_from(states),
        st.none() | st.just(MONDAY),
        st.none() | st.just(date(2026, 3, 9)),
        st.none() | st.just(NEXT_MONDAY),
    )


STANDING_STATES = tuple(s.value for s in STANDING)
ANY = st.builds(
    Facts,
    at=st.just(TUESDAY),
    components=st.sets(st.sampled_from(list(Component)), min_size=1).map(tuple),
    service_days=st.just(DAYS),
    zone=st.sampled_from((WIB, WIT)),
    calendar=st.just(Calendar()),
    is_preparation_required=st.booleans(),
    application=a_record(*ApplicationState),
    review=records(*(s for s in ReviewState if s is not ReviewState.RELEASED)),
    place=records(*EnrolmentState),
    dossier=records(*DossierState),
    entry=records(*EntryState),
    slots=st.dictionaries(
        st.sampled_from([Component.PRACTICE, Component.INTERVIEW]),
        a_record(*STANDING_STATES),
    ),
    sheet=records("sealed"),
    decision=records(*DecisionState),
    certificate=records(*CertificateState),
)


@given(ANY)
def test_every_step_of_every_way_has_one_milestone_with_words(facts: Facts) -> None:
    way = rules.way(facts)

    on_route = [s for s in Step if s not in rules.ON_ROUTE or rules.ON_ROUTE[s] in facts.components]
    assert [m.step for m in way] == on_route
    assert {m.hint for m in way} <= set(labels.HINT)
    assert rules.foremost(way) in way
    assert all(m.target_ref for m in way if m.target is not None)


@given(ANY)
def test_nobody_is_asked_to_act_twice_at_the_gate(facts: Facts) -> None:
    way = by_step(facts)

    at_gate = way[Step.APPLICATION].status is Status.NOW
    assert not (at_gate and way[Step.REVIEW].status is Status.NOW)
