"""Does each watch hear of each event once, in what anybody may know, and lose nothing on the way?"""

import base64
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from kompeten.certificates import actions as certificates
from kompeten.certificates import tasks as issuing
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries, tasks
from kompeten.notices.chart import PING
from kompeten.notices.models import Ping, Watch
from kompeten.notices.ports import Caller, Gone, Unavailable
from kompeten.notices.terms import Mail, Posted
from kompeten.people import actions as people
from kompeten.people.models import Account, Organization, Person
from kompeten.register import tasks as register
from tests.make import actors, bell
from tests.make.bell import DECIDED_AT, held
from tests.make.costs import spent
from tests.make.people import account
from tests.make.story import told_once

pytestmark = pytest.mark.django_db
AT = DECIDED_AT + timedelta(days=1)
LATER = AT + timedelta(minutes=11)
RNG = random.Random(7)
DIRECTOR = actors.actor(Role.DIRECTOR, account_id=150)


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organization]:
    """Return an office, three of whose people are certified."""
    with django_db_blocker.unblock(), told_once():
        made = bell.office()
        bell.certified(3, through=made)
        while tasks.ring(at=DECIDED_AT):
            continue
        yield made


@pytest.fixture
def wayan(office: Organization) -> Actor:
    return bell.sponsor(office, at=AT)


def webhook(office: Organization, by: Actor, url: str) -> tuple[Watch, str]:
    return actions.watch_by_webhook(office.pk, url=url, by=by, at=AT, rng=RNG)


def suspend(certificate: Certificate, *, days: int = 30) -> None:
    certificates.suspend(
        certificate,
        cause=SuspensionCause.INQUIRY,
        note="Keluhan 12/2026, rahasia",
        ends_at=AT + timedelta(days=days),
        by=DIRECTOR,
        at=AT,
    )


def withdraw(*held: Certificate) -> None:
    certificates.withdraw(
        held,
        cause=WithdrawalCause.CONDUCT,
        note="Berita acara 3, rahasia",
        by=DIRECTOR,
        at=AT + timedelta(seconds=1),
    )


def heard() -> None:
    while tasks.ring(at=AT):
        continue


def call(caller: Caller, *, at: Any = AT) -> Posted:
    return actions.call(at=at, rng=RNG, caller=caller)


def bodies(system: bell.Receiver) -> list[Any]:
    return [json.loads(body) for _, body in system.got]


def test_what_happens_is_told_in_order_and_only_what_anybody_may_know(
    office: Organization, wayan: Actor
) -> None:
    first = held()[0]
    with bell.receiver() as system:
        _, secret = webhook(office, wayan, system.url)
        suspend(first)
        certificates.lift(first, by=DIRECTOR, at=AT)
        withdraw(first)
        heard()

        posted = call(system.caller())

    assert posted == Posted(sent=3)
    facts = {"name": "Ani Rahayu", "number": first.number, "day": "2026-03-13"}
    assert [body["data"] for body in bodies(system)] == [
        facts | {"state": "suspended"},
        facts | {"state": "valid"},
        facts | {"state": "withdrawn"},
    ]
    assert [body["type"] for body in bodies(system)] == [
        "certificate.suspended",
        "certificate.lifted",
        "certificate.withdrawn",
    ]
    assert all(body["timestamp"].startswith("2026-03-13T02:00:0") for body in bodies(system))
    assert all(b"rahasia" not in body for _, body in system.got)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    for headers, body in system.got:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        code = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        assert headers["webhook-signature"] == f"v1,{code}"
    states = list(Ping.objects.values_list("state", flat=True))
    assert states == ["sent"] * 3
    story = ledger.history("ping", Ping.objects.earliest("id").pk)
    assert ledger.replay(PING, story) == "sent"


def test_reading_the_feed_again_queues_nothing_twice(office: Organization, wayan: Actor) -> None:
    webhook(office, wayan, "https://sdm.example.go.id/")
    suspend(held()[0])
    events = list(Event.objects.filter(type="certificate.suspended"))

    counts = [actions.ring(events, at=AT, rng=RNG) for _ in range(2)]

    assert counts == [1, 0]


def test_a_watch_hears_of_nothing_from_before_it_was_opened(
    office: Organization, wayan: Actor
) -> None:
    suspend(held()[0])
    late = actions.watch_by_webhook(
        office.pk,
        url="https://sdm.example.go.id/",
        by=wayan,
        at=AT + timedelta(seconds=1),
        rng=RNG,
    )

    heard()

    assert late
    assert Ping.objects.count() == 0


def test_another_office_hears_of_whom_it_added_and_of_the_certificate_in_their_place(
    office: Organization,
) -> None:
    other = bell.office(2, name="Yayasan Lain")
    eka = bell.sponsor(other, 8101, at=AT)
    webhook(other, eka, "https://lain.example.org/")
    first, second, _ = held()
    actions.add(other.pk, number=first.number, by=eka, at=AT)
    suspend(second)
    person = Person.objects.get(pk=first.person_id)
    people.correct_name(
        person,
        name="Kartika Dewi",
        title_before="",
        title_after="",
        ground="KTP dalam berkas",
        by=account(140, Role.REGISTRAR, at=AT),
        at=AT,
    )
    first.refresh_from_db()
    heir = certificates.correct(first, ground="KTP", by=DIRECTOR, at=AT, rng=RNG)
    ledger.drain_all(at=AT)
    heir.refresh_from_db()
    assert heir.state == "published"
    suspend(heir)
    heard()

    told = Ping.objects.order_by("id").values_list("kind", "certificate__number")
    assert set(told) == {
        ("certificate.published", heir.number),
        ("certificate.replaced", first.number),
        ("certificate.suspended", heir.number),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_ringing_costs_the_same_for_one_and_for_three(
    office: Organization, wayan: Actor, count: int
) -> None:
    webhook(office, wayan, "https://sdm.example.go.id/")
    for certificate in held()[:count]:
        suspend(certificate)
    events = list(Event.objects.filter(type="certificate.suspended"))

    assert spent(lambda: actions.ring(events, at=AT, rng=RNG)) == 7
    assert Ping.objects.count() == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_costs_the_same_for_one_and_for_three(
    office: Organization, wayan: Actor, count: int
) -> None:
    webhook(office, wayan, "https://sdm.example.go.id/")
    for certificate in held()[:count]:
        suspend(certificate)
    heard()

    assert spent(lambda: call(Says())) == 8


class Says:
    """Says to each call in turn what it is told to, then yes; keeps the keys it was called under."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.keys: list[str] = []

    def __call__(self, url: str, *, key: str, body: bytes, secret: str) -> None:
        self.keys.append(key)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer


def test_what_does_not_arrive_waits_and_all_behind_it_under_the_same_names(
    office: Organization, wayan: Actor
) -> None:
    with bell.receiver(204, 500, "die") as system:
        watch, _ = webhook(office, wayan, system.url)
        for certificate in held():
            suspend(certificate)
        heard()
        caller = system.caller()

        first = call(caller)
        at_once = call(caller, at=AT + timedelta(minutes=1))
        second = call(caller, at=AT + timedelta(minutes=3))
        watch.refresh_from_db()
        trouble = watch.trouble
        third = call(caller, at=AT + timedelta(minutes=30))

    assert (first, at_once) == (Posted(sent=1, failed=1), Posted())
    assert (second, third) == (Posted(failed=1), Posted(sent=2))
    assert trouble == "RemoteDisconnected"
    names = [headers["webhook-id"] for headers, _ in system.got]
    assert names[1] == names[2] == names[3]
    assert len(set(names)) == 3
    assert len({body for _, body in system.got}) == 3
    watch.refresh_from_db()
    assert (watch.failures, watch.trouble) == (0, "")
    failures = [e for e in ledger.history("watch", watch.pk) if e.type == "watch.failed"]
    assert [(e.facts["attempt"], e.facts["trouble"]) for e in failures] == [
        (1, "HTTP 500"),
        (2, "RemoteDisconnected"),
    ]


def test_a_receiver_that_is_gone_ends_its_watch(office: Organization, wayan: Actor) -> None:
    with bell.receiver(410) as system:
        watch, _ = webhook(office, wayan, system.url)
        suspend(held()[0])
        suspend(held()[1])
        heard()

        posted = call(system.caller())
        again = call(system.caller(), at=AT + timedelta(days=1))

    watch.refresh_from_db()
    assert (posted, again) == (Posted(given_up=1), Posted())
    assert (watch.state, watch.trouble) == ("ended", "webhook.gone")
    assert list(Ping.objects.values_list("state", flat=True)) == ["dropped", "dropped"]
    assert len(system.got) == 1


def test_one_slow_or_dead_receiver_holds_up_no_other(office: Organization, wayan: Actor) -> None:
    with bell.receiver("drip") as slow, bell.receiver() as quick:
        webhook(office, wayan, slow.url)
        webhook(office, wayan, quick.url)
        suspend(held()[0])
        heard()

        posted = call(quick.caller(seconds=0.8))

    assert posted == Posted(sent=1, failed=1)
    assert len(quick.got) == 1


class Post:
    """Takes mails; while it does, something else happens."""

    def __init__(self, meanwhile: Callable[[], object], trouble: Exception | None = None) -> None:
        self.meanwhile, self.trouble = meanwhile, trouble
        self.taken: list[Mail] = []

    @contextmanager
    def __call__(self) -> Iterator["Post"]:
        yield self

    def deliver(self, mail: Mail) -> None:
        self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        self.taken.append(mail)


def test_what_one_worker_has_in_hand_another_does_not_send(
    office: Organization, wayan: Actor
) -> None:
    mailed(office, wayan)
    suspend(held()[0])
    heard()
    others: list[Posted] = []
    inner = Post(lambda: None)
    outer = Post(lambda: others.append(actions.call(at=LATER, rng=RNG, office=inner)))

    posted = actions.call(at=LATER, rng=RNG, office=outer)

    assert (posted, others) == (Posted(sent=1), [Posted()])
    assert (len(outer.taken), inner.taken) == (1, [])


def test_a_worker_that_died_leaves_its_messages_to_others_under_the_same_names(
    office: Organization, wayan: Actor
) -> None:
    webhook(office, wayan, "https://sdm.example.go.id/")
    suspend(held()[0])
    heard()
    died, other = Says(KeyboardInterrupt()), Says()  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        call(died)
    early = call(other, at=AT + timedelta(minutes=5))
    late = call(other, at=LATER)

    assert (early, late) == (Posted(), Posted(sent=1))
    assert died.keys == other.keys


@pytest.mark.parametrize("trouble", [None, Unavailable("SMTPServerDisconnected")])
def test_a_watch_ended_while_it_is_told_stays_ended(
    office: Organization, wayan: Actor, trouble: Exception | None
) -> None:
    watch = mailed(office, wayan)
    suspend(held()[0])
    heard()

    def end() -> None:
        actions.end_watch(Watch.objects.get(pk=watch.pk), by=wayan, at=LATER)

    posted = actions.call(at=LATER, rng=RNG, office=Post(end, trouble))

    watch.refresh_from_db()
    assert (posted, watch.state) == (Posted(), "ended")
    assert Ping.objects.get().state == "dropped"


def test_a_secret_that_does_not_open_is_the_trouble_of_its_watch_only(
    office: Organization, wayan: Actor
) -> None:
    lost, _ = webhook(office, wayan, "https://lama.example.go.id/")
    webhook(office, wayan, "https://sdm.example.go.id/")
    Watch.objects.filter(pk=lost.pk).update(secret_sealed=b"\x01 sealed with another key")
    suspend(held()[0])
    heard()

    posted = call(Says())

    lost.refresh_from_db()
    assert (posted, lost.trouble) == (Posted(sent=1, failed=1), "webhook.secret_lost")


def test_gone_after_some_arrived_counts_what_arrived(office: Organization, wayan: Actor) -> None:
    webhook(office, wayan, "https://sdm.example.go.id/")
    for certificate in held():
        suspend(certificate)
    heard()

    assert call(Says(None, Gone())) == Posted(sent=1, given_up=1)
    assert list(Ping.objects.order_by("id").values_list("state", flat=True)) == [
        "sent",
        "dropped",
        "dropped",
    ]


def mailed(office: Organization, by: Actor) -> Watch:
    return actions.watch_by_mail(office.pk, by=by, at=AT, rng=RNG)


def test_however_many_change_a_watch_has_one_mail_a_round(
    office: Organization, wayan: Actor, mailoutbox: list[Any]
) -> None:
    mailed(office, wayan)
    first, second, third = held()
    suspend(first)
    withdraw(second, third)
    heard()

    too_early = actions.call(at=AT, rng=RNG)
    posted = actions.call(at=LATER, rng=RNG)
    nothing = actions.call(at=LATER + timedelta(days=1), rng=RNG)

    [mail] = mailoutbox
    assert (too_early, posted, nothing) == (Posted(), Posted(sent=3), Posted())
    assert mail.to == ["ani8100@contoh.example"]
    lines = [line for line in mail.body.splitlines() if line.startswith("– ")]
    assert lines == [
        f"– Ani Rahayu, {first.number}: dibekukan (13 Maret 2026)",
        f"– Ani Rahayu 2, {second.number}: dicabut (13 Maret 2026)",
        f"– Ani Rahayu 3, {third.number}: dicabut (13 Maret 2026)",
    ]
    assert "rahasia" not in mail.body
    assert bell.NAME in mail.body


def test_a_long_mail_says_how_many_more_there_are(
    office: Organization, wayan: Actor, mailoutbox: list[Any]
) -> None:
    mailed(office, wayan)
    first = held()[0]
    for _ in range(30):
        suspend(first)
        certificates.lift(first, by=DIRECTOR, at=AT)
    heard()

    assert actions.call(at=LATER, rng=RNG) == Posted(sent=60)
    [mail] = mailoutbox
    lines = [line for line in mail.body.splitlines() if line.startswith("– ")]
    assert len(lines) == 51
    assert lines[-1] == "– dan 10 lainnya"
    assert "60" in mail.subject


def test_a_mail_that_failed_goes_out_again_as_it_was(
    office: Organization, wayan: Actor, mailoutbox: list[Any], settings: Any
) -> None:
    mailed(office, wayan)
    suspend(held()[0])
    heard()
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False

    failed = actions.call(at=LATER, rng=RNG)
    batch = Ping.objects.get().batch
    withdraw(held()[0])
    heard()
    settings.EMAIL_BACKEND = works
    again = actions.call(at=LATER + timedelta(minutes=3), rng=RNG)
    rest = actions.call(at=LATER + timedelta(minutes=20), rng=RNG)

    assert (failed, again, rest) == (Posted(failed=1), Posted(sent=1), Posted(sent=1))
    first, second = mailoutbox
    assert batch in first.extra_headers["Message-ID"]
    assert batch not in second.extra_headers["Message-ID"]
    assert ("dibekukan" in first.body, "dicabut" in first.body) == (True, False)


def test_whoever_speaks_for_the_office_no_more_hears_no_more(
    office: Organization, mailoutbox: list[Any]
) -> None:
    left = bell.sponsor(office, 8110, at=AT)
    watch = mailed(office, left)
    suspend(held()[0])
    heard()
    left_on = AT + timedelta(minutes=1)
    people.end_grants(Account.objects.get(pk=left.account_id), Role.SPONSOR, at=left_on)

    actions.call(at=LATER, rng=RNG)

    watch.refresh_from_db()
    assert (watch.state, watch.trouble) == ("ended", "watch.not_sponsor")
    assert mailoutbox == []


def test_a_person_without_an_address_is_told_on_the_page_and_loses_nothing(
    office: Organization, wayan: Actor, mailoutbox: list[Any]
) -> None:
    watch = mailed(office, wayan)
    suspend(held()[0])
    heard()
    address = Person.objects.filter(pk=wayan.person_id)
    address.update(email="")

    assert actions.call(at=LATER, rng=RNG) == Posted(failed=1)
    watch.refresh_from_db()
    assert watch.trouble == "mail.no_address"
    [row] = queries.watch_rows(wayan)
    assert (row.trouble, row.waiting, row.failures) == ("mail.no_address", 1, 1)

    address.update(email="wayan@contoh.example")
    assert actions.call(at=LATER + timedelta(hours=1), rng=RNG) == Posted(sent=1)
    assert [mail.to for mail in mailoutbox] == [["wayan@contoh.example"]]


def test_the_bell_rings_by_itself_after_an_event(office: Organization, wayan: Actor) -> None:
    webhook(office, wayan, "https://sdm.example.go.id/")
    suspend(held()[0])

    settled = ledger.drain_all(at=AT)

    assert settled["notices.ring"] == 1
    # Nobody answers under that name here: it waits, and the office sees why.
    watch = Watch.objects.get()
    assert (watch.failures, Ping.objects.get().state) == (1, "queued")


def test_published_certificates_ring_too(office: Organization, wayan: Actor) -> None:
    assert "certificate.published" in queries.RINGING
    assert issuing.publish(at=AT) == 0
    assert register.project(at=AT) == 0
