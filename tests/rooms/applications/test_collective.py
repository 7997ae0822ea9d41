"""Does a list become applications, once, with nothing lost and nothing half done?"""

import random
from collections import Counter
from datetime import date, datetime
from importlib.resources import files

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Collective, CollectiveRow, Repair
from kompeten.applications.terms import ListUnreadable
from kompeten.applications.terms.application import ImportResult, RepairState, State
from kompeten.foundation import ledger
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk import lists
from kompeten.people import actions as people
from kompeten.people.models import Person
from kompeten.people.terms import OrganizationKind
from kompeten.schemes import actions as scheme_actions
from kompeten.schemes import queries as schemes
from tests.make import applications as make
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY, WIB_MIDNIGHT

pytestmark = pytest.mark.django_db
PLACES = (lists.Place("32.73", "Kota Bandung"), lists.Place("71.71", "Kota Manado"))


def sample(name: str) -> bytes:
    """Return one of the packaged lists."""
    return files("kompeten.applications").joinpath("data", "samples", name).read_bytes()


def office() -> tuple[int, Actor]:
    """Return an organization and the officer who files for it."""
    make.schemes_loaded()
    centre = people.found_organization(
        "Balai Besar Regional II Bandung",
        kind=OrganizationKind.REGIONAL_CENTRE,
        on=MONDAY.date(),
        rng=random.Random(3),
    )
    officer = account(900, Role.APPLICANT)
    from kompeten.people.models import Account
    from kompeten.people.queries import actor

    people.grant(
        Account.objects.get(pk=officer.account_id), Role.SPONSOR, at=MONDAY, organization=centre
    )
    return centre.pk, actor(officer.account_id or 0, at=TUESDAY)


def another_office() -> tuple[int, Actor]:
    """Return a second organization and its officer."""
    from kompeten.people.models import Account
    from kompeten.people.queries import actor

    place = people.found_organization(
        "Dinas Sosial Kota Manado",
        kind=OrganizationKind.SOCIAL_SERVICE_OFFICE,
        on=MONDAY.date(),
        rng=random.Random(4),
    )
    clerk = Account.objects.get(pk=account(901, Role.APPLICANT).account_id)
    people.grant(clerk, Role.SPONSOR, at=MONDAY, organization=place)
    return place.pk, actor(clerk.pk, at=TUESDAY)


def concluded_two_of_three(*, until: date) -> list[Application]:
    """Take two of three drafts to a decision, the first granted `until`; return all three."""
    drafts = list(Application.objects.order_by("id"))
    for draft in drafts[:2]:
        own = Actor(7, frozenset({Role.APPLICANT}), draft.person_id)
        make.with_documents(draft, by=own)
        actions.submit(draft, agreed=True, consent=make.CONSENT, by=own, at=TUESDAY)
        actions.accept(draft, by=Actor(8, frozenset({Role.VERIFIER})), at=TUESDAY)
    committee = Actor(9, frozenset({Role.COMMITTEE}))
    days = {drafts[0].pk: until}
    actions.conclude_many(drafts[:2], competent_until=days, by=committee, at=TUESDAY)
    return drafts


def receive(
    content: bytes, centre: int, officer: Actor, *, seed: int = 7, at: datetime = TUESDAY
) -> ImportResult:
    """Take a list in on Tuesday."""
    return actions.receive_list(
        content,
        label="daftar.xlsx",
        organization_id=centre,
        by=officer,
        at=at,
        rng=random.Random(seed),
    )


def test_clean_list_becomes_forty_drafts() -> None:
    centre, officer = office()

    result = receive(sample("kolektif-bersih-40.xlsx"), centre, officer)

    assert (result.good, result.repair, result.duplicate) == (40, 0, 0)
    assert queries.counts_by_state() == {State.DRAFT: 40}
    opened = ledger.history("application", Application.objects.order_by("id")[0].pk)
    assert [e.type for e in opened] == ["application.opened"]


def test_a_list_before_dawn_joins_the_version_that_begins_on_that_day() -> None:
    centre, officer = office()
    content = schemes.content(make.version().id)
    begins = {"in_force_from": TUESDAY.date(), "by": SYSTEM, "at": MONDAY}
    drafted = scheme_actions.draft(content, **begins, rng=random.Random(5))
    scheme_actions.publish(drafted, by=SYSTEM, at=MONDAY)

    receive(sample("kolektif-bersih-40.xlsx"), centre, officer, at=WIB_MIDNIGHT)

    opened = Application.objects.filter(scheme_code=content.code)
    assert {a.scheme_version_id for a in opened} == {drafted.pk}


def test_field_list_goes_on_with_its_good_lines_and_keeps_the_bad_ones() -> None:
    centre, officer = office()

    result = receive(sample("kolektif-lapangan-630.xlsx"), centre, officer)

    total = result.good + result.repair + result.duplicate
    assert total == CollectiveRow.objects.count()
    assert result.good == Application.objects.count()
    assert result.repair == Repair.objects.filter(state=RepairState.WAITING).count()
    assert min(result.good, result.repair, result.duplicate) > 0


def test_the_same_file_again_changes_nothing() -> None:
    centre, officer = office()
    first = receive(sample("kolektif-bersih-40.xlsx"), centre, officer)
    before = (Application.objects.count(), Person.objects.count(), CollectiveRow.objects.count())

    again = receive(sample("kolektif-bersih-40.xlsx"), centre, officer)

    assert (again.ref, again.again, again.good) == (first.ref, True, first.good)
    after = (Application.objects.count(), Person.objects.count(), CollectiveRow.objects.count())
    assert after == before


def test_the_same_file_from_another_office_changes_nothing_either() -> None:
    centre, officer = office()
    first = receive(sample("kolektif-bersih-40.xlsx"), centre, officer)
    body, clerk = another_office()

    again = receive(sample("kolektif-bersih-40.xlsx"), body, clerk)

    assert (again.ref, again.again, again.good) == (first.ref, True, 40)
    assert (Collective.objects.count(), Application.objects.count()) == (1, 40)


def test_whoever_was_found_competent_is_not_put_on_the_way_again() -> None:
    centre, officer = office()
    receive(lists.workbook(lists.lines(3, places=PLACES, seed=1)), centre, officer)
    granted, deferred, running = concluded_two_of_three(until=date(2031, 3, 1))
    five = lists.workbook(lists.lines(5, places=PLACES, seed=1))

    result = receive(five, centre, officer, seed=10)

    assert (result.good, result.duplicate) == (3, 2)
    rows = CollectiveRow.objects.filter(collective__ref=result.ref).order_by("row")
    assert [row.reasons for row in rows] == [
        ["competence.held"], [], ["application.exists"], [], []
    ]  # fmt: skip
    people = [row.application and row.application.person_id for row in rows[:3]]
    assert people == [None, deferred.person_id, None]
    assert queries.settled_pairs([granted.person_id, running.person_id], on=date(2031, 3, 2)) == {
        (running.person_id, running.scheme_code): "application.exists"
    }


def test_people_of_an_earlier_list_are_named_and_not_doubled() -> None:
    centre, officer = office()
    receive(sample("kolektif-bersih-40.xlsx"), centre, officer)
    more = lists.workbook(lists.lines(3, places=PLACES, seed=1))
    receive(more, centre, officer, seed=8)
    both = lists.workbook(lists.lines(5, places=PLACES, seed=1))

    result = receive(both, centre, officer, seed=10)

    assert (result.good, result.duplicate) == (2, 3)
    reasons = CollectiveRow.objects.filter(collective__ref=result.ref).values_list(
        "reasons", flat=True
    )
    assert Counter(code for row in reasons for code in row) == {"application.exists": 3}


def test_an_unreadable_file_leaves_nothing_behind() -> None:
    centre, officer = office()

    with pytest.raises(ListUnreadable):
        receive(b"<html><table><tr><td>NIK</td></tr></table></html>", centre, officer)

    assert Application.objects.count() == 0


def test_no_nik_stands_in_clear_among_the_waiting_lines() -> None:
    centre, officer = office()
    receive(sample("kolektif-lapangan-630.xlsx"), centre, officer)
    repair = Repair.objects.order_by("id")[0]

    written = actions.as_written(repair)

    digits = written["nik"].encode()
    assert len(digits) >= 15
    assert digits not in bytes(repair.entry_sealed)


def test_a_mended_line_becomes_a_draft_and_what_was_read_is_forgotten() -> None:
    centre, officer = office()
    content = lists.workbook(lists.lines(30, places=PLACES, seed=5, fault_share=1.0))
    receive(content, centre, officer)
    repair = next(r for r in Repair.objects.order_by("id") if r.line.reasons == ["route.missing"])
    written = actions.as_written(repair) | {"route": "Pelatihan"}

    remain = actions.mend(repair, written, by=officer, at=TUESDAY, rng=random.Random(2))

    repair.refresh_from_db()
    assert remain == ()
    assert (repair.state, bytes(repair.entry_sealed)) == (RepairState.MENDED, b"")
    assert repair.application is not None
    assert repair.application.state == State.DRAFT


def test_a_line_that_is_still_wrong_waits_on_with_its_reasons() -> None:
    centre, officer = office()
    content = lists.workbook(lists.lines(30, places=PLACES, seed=5, fault_share=1.0))
    receive(content, centre, officer)
    repair = next(r for r in Repair.objects.order_by("id") if r.line.reasons == ["nik.length"])

    remain = actions.mend(
        repair, actions.as_written(repair), by=officer, at=TUESDAY, rng=random.Random(2)
    )

    repair.refresh_from_db()
    assert remain == ("nik.length",)
    assert repair.state == RepairState.WAITING


@pytest.mark.parametrize("count", [40, 400])
def test_the_number_of_queries_does_not_grow_with_each_person(count: int) -> None:
    centre, officer = office()
    content = lists.workbook(lists.lines(count, places=PLACES, seed=9))

    with CaptureQueriesContext(
        connection,
    ) as seen:
        receive(content, centre, officer)

    assert len(seen) < 60


def test_a_sponsor_of_another_office_takes_and_settles_nothing_for_this_one() -> None:
    centre, officer = office()
    content = lists.workbook(lists.lines(30, places=PLACES, seed=5, fault_share=1.0))
    receive(content, centre, officer)
    repair = Repair.objects.order_by("id")[0]
    _, clerk = another_office()

    for act in (
        lambda: receive(sample("kolektif-bersih-40.xlsx"), centre, clerk),
        lambda: actions.mend(repair, {}, by=clerk, at=TUESDAY, rng=random.Random(2)),
        lambda: actions.drop(repair, by=clerk, at=TUESDAY),
    ):
        with pytest.raises(ledger.StepRefused) as refusal:
            act()
        assert refusal.value.reasons == ("role.not_held",)

    repair.refresh_from_db()
    assert (Collective.objects.count(), repair.state) == (1, RepairState.WAITING)


def test_somebody_without_the_role_takes_nothing_in() -> None:
    centre, _ = office()

    with pytest.raises(ledger.StepRefused) as refusal:
        receive(sample("kolektif-bersih-40.xlsx"), centre, account(5, Role.APPLICANT))

    assert refusal.value.reasons == ("role.not_held",)
    assert Application.objects.count() == 0
