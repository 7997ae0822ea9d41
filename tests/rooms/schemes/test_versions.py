"""How do scheme versions take effect, stay as they are and end, and who pins which?"""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.roles import Role
from kompeten.schemes import actions, queries
from kompeten.schemes.adapters.reader import packaged
from kompeten.schemes.models import SchemeVersion
from kompeten.schemes.terms import (
    Component,
    Facts,
    Level,
    Outcome,
    Profession,
    Route,
    SchemeContent,
    Spell,
    Verdict,
    VersionState,
)
from tests.make import schemes
from tests.make.actors import BUDI, actor
from tests.make.times import MONDAY, NEXT_WEEK, TUESDAY

pytestmark = pytest.mark.django_db

FARAH = actor(Role.ADMIN, account_id=106)
CODE = "welfare_worker_generalist"
ON = MONDAY.date()


def content(**changes: Any) -> SchemeContent:
    found = next(file.content for file in packaged() if file.content.code == CODE)
    return replace(found, **changes)


def drafted(said: SchemeContent | None = None, *, start: date = ON) -> SchemeVersion:
    return actions.draft(
        said or content(),
        in_force_from=start,
        by=FARAH,
        at=MONDAY,
        rng=random.Random(SchemeVersion.objects.count()),
    )


def published(said: SchemeContent | None = None, *, start: date = ON) -> SchemeVersion:
    version = drafted(said, start=start)
    actions.publish(version, by=FARAH, at=TUESDAY)
    return version


def test_a_version_is_drafted_published_and_retired_with_its_story() -> None:
    version = published()
    actions.retire(version, until=date(2026, 6, 1), by=FARAH, at=NEXT_WEEK)

    events = ledger.history("scheme_version", version.pk)

    assert [(event.type, event.actor_role, event.at) for event in events] == [
        ("scheme_version.opened", "admin", MONDAY),
        ("scheme_version.published", "admin", TUESDAY),
        ("scheme_version.retired", "admin", NEXT_WEEK),
    ]
    assert events[0].facts == {"scheme": CODE, "number": 1, "digest": version.digest}
    assert events[2].facts == {"until": "2026-06-01"}
    stored = SchemeVersion.objects.get(pk=version.pk)
    assert (stored.state, stored.published_at) == ("retired", TUESDAY)
    assert stored.in_force_until == date(2026, 6, 1)


def test_publishing_names_what_is_not_confirmed() -> None:
    version = drafted()

    warned = actions.publish(version, by=FARAH, at=TUESDAY)

    paths = sorted(value.path for value in warned)
    assert {"cognitive.minutes", "cognitive.pass_percent", "pass_rule", "appeal"} <= set(paths)
    assert all(value.why.id and value.why.en for value in warned)
    event = list(ledger.history("scheme_version", version.pk))[-1]
    assert event.facts == {"digest": version.digest, "unverified": paths}


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.COMMITTEE, Role.APPLICANT])
def test_only_those_who_keep_schemes_may_draft_publish_and_retire(role: Role) -> None:
    version, somebody = drafted(), actor(role)

    with pytest.raises(ledger.StepRefused) as drafting:
        actions.draft(content(), in_force_from=ON, by=somebody, at=MONDAY, rng=random.Random(2))
    with pytest.raises(ledger.StepRefused) as publishing:
        actions.publish(version, by=somebody, at=MONDAY)
    actions.publish(version, by=FARAH, at=MONDAY)
    with pytest.raises(ledger.StepRefused) as retiring:
        actions.retire(version, until=date(2027, 1, 1), by=somebody, at=MONDAY)

    for refused in (drafting, publishing, retiring):
        assert refused.value.reasons == ("role.not_held",)
    assert SchemeVersion.objects.count() == 1


def test_the_second_click_is_refused() -> None:
    version = published()

    with pytest.raises(ledger.StepRefused) as refused:
        actions.publish(version, by=FARAH, at=NEXT_WEEK)

    assert refused.value.reasons == ("step.not_open",)


def test_two_who_publish_at_once_make_one_event() -> None:
    version = drafted()
    mine = SchemeVersion.objects.get(pk=version.pk)
    actions.publish(version, by=FARAH, at=TUESDAY)

    with pytest.raises(ledger.StaleRecord):
        actions.publish(mine, by=FARAH, at=TUESDAY)

    assert len(list(ledger.history("scheme_version", version.pk))) == 2


def test_a_draft_cannot_be_retired_and_no_version_ends_before_it_starts() -> None:
    with pytest.raises(ledger.StepRefused) as early:
        actions.retire(drafted(), until=date(2027, 1, 1), by=FARAH, at=MONDAY)
    with pytest.raises(ledger.StepRefused) as backwards:
        actions.retire(published(), until=ON, by=FARAH, at=MONDAY)

    assert early.value.reasons == ("step.not_open",)
    assert backwards.value.reasons == ("retire.before_start",)


def test_a_draft_whose_row_was_altered_is_not_published() -> None:
    version = drafted()
    version.content["cognitive"]["minutes"] = 30
    version.save()

    with pytest.raises(ledger.StepRefused) as refused:
        actions.publish(version, by=FARAH, at=TUESDAY)

    assert refused.value.reasons == ("content.altered",)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", {}),
        ("digest", "sha256:" + "0" * 64),
        ("number", 9),
        ("in_force_from", date(2020, 1, 1)),
        ("published_at", NEXT_WEEK),
        ("state", "draft"),
    ],
)
def test_the_database_keeps_a_published_version_as_it_is(column: str, value: object) -> None:
    version = published()

    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM schemes_schemeversion WHERE id = %s", [version.pk])

    stored = SchemeVersion.objects.get(pk=version.pk)
    assert (stored.digest, stored.state) == (version.digest, "published")


def test_the_database_keeps_a_retired_version_wholly() -> None:
    version = published()
    actions.retire(version, until=date(2026, 6, 1), by=FARAH, at=NEXT_WEEK)

    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(in_force_until=date(2030, 1, 1))


def test_two_versions_are_in_force_at_once_for_different_applicants() -> None:
    old = published()
    new = published(
        content(cognitive=replace(content().cognitive, minutes=120)), start=date(2026, 4, 1)
    )

    before, after = date(2026, 3, 15), date(2026, 4, 15)

    assert [row.id for row in queries.in_force(on=before)] == [old.pk]
    assert [row.id for row in queries.in_force(on=after)] == [new.pk, old.pk]
    assert [row.number for row in queries.in_force(on=after)] == [2, 1]
    for on, version in ((before, old), (after, new)):
        current = queries.current(CODE, on=on)
        assert current is not None
        assert current.id == version.pk
    assert queries.content(old.pk).cognitive.minutes == 90
    assert queries.content(new.pk).cognitive.minutes == 120


def test_drafts_and_versions_outside_their_term_are_not_in_force() -> None:
    drafted()
    version = published(start=ON)
    actions.retire(version, until=ON + timedelta(days=10), by=FARAH, at=TUESDAY)

    found = [
        [row.id for row in queries.in_force(on=ON + timedelta(days=days))]
        for days in (-1, 0, 9, 10)
    ]

    assert found == [[], [version.pk], [version.pk], []]


def test_known_gives_the_newest_version_of_each_scheme() -> None:
    published()
    newest = published()

    found = queries.known(on=ON)

    assert [(known.id, known.scheme_code, known.level) for known in found] == [
        (newest.pk, CODE, Level.GENERALIST)
    ]
    assert found[0].routes == tuple(Route)
    assert "PKH" in found[0].programs[0].aliases


def test_what_a_version_says_is_read_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keys = schemes.load()
    queries.forget()

    with django_assert_num_queries(1):
        queries.contents(keys.values())
    with django_assert_num_queries(0):
        for key in keys.values():
            queries.content(key)
            queries.version(key)
            queries.unverified(key)


def test_lists_take_the_same_queries_with_one_and_with_many_versions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    published()
    with django_assert_num_queries(1):
        assert len(queries.versions()) == 1

    schemes.load()

    with django_assert_num_queries(1):
        assert len(queries.versions()) == 8
    with django_assert_num_queries(1):
        assert len(queries.versions(CODE)) == 1
    with django_assert_num_queries(1):
        assert len(queries.in_force(on=ON)) == 8


def test_an_unknown_version_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        queries.content(987_654_321)
    with pytest.raises(KeyError):
        queries.version(987_654_321)


def test_a_version_is_found_by_its_reference() -> None:
    version = published()

    row, record = queries.row(version.ref), queries.record(version.ref)

    assert row is not None
    assert (row.id, row.state, row.published_at) == (version.pk, VersionState.PUBLISHED, TUESDAY)
    assert record == version
    assert (queries.row("ZZZZZZZZZZ"), queries.record("ZZZZZZZZZZ")) == (None, None)


def test_pinned_facts_never_change() -> None:
    version = published()
    before = queries.version(version.pk)
    actions.retire(version, until=date(2026, 6, 1), by=FARAH, at=NEXT_WEEK)

    assert queries.version(version.pk) == before
    assert (before.scheme_code, before.number, before.digest) == (CODE, 1, version.digest)


def test_packaged_schemes_load_once() -> None:
    first = schemes.load()
    events = Event.objects.count()

    again = actions.load_packaged(by=SYSTEM, at=TUESDAY, rng=random.Random(9))

    assert again == first
    assert len(first) == 8
    assert SchemeVersion.objects.count() == 8
    assert Event.objects.count() == events == 16


def test_loading_publishes_a_waiting_draft_and_adds_a_version_where_a_file_has_changed() -> None:
    waiting = drafted()
    other = next(f.content for f in packaged() if f.content.code == "social_educator")
    older = published(replace(other, short="PENSOS-OLD"))

    keys = schemes.load(at=TUESDAY)

    assert keys[CODE] == waiting.pk
    assert SchemeVersion.objects.get(pk=waiting.pk).state == "published"
    assert queries.version(keys["social_educator"]).number == 2
    assert SchemeVersion.objects.get(pk=older.pk).state == "published"


def test_the_first_day_of_packaged_schemes_can_be_set() -> None:
    start = date(2024, 1, 1)
    actions.load_packaged(by=SYSTEM, at=MONDAY, rng=random.Random(8), in_force_from=start)

    assert {row.in_force_from for row in queries.versions()} == {start}


def test_nobody_without_the_role_loads_schemes() -> None:
    with pytest.raises(ledger.StepRefused):
        actions.load_packaged(by=BUDI, at=MONDAY, rng=random.Random(8))

    assert SchemeVersion.objects.count() == 0


def test_a_list_learns_which_routes_are_open() -> None:
    keys = schemes.load()

    routes = queries.open_routes(on=ON)
    versions = queries.versions_in_force(on=ON)

    volunteer = (Profession.SOCIAL_VOLUNTEER, None)
    assert len(routes) == len(versions) == 8
    assert routes[volunteer] == set(Route) - {Route.EDUCATION}
    assert versions[volunteer].id == keys["social_volunteer"]


def test_eligibility_is_asked_of_a_version() -> None:
    key = schemes.load()["social_volunteer"]
    facts = Facts(born_on=date(1970, 1, 1), spells=(Spell(start=date(2000, 1, 1)),))

    found = queries.eligible(key, facts, on=ON)

    assert {route: said.verdict for route, said in found.items()} == {
        Route.DIRECT_CERTIFICATION: Verdict.UNKNOWN,
        Route.DIRECT_ASSESSMENT: Verdict.UNKNOWN,
        Route.TRAINING: Verdict.UNKNOWN,
    }
    codes = [reason.code for reason in found[Route.DIRECT_ASSESSMENT].unknown]
    assert codes == ["recommendation.any_unknown"]


def test_the_whole_is_asked_of_a_version_and_a_route() -> None:
    key = schemes.load()[CODE]
    outcomes = [
        Outcome(component=Component.COGNITIVE, competent=True, points=70),
        Outcome(component=Component.PRACTICE, competent=False, points=50),
    ]

    found = queries.whole(key, Route.TRAINING, outcomes)

    assert not found.competent
    assert [reason.need for reason in found.reasons] == [Component.PRACTICE]


def test_a_value_says_whether_it_is_confirmed() -> None:
    said = queries.content(schemes.load()[CODE])

    assert queries.is_verified(said, "certificate.validity_years")
    assert not queries.is_verified(said, "cognitive.minutes")
