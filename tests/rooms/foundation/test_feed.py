"""Does a reader of the feed see each event once, in order, and again if its work failed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.ledger import feed, history, last_event_at, replay, take, take_many
from kompeten.foundation.ledger.models import Event
from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart
from tests.make.actors import ANI, BUDI, actor
from tests.make.letters import CHART, Letter, Sending, letter
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.usefixtures("letter_table")
ONE_PAGE = Sending(pages=1)
SENT = ("letter.sent",)


def sent(count: int) -> list[Letter]:
    """Return letters that were sent, in order."""
    records = [letter() for _ in range(count)]
    take_many(CHART, "send", records, by=ANI, at=TUESDAY, facts=lambda _: ONE_PAGE)
    return records


def read(limit: int = 200, follower: str = "reader.one") -> list[int]:
    """Return the letters that the next reading of the feed names."""
    with feed(follower, SENT, limit=limit) as events:
        return [event.subject_id for event in events]


def test_events_come_once_in_order_and_of_the_asked_types_only() -> None:
    records = sent(5)

    assert read(limit=3) == [r.pk for r in records[:3]]
    assert read(limit=3) == [r.pk for r in records[3:]]
    assert read() == []


def test_each_follower_has_a_cursor_of_its_own() -> None:
    keys = [r.pk for r in sent(2)]

    assert read(follower="reader.one") == keys
    assert read(follower="reader.two") == keys


def test_work_that_fails_leaves_the_cursor_where_it_was() -> None:
    keys = [r.pk for r in sent(2)]

    with pytest.raises(RuntimeError, match="mail server"), feed("reader.one", SENT):
        raise RuntimeError("mail server is away")

    assert read() == keys


def test_history_is_one_record_oldest_first() -> None:
    mine, other = letter(), letter()
    take(CHART, "send", mine, by=ANI, at=TUESDAY, facts=ONE_PAGE)
    take(CHART, "send", other, by=ANI, at=TUESDAY, facts=ONE_PAGE)
    take(CHART, "return", mine, by=BUDI, at=TUESDAY)

    assert [e.type for e in history("letter", mine.pk)] == [
        "letter.opened",
        "letter.sent",
        "letter.returned",
    ]


def test_the_newest_instant_is_known_and_none_in_an_empty_house() -> None:
    assert last_event_at() is None

    letter(at=MONDAY)

    assert last_event_at() == MONDAY


@given(choices=st.lists(st.integers(min_value=0, max_value=5), max_size=12))
def test_replaying_the_ledger_gives_the_records_state(choices: list[int]) -> None:
    everybody = actor(*Role)
    record = letter()
    for choice in choices:
        steps = CHART.open_steps(record.state, everybody.roles)
        if not steps:
            break
        arrow = steps[choice % len(steps)]
        facts = ONE_PAGE if arrow.facts else None
        take(CHART, arrow.verb, record, by=everybody, at=TUESDAY, facts=facts)

    told = history("letter", record.pk)
    assert replay(CHART, told) == record.state == Letter.objects.get(pk=record.pk).state
    assert [b.source for b in told[1:]] == [a.target for a in told[:-1]]


def event(kind: str, source: str, target: str) -> Event:
    """Return an event as somebody might forge it."""
    return Event(type=kind, source=source, target=target)


@pytest.mark.parametrize(
    ("story", "problem"),
    [
        ([event("letter.sent", "draft", "sent")], "leaves 'draft', the record is ''"),
        (
            [event("letter.opened", "", "draft"), event("letter.burnt", "draft", "sent")],
            "is no step of letter",
        ),
        (
            [event("letter.opened", "", "draft"), event("letter.answered", "draft", "answered")],
            "is not open in 'draft'",
        ),
    ],
)
def test_a_forged_story_is_not_believed(story: list[Event], problem: str) -> None:
    chart: Chart = CHART

    with pytest.raises(ValueError, match=problem):
        replay(chart, story)


def test_an_untold_story_has_no_state() -> None:
    assert replay(CHART, []) == ""
