"""Does a small year leave everybody somewhere, the ledger whole, and nobody's number in the clear?"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import State
from kompeten.certificates import queries as certificates
from kompeten.certificates.models import Certificate
from kompeten.decisions import queries as decisions
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.statechart import Chart
from kompeten.ops import rehearsal
from kompeten.people import queries as people
from kompeten.people.models import Person
from kompeten.register import queries as register
from tests.house.code import all_charts, charts
from tests.make.story import told_once

pytestmark = pytest.mark.django_db

PEOPLE = 60
# The table of a chart is named as the chart is, but here.
NAMED_OTHERWISE = {"result": "sheet"}


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[rehearsal.Report]:
    """Return the report of a rehearsed year, with all that it leaves in the database."""
    with django_db_blocker.unblock(), told_once():
        yield rehearsal.rehearse(PEOPLE, seed=2026, say=lambda _: None)


def table_of(room: str, chart: Chart) -> type[models.Model]:
    """Return the table whose rows the chart moves: the one that knows its states."""
    name = f"{NAMED_OTHERWISE.get(chart.name, chart.name)}_state_known"
    (found,) = [
        model
        for model in apps.get_app_config(room).get_models()
        if name in {constraint.name for constraint in model._meta.constraints}
    ]
    return found


TABLES = {chart.name: table_of(room, chart) for room, mine in charts().items() for chart in mine}
BY_CHART = pytest.mark.parametrize("chart", all_charts(), ids=lambda chart: chart.name)


def test_everybody_is_somewhere(year: rehearsal.Report) -> None:
    places = (year.certified, year.not_yet_competent, year.rejected, year.in_repair)

    assert (year.people, sum(places), year.lost) == (PEOPLE, PEOPLE, 0)
    assert year.certified > 0
    assert set(year.seconds_per_room) >= {"applications", "exams", "certificates", "register"}


def test_the_rooms_agree_with_the_report(year: rehearsal.Report) -> None:
    states = applications.counts_by_state()

    assert states[State.CONCLUDED] == year.certified + year.not_yet_competent
    assert decisions.counts_by_state() == {
        state: count
        for state, count in (("granted", year.certified), ("deferred", year.not_yet_competent))
        if count
    }
    assert certificates.counts_by_state() == {"published": year.certified}
    assert register.total() == year.certified


def test_numbers_run_without_a_gap(year: rehearsal.Report) -> None:
    numbers = Certificate.objects.values_list("number", flat=True)

    assert sorted(int(number.partition("/")[0]) for number in numbers) == list(
        range(1, year.certified + 1)
    )


def test_nothing_is_left_to_follow(year: rehearsal.Report) -> None:
    assert ledger.rung() == []


def test_every_table_with_a_state_has_a_chart() -> None:
    moved = {
        model
        for room in settings.ROOMS
        for model in apps.get_app_config(room).get_models()
        if any(field.name == "state" for field in model._meta.fields)
    }

    assert moved == set(TABLES.values())


@BY_CHART
def test_replaying_the_ledger_gives_the_state_of_every_record(
    year: rehearsal.Report, chart: Chart
) -> None:
    states = dict(TABLES[chart.name].objects.values_list("pk", "state"))
    stories: dict[int, list[Event]] = {}
    for event in Event.objects.filter(subject=chart.name).order_by("id"):
        stories.setdefault(event.subject_id, []).append(event)

    assert {key: ledger.replay(chart, story) for key, story in stories.items()} == states


def test_a_year_touches_nearly_every_chart(year: rehearsal.Report) -> None:
    touched = set(Event.objects.values_list("subject", flat=True).distinct())

    # Nothing is remarkable in a quiet year, nobody disputes a NIK, is invited by link, is helped or wants
    # to be forgotten, no data gets out, nothing is late, no paper of it has essays, no sitting of it is
    # carried to a site, and nothing is printed on numbered sheets or taken back.
    rare = {
        "blank", "breach", "concerned", "delivery", "digest", "erasure", "help", "invitation", "marking",
        "nik_claim", "node", "parcel", "ping", "recall", "remark", "removal", "script", "share", "watch",
    }  # fmt: skip
    assert {chart.name for chart in all_charts()} - touched <= rare


def test_every_event_stands_in_its_chart_and_was_open_to_who_did_it(
    year: rehearsal.Report,
) -> None:
    known = {
        event: (chart.name, {role.value for role in roles} | {"system"})
        for chart in all_charts()
        for event, roles in [
            (chart.opened, chart.opened_by),
            *((step.event, step.roles) for step in chart.steps),
        ]
    }

    rows = Event.objects.values_list("type", "subject", "actor_role").distinct()
    strange = [
        row for row in rows if row[0] not in known or row[1] != known[row[0]][0]
        or row[2] not in known[row[0]][1]
    ]  # fmt: skip
    assert strange == []


def test_events_come_in_the_order_of_their_time_within_each_record(year: rehearsal.Report) -> None:
    last: dict[tuple[str, int], Any] = {}
    backwards = Counter()
    for event in Event.objects.order_by("id"):
        key = (event.subject, event.subject_id)
        if key in last and event.at < last[key]:
            backwards[event.type] += 1
        last[key] = event.at

    assert backwards == {}


def rows() -> Iterator[tuple[str, str, str]]:
    """Give table, column and text of every value in the database, sealed ones as they lie there."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        yield table, column, bytes(value).decode("latin-1")
                    elif value is not None and not isinstance(value, bool | float):
                        yield table, column, str(value)


def test_nobodys_nik_lies_in_the_clear(year: rehearsal.Report) -> None:
    everybody = Person.objects.exclude(nik_index=None).values_list("pk", flat=True)
    niks = {people.nik_of(key) for key in everybody}
    written = {f"{nik[:6]} {nik[6:12]} {nik[12:]}" for nik in niks}
    digits = re.compile(r"\d{16}|\d{6} \d{6} \d{4}")

    found = {
        (table, column)
        for table, column, text in rows()
        if any(run in niks or run in written for run in digits.findall(text))
    }

    assert len(niks) >= PEOPLE
    assert found == set()


def test_the_search_for_what_lies_in_the_clear_sees_every_value(year: rehearsal.Report) -> None:
    names = set(Person.objects.values_list("name", flat=True))

    seen = {text for table, column, text in rows() if (table, column) == ("people_person", "name")}

    assert seen == names


def test_the_ledger_holds_nothing_personal(year: rehearsal.Report) -> None:
    told = " ".join(str(facts) for facts in Event.objects.values_list("facts", flat=True))
    private = [
        text
        for person in Person.objects.all()
        for text in (person.name, person.email, person.phone, person.address)
        if text
    ]

    assert len(private) > PEOPLE
    assert [text for text in private if text in told] == []
