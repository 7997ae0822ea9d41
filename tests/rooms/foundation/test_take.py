"""Does a record move only as its chart says, and does each move leave exactly one event?"""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from kompeten.foundation.ledger import (
    StaleRecord,
    StepRefused,
    enter,
    enter_many,
    history,
    take,
    take_many,
)
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Helper
from tests.make.actors import ANI, BUDI, EKO
from tests.make.letters import CHART, Letter, Sending, State, letter
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.usefixtures("letter_table")
TWO_PAGES = Sending(pages=2)


def told(record: Letter) -> list[tuple[Any, ...]]:
    """Return what the ledger says of a letter, without keys."""
    return [
        (e.type, e.source, e.target, e.actor_id, e.actor_role, e.at, e.facts)
        for e in history("letter", record.pk)
    ]


def test_enter_writes_the_record_and_its_opening() -> None:
    record = letter()

    assert Letter.objects.get(pk=record.pk).state == State.DRAFT
    assert told(record) == [("letter.opened", "", "draft", 101, "applicant", MONDAY, {})]


def test_enter_is_refused_to_who_may_not_open() -> None:
    with pytest.raises(StepRefused) as refusal:
        enter(CHART, Letter(), by=BUDI, at=MONDAY)

    assert refusal.value.reasons == ("role.not_held",)
    assert (Letter.objects.count(), Event.objects.count()) == (0, 0)


def test_take_moves_sets_columns_and_writes_exactly_one_event() -> None:
    record = letter()

    event = take(
        CHART, "send", record, by=ANI, at=TUESDAY, facts=TWO_PAGES, also={"sent_at": TUESDAY}
    )

    row = Letter.objects.get(pk=record.pk)
    assert (record.state, record.sent_at) == (row.state, row.sent_at) == (State.SENT, TUESDAY)
    assert told(record)[1:] == [
        ("letter.sent", "draft", "sent", 101, "applicant", TUESDAY, {"pages": 2})
    ]
    assert event.pk == history("letter", record.pk)[-1].pk


def test_a_step_that_stays_leaves_an_event_and_the_state() -> None:
    record = letter()
    take(CHART, "send", record, by=ANI, at=MONDAY, facts=TWO_PAGES)

    take(CHART, "stamp", record, by=BUDI, at=TUESDAY)

    assert Letter.objects.get(pk=record.pk).state == State.SENT
    assert told(record)[-1][:3] == ("letter.stamped", "sent", "sent")


@pytest.mark.parametrize(
    ("verb", "by", "facts", "reasons"),
    [
        ("send", BUDI, TWO_PAGES, ("role.not_held",)),
        ("answer", BUDI, None, ("step.not_open",)),
        ("send", ANI, Sending(pages=0), ("letter.empty",)),
    ],
    ids=["role", "state", "guard"],
)
def test_take_refuses_and_writes_nothing(
    verb: str, by: Any, facts: Any, reasons: tuple[str, ...]
) -> None:
    record = letter()

    with pytest.raises(StepRefused) as refusal:
        take(CHART, verb, record, by=by, at=TUESDAY, facts=facts)

    assert (refusal.value.reasons, refusal.value.step) == (reasons, verb)
    assert Letter.objects.get(pk=record.pk).state == State.DRAFT
    assert len(told(record)) == 1


def test_a_record_that_somebody_moved_is_stale() -> None:
    mine = letter()
    theirs = Letter.objects.get(pk=mine.pk)
    take(CHART, "send", theirs, by=ANI, at=MONDAY, facts=TWO_PAGES)

    with pytest.raises(StaleRecord):
        take(CHART, "send", mine, by=ANI, at=TUESDAY, facts=TWO_PAGES)

    assert mine.state == State.DRAFT
    assert [event[0] for event in told(mine)] == ["letter.opened", "letter.sent"]


def test_a_refusal_inside_a_transaction_leaves_the_rest_of_it_alone() -> None:
    record = letter()
    stale = Letter.objects.get(pk=record.pk)
    take(CHART, "send", record, by=ANI, at=MONDAY, facts=TWO_PAGES)

    with transaction.atomic():
        with pytest.raises(StaleRecord):
            take(CHART, "send", stale, by=ANI, at=TUESDAY, facts=TWO_PAGES)
        other = letter()

    assert Letter.objects.filter(pk=other.pk).exists()


def test_many_are_entered_in_a_few_statements(django_assert_num_queries: Any) -> None:
    records = [Letter() for _ in range(99)]  # SQLite takes 999 values in a statement

    with django_assert_num_queries(2):
        enter_many(CHART, records, by=ANI, at=MONDAY)

    assert [Letter.objects.count(), Event.objects.filter(type="letter.opened").count()] == [99] * 2
    assert len({e.subject_id for e in Event.objects.all()}) == 99


def test_who_is_helped_takes_only_what_a_chart_lets_helped_people_take() -> None:
    beside = replace(ANI, helped_by=Helper(77, "Budi", "A1"))
    steps = tuple(replace(s, with_help=s.verb == "send") for s in CHART.steps)
    open_chart = replace(CHART, steps=steps, opens_with_help=True)

    for attempt in (
        lambda: enter(CHART, Letter(), by=beside, at=MONDAY),
        lambda: take(CHART, "send", letter(), by=beside, at=MONDAY, facts=TWO_PAGES),
        lambda: take_many(
            CHART, "send", [letter()], by=beside, at=MONDAY, facts=lambda _: TWO_PAGES
        ),
    ):
        with pytest.raises(StepRefused) as refusal:
            attempt()
        assert refusal.value.reasons == ("role.helped",)
    record = Letter()
    enter(open_chart, record, by=beside, at=MONDAY)
    take(open_chart, "send", record, by=beside, at=MONDAY, facts=TWO_PAGES)

    mine = Event.objects.filter(subject_id=record.pk, subject=CHART.name)
    assert {(e.actor_id, e.helper_id) for e in mine} == {(ANI.account_id, 77)}


def test_many_are_taken_in_a_few_statements_each_with_its_own_facts(
    django_assert_num_queries: Any,
) -> None:
    records = [letter() for _ in range(30)]

    with django_assert_num_queries(4):  # a savepoint around UPDATE and INSERT
        take_many(
            CHART,
            "send",
            records,
            by=ANI,
            at=TUESDAY,
            facts=lambda record: Sending(pages=record.pk),
            also={"sent_at": TUESDAY},
        )

    assert {r.state for r in records} == {State.SENT}
    assert set(Letter.objects.values_list("state", "sent_at")) == {("sent", TUESDAY)}
    sent = Event.objects.filter(type="letter.sent")
    assert all(event.facts == {"pages": event.subject_id} for event in sent)
    assert sent.count() == 30


def test_many_from_different_states_keep_their_own_source() -> None:
    fresh, back = letter(), letter()
    take(CHART, "send", back, by=ANI, at=MONDAY, facts=TWO_PAGES)
    take(CHART, "return", back, by=BUDI, at=MONDAY)

    take_many(CHART, "send", [fresh, back], by=ANI, at=TUESDAY, facts=lambda _: TWO_PAGES)

    assert [told(r)[-1][:3] for r in (fresh, back)] == [
        ("letter.sent", "draft", "sent"),
        ("letter.sent", "returned", "sent"),
    ]


def test_many_are_all_refused_when_one_is_by_its_guard() -> None:
    records = [letter() for _ in range(3)]
    thin = records[1].pk

    with pytest.raises(StepRefused) as refusal:
        take_many(
            CHART,
            "send",
            records,
            by=ANI,
            at=TUESDAY,
            facts=lambda record: Sending(pages=0 if record.pk == thin else 1),
        )

    assert refusal.value.reasons == ("letter.empty",)
    assert set(Letter.objects.values_list("state", flat=True)) == {"draft"}


def test_a_guard_is_asked_even_when_nobody_gives_facts() -> None:
    with pytest.raises(AttributeError):  # the guard reads `pages` of nothing: it was not skipped
        take_many(CHART, "send", [letter()], by=ANI, at=TUESDAY)


def test_many_are_all_left_alone_when_one_is_stale() -> None:
    records = [letter() for _ in range(3)]
    take(CHART, "send", Letter.objects.get(pk=records[2].pk), by=ANI, at=MONDAY, facts=TWO_PAGES)

    with pytest.raises(StaleRecord):
        take_many(CHART, "send", records, by=ANI, at=TUESDAY, facts=lambda _: TWO_PAGES)

    states = list(Letter.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["draft", "draft", "sent"]
    assert Event.objects.filter(type="letter.sent").count() == 1


def test_none_of_none_is_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        enter_many(CHART, [], by=ANI, at=MONDAY)
        take_many(CHART, "send", [], by=EKO, at=MONDAY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_event SET actor_id = 7",
        "DELETE FROM foundation_event",
        "UPDATE foundation_event SET at = at",
    ],
)
def test_the_database_keeps_events_from_anybodys_sql(statement: str) -> None:
    letter()

    with (
        pytest.raises(DatabaseError, match="kept as they are"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Event.objects.get().actor_id == 101


def test_the_database_keeps_events_from_our_own_code() -> None:
    letter()
    event = Event.objects.get()

    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        Event.objects.update(actor_id=7)
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        event.delete()

    assert Event.objects.get().actor_id == 101
