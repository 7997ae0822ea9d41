"""Does mail go out, wait when it cannot, and is none lost or sent by two at once?"""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend

from kompeten.foundation import ledger
from kompeten.notices import actions, queries, tasks
from kompeten.notices.adapters import post as adapter
from kompeten.notices.chart import DELIVERY
from kompeten.notices.models import Delivery
from kompeten.notices.ports import Refused, Unavailable
from kompeten.notices.terms import DeliveryState, Mail, Posted
from kompeten.people.models import Person
from tests.make import applications as make_applications
from tests.make.times import MONDAY, TUESDAY

LETTER = Mail("ani@contoh.example", "Halo", "Isi\n", "<K7XQ2M9D4T@k.example>")


class FakePost:
    """Keeps what it is handed; refuses or fails the addresses it is told to."""

    def __init__(self, trouble: dict[str, Exception] | None = None, closed: bool = False) -> None:
        self.trouble = trouble or {}
        self.closed = closed
        self.taken: list[Mail] = []

    @contextmanager
    def __call__(self) -> Iterator["FakePost"]:
        if self.closed:
            raise Unavailable("ConnectionRefusedError 111")
        yield self

    def deliver(self, mail: Mail) -> None:
        if mail.to in self.trouble:
            raise self.trouble[mail.to]
        self.taken.append(mail)


def queued(*numbers: int) -> None:
    """Let these persons hand in an application, and put what they are told in the post."""
    for n in numbers:
        make_applications.submitted(n)
    while tasks.tell(at=MONDAY):
        continue


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.django_db
def test_a_mail_goes_out_with_greeting_and_is_noted(mailoutbox: list[Any]) -> None:
    queued(1)

    posted = actions.post(at=TUESDAY)

    [mail] = mailoutbox
    delivery = Delivery.objects.get()
    assert posted == Posted(sent=1)
    assert mail.to == ["ani1@contoh.example"]
    assert "Ani Rahayu" in mail.body.splitlines()[0]
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert delivery.notice.ref in mail.extra_headers["Message-ID"]
    assert (delivery.state, delivery.sent_at) == (DeliveryState.SENT, TUESDAY)
    events = ledger.history("delivery", delivery.pk)
    assert ledger.replay(DELIVERY, events) == DeliveryState.SENT
    assert actions.post(at=TUESDAY) == Posted()


@pytest.mark.django_db
def test_a_mail_that_fails_stays_queued_and_is_tried_later() -> None:
    queued(1)
    broken, mended = FakePost(closed=True), FakePost()

    first = actions.post(at=TUESDAY, office=broken)
    at_once = actions.post(at=TUESDAY + timedelta(minutes=1), office=mended)
    later = actions.post(at=TUESDAY + timedelta(minutes=3), office=mended)

    assert (first, at_once, later) == (Posted(failed=1), Posted(), Posted(sent=1))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 1)
    failed = ledger.history("delivery", delivery.pk)[1]
    assert (failed.type, failed.facts["trouble"]) == (
        "delivery.failed",
        "ConnectionRefusedError 111",
    )


@pytest.mark.django_db
def test_one_bad_address_does_not_hold_up_the_others() -> None:
    queued(1, 2, 3)
    addresses = dict(Person.objects.values_list("id", "email"))
    second = addresses[Delivery.objects.order_by("id")[1].notice.person_id]
    office = FakePost({second: Refused("mail.refused")})

    posted = actions.post(at=TUESDAY, office=office)

    assert posted == Posted(sent=2, given_up=1)
    assert states() == ["sent", "undeliverable", "sent"]
    assert second not in {mail.to for mail in office.taken}


@pytest.mark.django_db
def test_an_address_taken_back_meanwhile_makes_the_mail_undeliverable() -> None:
    queued(1)
    Person.objects.update(email="")
    office = FakePost()

    assert actions.post(at=TUESDAY, office=office) == Posted(given_up=1)
    assert office.taken == []
    told = ledger.history("delivery", Delivery.objects.get().pk)[-1]
    assert (told.type, told.facts) == ("delivery.given_up", {"trouble": "mail.no_address"})


@pytest.mark.django_db
def test_what_one_worker_has_in_hand_another_does_not_send() -> None:
    queued(1)
    office = FakePost()

    class SlowPost(FakePost):
        """While it is handed a letter, another worker comes round."""

        def deliver(self, mail: Mail) -> None:
            super().deliver(mail)
            assert actions.post(at=TUESDAY, office=office) == Posted()

    slow = SlowPost()
    assert actions.post(at=TUESDAY, office=slow) == Posted(sent=1)
    assert (len(slow.taken), office.taken) == (1, [])


@pytest.mark.django_db
def test_a_worker_that_died_leaves_its_letters_to_others() -> None:
    queued(1)

    class DyingPost(FakePost):
        """Dies with a letter in hand."""

        def deliver(self, mail: Mail) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.post(at=TUESDAY, office=DyingPost())

    office = FakePost()
    assert actions.post(at=TUESDAY + timedelta(minutes=5), office=office) == Posted()
    assert actions.post(at=TUESDAY + timedelta(minutes=11), office=office) == Posted(sent=1)


@pytest.mark.django_db
def test_a_broken_post_ends_the_round_and_is_seen_by_the_operator(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    queued(1)

    assert tasks.post(at=TUESDAY) == 0

    assert states() == ["queued"]
    assert queries.overdue(at=TUESDAY) == 1
    assert queries.waiting() == {"queued": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_a_round_costs_the_same_for_one_and_for_thirty(
    count: int, django_assert_num_queries: Any
) -> None:
    queued(*range(1, count + 1))

    with django_assert_num_queries(14):
        actions.post(at=TUESDAY, office=FakePost())

    assert states() == ["sent"] * count


class Script(socketserver.StreamRequestHandler):
    """A mail server that knows no `nobody@…`, is full for `full@…`, and takes the rest."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"RCPT" and b"nobody@" in line:
                self.wfile.write(b"550 no such user\r\n")
            elif word == b"RCPT" and b"full@" in line:
                self.wfile.write(b"452 mailbox full\r\n")
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    continue
                self.wfile.write(b"250 taken\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def smtp(settings: Any) -> Iterator[None]:
    """Let a small mail server answer on this machine."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Script) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.EMAIL_BACKEND = f"{EmailBackend.__module__}.{EmailBackend.__qualname__}"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = False
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("smtp")
def test_the_server_takes_one_mail_and_refuses_others_for_good_or_for_now() -> None:
    def mail(to: str) -> Mail:
        return Mail(to, LETTER.subject, LETTER.body, LETTER.key)

    with adapter.round_of_post() as post:
        post.deliver(LETTER)
        with pytest.raises(Refused, match=r"mail\.refused"):
            post.deliver(mail("nobody@contoh.example"))
        with pytest.raises(Unavailable, match="SMTPRecipientsRefused"):
            post.deliver(mail("full@contoh.example"))
        with pytest.raises(Refused, match=r"mail\.bad_address"):
            post.deliver(mail("bukan alamat"))
        post.deliver(LETTER)


def test_a_server_that_is_away_is_told_in_one_line(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False

    with pytest.raises(Unavailable) as trouble, adapter.round_of_post():
        raise AssertionError("nobody is there")

    assert str(trouble.value) == "ConnectionRefusedError 111"
