"""Does an office say by which way and of whom it wants to hear, and end it again?"""

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kompeten.certificates import actions as certificates
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries
from kompeten.notices.chart import WATCH
from kompeten.notices.models import Ping, Watch, Watched
from kompeten.notices.terms import Group, WatchState
from kompeten.people.models import Organization
from kompeten.register.terms import Status
from tests.make import actors, bell
from tests.make.story import told_once
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
URL = "https://sdm.example.go.id/kait"
RNG = random.Random(5)


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organization]:
    """Return an office, two of whose people are certified; a third came by themselves."""
    with django_db_blocker.unblock(), told_once():
        made = bell.office()
        people = bell.certified(3, through=made)
        people[2].application.organization = None
        people[2].application.save()
        yield made


@pytest.fixture
def wayan(office: Organization) -> Actor:
    return bell.sponsor(office)


def by_webhook(office: Organization, by: Actor, url: str = URL) -> tuple[Watch, str]:
    return actions.watch_by_webhook(office.pk, url=url, by=by, at=TUESDAY, rng=RNG)


def by_mail(office: Organization, by: Actor) -> Watch:
    return actions.watch_by_mail(office.pk, by=by, at=TUESDAY, rng=RNG)


def refused(run: Any) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as said:
        run()
    return said.value.reasons


def test_a_secret_is_given_once_and_kept_sealed(office: Organization, wayan: Actor) -> None:
    watch, secret = by_webhook(office, wayan)

    kept = Watch.objects.get()
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    assert secret.encode() not in bytes(kept.secret_sealed or b"")
    assert queries.parcel(kept, []).secret == secret
    assert ledger.replay(WATCH, ledger.history("watch", watch.pk)) == WatchState.ACTIVE
    assert "whsec" not in str(ledger.history("watch", watch.pk)[0].facts)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://sdm.example.go.id/", "webhook.not_https"),
        ("ftp://sdm.example.go.id/", "webhook.not_https"),
        ("https://admin:rahasia@sdm.example.go.id/", "webhook.has_password"),
        ("https://127.0.0.1/", "webhook.not_public"),
        ("https://[::1]/", "webhook.not_public"),
        ("https://localhost/", "webhook.not_public"),
        ("https://intranet/", "webhook.not_public"),
        ("https://db.internal/", "webhook.not_public"),
        ("https://sdm.example.go.id:99999/", "webhook.unreadable"),
        ("https://", "webhook.unreadable"),
        ("https://sdm.example.go.id/a b", "webhook.unreadable"),
        ("https://sdm.example.go.id/\r\nX: 1", "webhook.unreadable"),
        ("https://sdm.example.go.id/" + "a" * 400, "webhook.unreadable"),
    ],
)
def test_an_address_is_refused_with_its_reason(
    office: Organization, wayan: Actor, url: str, why: str
) -> None:
    assert refused(lambda: by_webhook(office, wayan, url)) == (why,)
    assert Watch.objects.count() == 0


def test_nobody_watches_for_an_office_that_is_not_theirs(office: Organization) -> None:
    other = bell.sponsor(bell.office(2, name="Dinas Lain"), 8101)
    stranger = actors.actor(Role.APPLICANT)

    assert refused(lambda: by_webhook(office, other)) == ("watch.not_yours",)
    assert refused(lambda: by_mail(office, other)) == ("watch.not_yours",)
    assert refused(lambda: by_mail(office, stranger)) == ("role.not_held",)
    add = {"number": bell.held()[0].number, "by": other, "at": TUESDAY}
    assert refused(lambda: actions.add(office.pk, **add)) == ("watch.not_yours",)
    mine, _ = by_webhook(office, bell.sponsor(office))
    assert queries.own_watch(mine.ref, other) is None
    assert refused(lambda: actions.end_watch(mine, by=other, at=TUESDAY)) == ("watch.not_yours",)


def test_the_same_way_twice_is_refused_and_after_its_end_may_come_again(
    office: Organization, wayan: Actor
) -> None:
    watch, _ = by_webhook(office, wayan)
    mail = by_mail(office, wayan)

    assert refused(lambda: by_webhook(office, wayan)) == ("watch.known",)
    assert refused(lambda: by_mail(office, wayan)) == ("watch.known",)

    actions.end_watch(watch, by=wayan, at=TUESDAY)
    actions.end_watch(mail, by=wayan, at=TUESDAY)
    by_webhook(office, wayan)
    by_mail(office, wayan)
    assert queries.active(office.pk).count() == 2
    assert refused(lambda: actions.end_watch(watch, by=wayan, at=TUESDAY)) == ("step.not_open",)


def test_an_office_has_five_webhooks_at_most(office: Organization, wayan: Actor) -> None:
    for n in range(5):
        by_webhook(office, wayan, f"{URL}/{n}")

    assert refused(lambda: by_webhook(office, wayan, f"{URL}/5")) == ("watch.too_many",)


def test_a_colleague_ends_a_webhook_but_not_somebodys_mails(
    office: Organization, wayan: Actor
) -> None:
    colleague = bell.sponsor(office, 8102)
    watch, _ = by_webhook(office, wayan)
    mail = by_mail(office, wayan)

    assert queries.own_watch(watch.ref, colleague) == watch
    assert queries.own_watch(mail.ref, colleague) is None


def test_what_waits_when_a_watch_ends_is_dropped_and_says_so(
    office: Organization, wayan: Actor
) -> None:
    watch, _ = by_webhook(office, wayan)
    event = ledger.history("certificate", bell.held()[0].pk)[-1]
    event.at = TUESDAY  # opened that day, so it hears of what happens from then on
    actions.ring([event], at=TUESDAY, rng=RNG)

    actions.end_watch(watch, by=wayan, at=TUESDAY)

    [ping] = Ping.objects.all()
    assert ping.state == "dropped"
    assert ledger.history("ping", ping.pk)[-1].facts == {"trouble": "watch.by_hand"}


def test_an_ended_watch_and_a_settled_message_stay_as_they_are(
    office: Organization, wayan: Actor
) -> None:
    watch, _ = by_webhook(office, wayan)
    actions.end_watch(watch, by=wayan, at=TUESDAY)

    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Watch.objects.update(state="active")
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Watch.objects.all().delete()


def rows(wayan: Actor, *, text: str = "", group: Group = Group.ALL) -> list[Any]:
    on = bell.DECIDED_AT.date()
    found = queries.sought(queries.staff(wayan), text=text, group=group, on=on)
    return queries.staff_rows(found, wayan, on=on)


def test_an_office_sees_those_who_came_through_it(office: Organization, wayan: Actor) -> None:
    seen = rows(wayan)

    assert {row.name for row in seen} == {"Ani Rahayu", "Ani Rahayu 2"}
    assert {row.status for row in seen} == {Status.VALID}
    assert {row.days_left for row in seen} == {1825}
    assert [row.is_added for row in seen] == [False, False]
    assert rows(bell.sponsor(bell.office(2, name="Dinas Lain"), 8101)) == []


def test_a_certificate_is_added_by_number_however_it_is_typed_and_taken_out(
    office: Organization, wayan: Actor
) -> None:
    third = bell.held()[2]
    typed = "  " + third.number.replace(" ", "   ")

    for _ in range(2):
        actions.add(office.pk, number=typed, by=wayan, at=TUESDAY)

    assert Watched.objects.count() == 1
    assert [row.name for row in rows(wayan) if row.is_added] == ["Ani Rahayu 3"]
    assert actions.remove(third.ref, by=wayan) == 1
    assert len(rows(wayan)) == 2
    with pytest.raises(StepRefused, match=r"watch\.no_number"):
        actions.add(office.pk, number="88900 0000", by=wayan, at=TUESDAY)


def test_they_are_found_by_printed_name_number_and_group(
    office: Organization, wayan: Actor
) -> None:
    first = bell.held()[0]

    assert [row.number for row in rows(wayan, text="rahayu 2")] != [first.number]
    assert [row.name for row in rows(wayan, text="rahayu 2")] == ["Ani Rahayu 2"]
    assert [row.number for row in rows(wayan, text=first.number[:8])] == [first.number]
    assert rows(wayan, text="ani1@contoh") == []
    on = bell.DECIDED_AT.date()
    counted = queries.counts(queries.staff(wayan), on=on)
    assert (counted[Group.ALL], counted[Group.VALID], counted[Group.OUT]) == (2, 2, 0)
    late = queries.counts(queries.staff(wayan), on=on.replace(year=2030, month=10))
    assert (late[Group.ENDING], late[Group.EXPIRED]) == (2, 0)
    over = queries.counts(queries.staff(wayan), on=on.replace(year=2032))
    assert (over[Group.VALID], over[Group.EXPIRED]) == (0, 2)


IN_GROUP = {
    Status.VALID: {Group.ALL, Group.VALID},
    Status.SUSPENDED: {Group.ALL, Group.SUSPENDED},
    Status.WITHDRAWN: {Group.ALL, Group.OUT},
    Status.EXPIRED: {Group.ALL, Group.EXPIRED},
}


@pytest.mark.parametrize("year", [2026, 2032])
def test_groups_tell_apart_what_the_public_page_tells_apart(
    office: Organization, wayan: Actor, year: int
) -> None:
    first, second, _ = bell.held()
    director = actors.actor(Role.DIRECTOR, account_id=150)
    certificates.suspend(
        first,
        cause=SuspensionCause.REQUEST,
        note="Surat",
        ends_at=bell.HELD_AT + timedelta(days=9),
        by=director,
        at=bell.HELD_AT,
    )
    certificates.withdraw(
        [second], cause=WithdrawalCause.REQUEST, note="Surat", by=director, at=bell.HELD_AT
    )
    third = bell.held()[2]
    actions.add(office.pk, number=third.number, by=wayan, at=TUESDAY)
    on = bell.HELD_AT.date().replace(year=year)

    found: dict[str, set[Group]] = {}
    statuses: dict[str, Status] = {}
    for group in Group:
        chosen = queries.sought(queries.staff(wayan), text="", group=group, on=on)
        for row in queries.staff_rows(chosen, wayan, on=on):
            found.setdefault(row.number, set()).add(group)
            statuses[row.number] = row.status

    assert len(found) == 3
    assert found == {number: IN_GROUP[status] for number, status in statuses.items()}
