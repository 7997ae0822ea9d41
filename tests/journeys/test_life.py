"""What becomes of a published certificate: suspended and lifted, withdrawn, put right, reinstated?"""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kompeten.certificates import actions, queries, tasks
from kompeten.certificates.actions import holding
from kompeten.certificates.actions.holding import hold
from kompeten.certificates.models import Certificate, Suspension, Withdrawal
from kompeten.certificates.terms import (
    STATUS_LIST_SIZE,
    RecallWish,
    StatusPurpose,
    SuspensionCause,
    WithdrawalCause,
)
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.foundation.vc import status
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from tests.make import journey as make
from tests.make.actors import actor
from tests.make.journey import REGISTRAR, Traveler
from tests.make.people import account

pytestmark = pytest.mark.django_db

DIRECTOR = actor(Role.DIRECTOR, account_id=150)
MONTH = timedelta(days=30)


@pytest.fixture(scope="module")
def certified(django_db_setup: None, django_db_blocker: Any) -> Iterator[Traveler]:
    """Return a person whose certificate is published."""
    with django_db_blocker.unblock(), transaction.atomic():
        traveler = make.certifiable()
        traveler.drain()
        yield traveler
        transaction.set_rollback(True)


@pytest.fixture
def held(certified: Traveler) -> Certificate:
    return Certificate.objects.get()


def suspended(held: Certificate, traveler: Traveler, *, days: int = 30) -> Event:
    return actions.suspend(
        held,
        cause=SuspensionCause.INQUIRY,
        note="Keluhan 12/2026",
        ends_at=traveler.at + timedelta(days=days),
        by=REGISTRAR,
        at=traveler.at,
    )


def withdrawn(held: Certificate, traveler: Traveler) -> None:
    actions.withdraw(
        [held],
        cause=WithdrawalCause.ISSUED_IN_ERROR,
        note="Berita acara 3/2026",
        by=DIRECTOR,
        at=traveler.at,
    )


def renamed(held: Certificate, traveler: Traveler) -> None:
    people.correct_name(
        held.person,
        name="Kartika Dewi",
        title_before="",
        title_after="S.Tr.Sos.",
        ground="KTP dalam berkas",
        by=account(140, Role.REGISTRAR, at=traveler.at),
        at=traveler.at,
    )
    held.refresh_from_db()


def state(certificate: Certificate) -> str:
    certificate.refresh_from_db()
    return certificate.state


def test_a_certificate_has_a_random_place_of_its_own(held: Certificate) -> None:
    content = queries.content(held)

    assert held.status_list == 1
    assert held.status_index is not None
    assert 0 <= held.status_index < STATUS_LIST_SIZE
    assert content.status is not None
    assert (content.status.list, content.status.index) == (1, held.status_index)


def test_a_suspension_is_lifted_by_itself_when_its_time_is_over(
    certified: Traveler, held: Certificate
) -> None:
    suspended(held, certified, days=30)
    before = ledger.drain("certificates.lift", at=certified.at + timedelta(days=29))
    was = state(held)

    after = ledger.drain("certificates.lift", at=certified.at + timedelta(days=30))

    assert (before, was, after, state(held)) == (0, "suspended", 1, "published")
    assert Suspension.objects.get().ended_at == certified.at + timedelta(days=30)
    last = ledger.history("certificate", held.pk)[-1]
    assert (last.type, last.actor_role) == ("certificate.lifted", "system")


def test_a_suspension_can_be_made_longer_but_not_shorter(
    certified: Traveler, held: Certificate
) -> None:
    suspended(held, certified)
    later = certified.at + 3 * MONTH

    actions.extend(held, ends_at=later, by=REGISTRAR, at=certified.at + MONTH / 2)

    assert Suspension.objects.get().ends_at == later
    with pytest.raises(StepRefused, match=r"suspension\.ends_early"):
        actions.extend(held, ends_at=later - MONTH, by=REGISTRAR, at=certified.at + MONTH)


@pytest.mark.parametrize(
    ("note", "days", "reason"),
    [
        (" ", 30, "suspension.no_note"),
        ("ada", 0, "suspension.ends_early"),
        ("ada", 800, "suspension.too_long"),
    ],
)
def test_a_suspension_needs_a_note_and_a_period(
    certified: Traveler, held: Certificate, note: str, days: int, reason: str
) -> None:
    with pytest.raises(StepRefused) as refusal:
        actions.suspend(
            held,
            cause=SuspensionCause.REQUEST,
            note=note,
            ends_at=certified.at + timedelta(days=days),
            by=REGISTRAR,
            at=certified.at,
        )

    assert refusal.value.reasons == (reason,)
    assert (state(held), Suspension.objects.count()) == ("published", 0)


def test_periods_of_one_certificate_cannot_overlap(certified: Traveler, held: Certificate) -> None:
    suspended(held, certified)
    actions.lift(held, by=REGISTRAR, at=certified.at + timedelta(days=10))
    again = Suspension(
        certificate=held,
        cause="request",
        note="",
        starts_at=certified.at + timedelta(days=9),
        ends_at=certified.at + timedelta(days=40),
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    again.starts_at = certified.at + timedelta(days=10)
    again.save()

    assert Suspension.objects.count() == 2


def test_a_withdrawal_ends_a_suspension_and_is_for_good(
    certified: Traveler, held: Certificate
) -> None:
    suspended(held, certified)

    withdrawn(held, certified)

    assert state(held) == "withdrawn"
    assert Withdrawal.objects.get().cause == "issued_in_error"
    assert not Suspension.objects.filter(ended_at=None).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=held.pk).update(state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.update(note="lain")


def test_a_registrar_withdraws_nothing(certified: Traveler, held: Certificate) -> None:
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.withdraw(
            [held], cause=WithdrawalCause.REQUEST, note="ada", by=REGISTRAR, at=certified.at
        )

    assert state(held) == "published"


def test_a_name_put_right_gives_a_new_certificate_that_ends_on_the_same_day(
    certified: Traveler, held: Certificate
) -> None:
    renamed(held, certified)
    later = certified.at + 2 * MONTH
    rng = random.Random(5)
    new = actions.correct(held, ground="Nama di KTP", by=REGISTRAR, at=later, rng=rng)
    meanwhile = state(held)

    ledger.drain_all(at=later)

    new.refresh_from_db()
    content = queries.content(new)
    assert (meanwhile, state(held), new.state) == ("published", "replaced", "published")
    assert (content.holder, content.replaces) == ("Kartika Dewi, S.Tr.Sos.", held.number)
    assert new.valid_until == held.valid_until
    assert new.number != held.number
    assert queries.heir(held) == new
    last = ledger.history("certificate", held.pk)[-1]
    assert (last.type, last.facts) == ("certificate.replaced", {"by": new.number})


def test_a_second_correction_and_one_of_nothing_are_refused(
    certified: Traveler, held: Certificate
) -> None:
    rng = random.Random(5)

    with pytest.raises(StepRefused, match=r"anew\.same"):
        actions.correct(held, ground="ada", by=REGISTRAR, at=certified.at, rng=rng)
    renamed(held, certified)
    actions.correct(held, ground="ada", by=REGISTRAR, at=certified.at, rng=rng)
    with pytest.raises(StepRefused, match=r"anew\.under_way"):
        actions.correct(held, ground="ada", by=REGISTRAR, at=certified.at, rng=rng)

    assert Certificate.objects.count() == 2


def test_a_reinstatement_is_a_certificate_of_its_own(
    certified: Traveler, held: Certificate
) -> None:
    withdrawn(held, certified)
    rng = random.Random(5)
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.reinstate(held, ground="Banding", by=REGISTRAR, at=certified.at, rng=rng)

    new = actions.reinstate(held, ground="Banding", by=DIRECTOR, at=certified.at, rng=rng)
    ledger.drain_all(at=certified.at)

    new.refresh_from_db()
    assert (state(held), new.state, new.replaces) == ("withdrawn", "published", held.number)
    assert list(queries.in_force()) == [new]


# What programs see of it


def bit(held: Certificate, purpose: StatusPurpose) -> bool:
    """Say whether the certificate is set in the list of a purpose."""
    assert held.status_list is not None
    assert held.status_index is not None
    bits = queries.status_bits(purpose, held.status_list)
    assert bits is not None
    return status.is_set(bits, held.status_index)


def key(held: Certificate) -> str:
    """Return what the certificate's credential names to have it anew."""
    stated = json.loads(queries.credential(held))["refreshService"]["id"]
    return str(stated.rpartition("/")[2])


def test_the_lists_follow_its_life(held: Certificate, certified: Traveler) -> None:
    def seen() -> tuple[bool, ...]:
        return tuple(bit(held, purpose) for purpose in StatusPurpose)

    before = seen()
    suspended(held, certified)
    during = seen()
    actions.lift(held, by=REGISTRAR, at=certified.at)
    lifted = seen()
    withdrawn(held, certified)

    assert (before, during, lifted, seen()) == (
        (False, False),
        (False, True),
        (False, False),
        (True, False),
    )


def test_a_credential_had_anew_is_the_one_that_took_its_place(
    held: Certificate, certified: Traveler
) -> None:
    rng = random.Random(5)
    assert queries.refreshed(held.ref, key(held)) == held
    renamed(held, certified)
    new = actions.correct(held, ground="Nama di KTP", by=REGISTRAR, at=certified.at, rng=rng)
    assert queries.refreshed(held.ref, key(held)) == held

    ledger.drain_all(at=certified.at)

    held.refresh_from_db()
    assert queries.refreshed(held.ref.lower(), key(held)) == new
    assert bit(held, StatusPurpose.REVOCATION)
    assert queries.refreshed(new.ref, key(held)) is None
    withdrawn(queries.by_id(new.pk), certified)
    assert queries.refreshed(held.ref, key(held)) is None

    back = actions.reinstate(
        queries.by_id(new.pk), ground="Banding", by=DIRECTOR, at=certified.at, rng=rng
    )
    ledger.drain_all(at=certified.at)
    assert queries.refreshed(held.ref, key(held)) == back


def corrected(held: Certificate, traveler: Traveler) -> Certificate:
    """Begin a certificate with the right name in the place of this one."""
    renamed(held, traveler)
    rng = random.Random(5)
    return actions.correct(held, ground="KTP", by=REGISTRAR, at=traveler.at, rng=rng)


def test_what_is_to_replace_an_older_one_and_is_begun_anew_still_replaces_it(
    certified: Traveler, held: Certificate
) -> None:
    first = corrected(held, certified)
    tasks.intend(at=certified.at)
    first.refresh_from_db()
    hold({first: ("output.stored",)}, at=certified.at)

    rng = random.Random(6)
    actions.issue_again(first, ground="Diulang", by=REGISTRAR, at=certified.at, rng=rng)
    ledger.drain_all(at=certified.at)

    second = queries.heir(held)
    assert second is not None
    assert (state(first), state(second), state(held)) == ("void", "published", "replaced")
    assert second.ground == first.ground


@pytest.mark.parametrize(
    "steps", [(), ("intend",), ("intend", "sign"), ("intend", "sign", "check")]
)
def test_what_was_to_replace_a_withdrawn_one_is_never_published(
    certified: Traveler, held: Certificate, steps: tuple[str, ...]
) -> None:
    new = corrected(held, certified)
    for step in steps:
        getattr(tasks, step)(at=certified.at)

    withdrawn(held, certified)
    ledger.drain_all(at=certified.at)

    assert (state(held), state(new)) == ("withdrawn", "void")
    assert list(queries.in_force()) == []


def test_one_that_slipped_in_while_the_old_was_withdrawn_is_stopped_at_the_door(
    certified: Traveler, held: Certificate
) -> None:
    new = corrected(held, certified)
    later = certified.at + timedelta(seconds=1)
    # As a second process does it that has not seen the new one yet.
    Certificate.objects.filter(pk=held.pk).update(state="withdrawn")
    Withdrawal.objects.create(certificate=held, cause="conduct", note="ada", at=later)

    ledger.drain_all(at=later)

    assert state(new) == "void"
    assert list(queries.in_force()) == []


def test_what_is_held_in_the_place_of_a_withdrawn_one_cannot_go_on(
    certified: Traveler, held: Certificate
) -> None:
    new = corrected(held, certified)
    holding.hold({new: ("content.unreadable",)}, at=certified.at)

    withdrawn(held, certified)

    assert state(new) == "void"


def test_a_recall_reaches_what_is_on_its_way(certified: Traveler, held: Certificate) -> None:
    new = corrected(held, certified)
    wish = RecallWish(numbers=(held.number,))
    recall = actions.propose(
        wish,
        shown=queries.reach(wish).digest,
        cause=WithdrawalCause.ISSUED_IN_ERROR,
        note="Berita acara 9",
        by=REGISTRAR,
        at=certified.at,
        rng=random.Random(6),
    )

    actions.approve(recall, by=DIRECTOR, at=certified.at)
    ledger.drain_all(at=certified.at)

    assert (state(held), state(new)) == ("withdrawn", "void")


def test_a_suspension_goes_over_to_the_certificate_that_takes_its_place(
    certified: Traveler, held: Certificate
) -> None:
    suspended(held, certified, days=30)
    new = corrected(held, certified)

    ledger.drain_all(at=certified.at)
    during = state(new)
    ledger.drain("certificates.lift", at=certified.at + timedelta(days=30))

    assert (state(held), during, state(new)) == ("replaced", "suspended", "published")
    theirs = Suspension.objects.get(certificate=new)
    assert (theirs.cause, theirs.note) == ("inquiry", "Keluhan 12/2026")


def test_a_suspension_is_not_made_longer_than_two_years_bit_by_bit(
    certified: Traveler, held: Certificate
) -> None:
    suspended(held, certified, days=700)

    with pytest.raises(StepRefused, match=r"suspension\.too_long"):
        actions.extend(
            held, ends_at=certified.at + timedelta(days=800), by=REGISTRAR, at=certified.at
        )
