"""Does one certificate that cannot go on keep nobody else waiting, and is it issued in the end?"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import override_settings

from kompeten.certificates import actions, queries
from kompeten.certificates.adapters import bulk, seal
from kompeten.certificates.chart import CERTIFICATE
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import Content, Named, Scheme, Sealed, Unsealed
from kompeten.decisions import actions as decisions
from kompeten.decisions import queries as agenda
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.models import Person
from kompeten.people.queries import accounts_with
from kompeten.register import queries as register
from kompeten.schemes.terms import Component, Route
from tests.make import held as make_held
from tests.make import journey as make
from tests.make.certificates import ANI, EKO, ISSUING, SIGNED_AT, WAY, content, keys
from tests.make.held import ARABIC
from tests.make.journey import Traveler
from tests.make.people import account

pytestmark = pytest.mark.django_db

BAD = 2  # the second of three


@pytest.fixture(scope="module")
def three(django_db_setup: None, django_db_blocker: Any) -> Iterator[Traveler]:
    """Return the last of three candidates whose decree is signed; no certificate is begun."""
    with django_db_blocker.unblock(), transaction.atomic():
        make.keys_made()
        travelers = [_rated(n) for n in (1, BAD, 3)]
        make.signed(travelers[-1])
        yield travelers[-1]
        transaction.set_rollback(True)


def _rated(n: int) -> Traveler:
    traveler = Traveler(n=n, route=Route.DIRECT_CERTIFICATION)
    make.applied(traveler)
    make.reviewed(traveler)
    make.read(traveler)
    make.rated(traveler, Component.INTERVIEW)
    return traveler


def _signed_too(traveler: Traveler) -> None:
    """Let the committee that sat before decide once more, and the director sign."""
    chair, *members = accounts_with(Role.COMMITTEE, at=traveler.at)
    (director,) = accounts_with(Role.DIRECTOR, at=traveler.at)
    meeting = make.convened(traveler, [chair, *members])
    assert make.proposed(traveler, meeting) == {}
    at, rng = traveler.at, traveler.rng()
    decisions.decide(meeting, list(agenda.agenda(meeting)), by=chair, at=at)
    decree = decisions.close(meeting, minutes="Rapat pleno.", by=chair, at=at, rng=rng)
    decisions.sign(decree, place="Jakarta", by=director, at=traveler.later(days=1))


def issue(traveler: Traveler) -> int:
    """Let the follower work until nothing is left to do."""
    settled = 0
    while done := sum(ledger.drain(name, at=traveler.at) for name in ISSUING):
        settled += done
    return settled


def numbers() -> list[str]:
    return [f"{n:06d}/TKS-G/LSP KESOS/III/2026" for n in (1, 2, 3, 4)]


def by_number() -> dict[str, str]:
    return dict(Certificate.objects.order_by("number").values_list("number", "state"))


def the_bad_one() -> Certificate:
    return Certificate.objects.select_related("person", "application", "decision__meeting__decree").get(
        number=numbers()[BAD - 1]
    )  # fmt: skip


def registrar(traveler: Traveler) -> Actor:
    return account(140, Role.REGISTRAR, at=traveler.at, label="Registrar")


# -- One of three is bad, at each step -------------------------------------------------------


def bad_name(traveler: Traveler) -> None:
    """Call the second by a name that could be admitted before names were judged."""
    actions.reserve(list(queries.inbox()), at=traveler.at, rng=traveler.rng())
    Person.objects.filter(pk=the_bad_one().person_id).update(name=ARABIC)


def recorded(change: Callable[[Content], Content]) -> Callable[[Traveler], None]:
    """Record for the second a content that an earlier release would have recorded."""

    def make_bad(traveler: Traveler) -> None:
        actions.reserve(list(queries.inbox()), at=traveler.at, rng=traveler.rng())
        make_held.recorded(the_bad_one(), change, at=traveler.at)

    return make_bad


def damaged(traveler: Traveler) -> None:
    """Change a byte of the second one's signed sheet in the store."""
    for step in (None, actions.intend, actions.sign):
        if step is None:
            actions.reserve(list(queries.inbox()), at=traveler.at, rng=traveler.rng())
        else:
            rows = Certificate.objects.select_related(
                "person", "application", "decision__meeting__decree"
            )
            step(list(rows.order_by("id")), at=traveler.at)
    name = the_bad_one().pdf_sha256
    with storages["files"].open(f"{name[:2]}/{name[2:4]}/{name}", "r+b") as file:
        file.seek(200)
        file.write(b"\x00\x01")


@dataclass(frozen=True)
class Fault:
    """How the second of three becomes bad, why it is held, and whether its content was recorded."""

    name: str
    happens: Callable[[Traveler], None]
    reason: str
    is_recorded: bool


FAULTS = (
    Fault("intend", bad_name, "content.unprintable:holder", is_recorded=False),
    Fault(
        "draw",
        recorded(lambda c: replace(c, units=(Named("X.01", "社会"),))),
        "content.unprintable:units",
        is_recorded=True,
    ),
    Fault(
        "sign",
        recorded(lambda c: replace(c, scheme=Scheme("S" + " S" * 150, "1", c.scheme.title))),
        "content.too_long",
        is_recorded=True,
    ),
    Fault(
        "unfit",
        recorded(lambda c: replace(c, holder=ARABIC)),
        "content.unprintable:holder",
        is_recorded=True,
    ),
    Fault("check", damaged, "output.stored", is_recorded=True),
)
AT_EACH_STEP = pytest.mark.parametrize("fault", FAULTS, ids=[f.name for f in FAULTS])


@AT_EACH_STEP
def test_one_that_cannot_go_on_is_set_aside_and_the_others_go_out(
    three: Traveler, fault: Fault
) -> None:
    fault.happens(three)

    issue(three)

    one, two, other, _ = numbers()
    assert by_number() == {one: "published", two: "held", other: "published"}
    bad = the_bad_one()
    assert (bad.reasons, bad.held_at) == ([fault.reason], three.at)
    last = ledger.history("certificate", bad.pk)[-1]
    assert (last.type, last.facts) == ("certificate.held", {"reasons": [fault.reason]})
    assert issue(three) == 0  # and it is no work any more


@AT_EACH_STEP
def test_put_right_it_is_issued_and_no_number_is_lost(three: Traveler, fault: Fault) -> None:
    fault.happens(three)
    issue(three)
    ani, bad = registrar(three), the_bad_one()

    people.correct_name(
        bad.person, name="Muhammad Ali", title_before="", title_after="", ground="KTP", by=ani, at=three.at
    )  # fmt: skip
    actions.issue_again(
        bad, ground="Nama sesuai KTP", by=ani, at=three.later(hours=1), rng=random.Random(9)
    )
    three.drain()

    one, two, other, fourth = numbers()
    if fault.is_recorded:
        expected = {one: "published", two: "void", other: "published", fourth: "published"}
    else:
        expected = {one: "published", two: "published", other: "published"}
    assert by_number() == expected
    issued = queries.successor(bad)
    assert issued is not None
    assert queries.content(issued).holder == "Muhammad Ali"
    assert register.verify(queries.pdf(issued), at=three.at).ok
    assert register.total() == 3
    assert queries.of_applications([bad.application_id]) == {bad.application_id: issued}
    for certificate in Certificate.objects.all():
        events = ledger.history("certificate", certificate.pk)
        assert ledger.replay(CERTIFICATE, events) == certificate.state


def test_later_decrees_do_not_wait(three: Traveler) -> None:
    bad_name(three)
    issue(three)
    late = _rated(4)
    late.at = three.at
    _signed_too(late)

    issue(late)

    states = Certificate.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["published", "held", "published", "published"]


# -- Whoever puts it right --------------------------------------------------------------------


def test_it_is_not_issued_again_before_it_is_put_right(three: Traveler) -> None:
    recorded(lambda c: replace(c, holder=ARABIC))(three)
    issue(three)
    bad = the_bad_one()
    Person.objects.filter(pk=bad.person_id).update(name=ARABIC)
    bad = the_bad_one()

    with pytest.raises(StepRefused) as refusal:
        actions.issue_again(
            bad, ground="Sudah benar", by=registrar(three), at=three.at, rng=random.Random(9)
        )

    assert refusal.value.reasons == ("content.unprintable:holder",)
    assert the_bad_one().state == "held"  # and no number is spoiled


def test_it_goes_on_with_a_ground_by_those_who_may_and_once(three: Traveler) -> None:
    recorded(lambda c: replace(c, holder=ARABIC))(three)
    issue(three)
    bad, ani = the_bad_one(), registrar(three)

    with pytest.raises(StepRefused, match=r"certificate\.no_ground"):
        actions.issue_again(bad, ground="  ", by=ani, at=three.at, rng=random.Random(9))
    with pytest.raises(StepRefused, match=r"role\.not_held"):
        actions.issue_again(
            bad,
            ground="KTP",
            by=account(141, Role.VERIFIER, at=three.at),
            at=three.at,
            rng=random.Random(9),
        )
    actions.issue_again(bad, ground="KTP", by=ani, at=three.at, rng=random.Random(9))
    with pytest.raises(StepRefused, match=r"step\.not_open"):
        actions.issue_again(the_bad_one(), ground="KTP", by=ani, at=three.at, rng=random.Random(9))

    issue(three)
    assert list(by_number().values()) == ["published", "void", "published", "published"]


def test_what_was_recorded_stays_while_it_is_held_and_when_it_is_void(three: Traveler) -> None:
    recorded(lambda c: replace(c, holder=ARABIC))(three)
    issue(three)
    for _ in ("held", "void"):
        bad = the_bad_one()
        rows = Certificate.objects.filter(pk=bad.pk)
        for forged in (
            {"content": dict(bad.content or {}) | {"holder": "Orang Lain"}},
            {"digest": f"sha256:{'0' * 64}"},
            {"pdf_sha256": "0" * 64},
            {"state": "reserved"},
        ):
            with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
                rows.update(**forged)
        if bad.state == "held":
            actions.issue_again(
                bad, ground="KTP", by=registrar(three), at=three.at, rng=random.Random(9)
            )
    with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
        rows.update(state="held")


def test_a_decision_has_one_certificate_that_is_not_void(three: Traveler) -> None:
    bad_name(three)
    issue(three)
    bad = the_bad_one()

    bad.pk, bad.ref, bad.number = None, "AAAAAAAAAA", "000009/X"

    with pytest.raises(DatabaseError), transaction.atomic():
        bad.save(force_insert=True)


# -- What is everybody's fault -----------------------------------------------------------------


@pytest.mark.parametrize("public_url", ["http://lsp.example", f"https://{'x' * 120}.example"])
def test_a_fault_of_the_house_holds_nobody_and_all_go_on_once_it_is_mended(
    three: Traveler, public_url: str
) -> None:
    with override_settings(PUBLIC_URL=public_url), pytest.raises(actions.ContentUnfit):
        issue(three)
    assert set(by_number().values()) == {"reserved"}

    issue(three)
    assert set(by_number().values()) == {"published"}


def test_keys_that_no_longer_hold_are_nobodys_fault(three: Traveler) -> None:
    three.later(days=366 * 30)

    with pytest.raises(seal.NotSealed):
        issue(three)

    assert set(by_number().values()) == {"signed"}
    three.later(days=-366 * 30)


def test_one_content_that_breaks_a_library_keeps_no_other_from_being_made() -> None:
    broken = content(legal_basis=("\ud800",))  # half a letter: no text can be written with it

    made = list(bulk.sign_many([ANI, broken, EKO], keys=keys(), at=SIGNED_AT, photos=[b""] * 3))

    assert [type(one) for one in made] == [Sealed, Unsealed, Sealed]
    assert made[1] == Unsealed(("seal.broken:CanonicalizationError",), foreseen=False)


# -- Whatever breaks while it is held ----------------------------------------------------------


@contextmanager
def breaking(event: str) -> Iterator[None]:
    """Let the database fail as it is about to write `event`."""

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT INTO" in sql and "foundation_event" in sql and event in str(params):
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


@AT_EACH_STEP
def test_what_broke_while_holding_goes_on_and_holds_once(three: Traveler, fault: Fault) -> None:
    fault.happens(three)
    with breaking("certificate.held"), pytest.raises(OperationalError):
        issue(three)

    issue(three)

    assert list(by_number().values()) == ["published", "held", "published"]
    bad = Event.objects.filter(type="certificate.held")
    assert bad.count() == 1
    events = Event.objects.filter(subject="certificate", type__in=WAY)
    of_the_others = events.exclude(subject_id=the_bad_one().pk)
    assert [of_the_others.filter(type=step).count() for step in WAY] == [2] * len(WAY)


@pytest.mark.parametrize(
    "event", ["certificate.voided", "certificate.reserved", "certificate.signed"]
)
def test_what_broke_while_it_is_issued_again_takes_one_number_only(
    three: Traveler, event: str
) -> None:
    recorded(lambda c: replace(c, holder=ARABIC))(three)
    issue(three)
    ani = registrar(three)

    def asked_for() -> None:
        with transaction.atomic():  # as the request that asks for it
            actions.issue_again(
                the_bad_one(), ground="KTP", by=ani, at=three.at, rng=random.Random(9)
            )
        issue(three)

    with breaking(event), pytest.raises(OperationalError):
        asked_for()
    if the_bad_one().state == "held":
        actions.issue_again(the_bad_one(), ground="KTP", by=ani, at=three.at, rng=random.Random(9))
    issue(three)

    assert list(by_number()) == numbers()
    assert list(by_number().values()) == ["published", "void", "published", "published"]


def test_a_store_that_is_gone_holds_nobody(three: Traveler) -> None:
    damaged(three)
    probe = files.put(files.PROBE, media_type="text/plain").sha256
    with storages["files"].open(f"{probe[:2]}/{probe[2:4]}/{probe}", "r+b") as file:
        file.write(b"\x00")

    with pytest.raises(files.FileDamaged):
        issue(three)

    assert set(by_number().values()) == {"signed"}
    storages["files"].delete(f"{probe[:2]}/{probe[2:4]}/{probe}")
    issue(three)
    assert list(by_number().values()) == ["published", "held", "published"]


def test_a_certificate_is_held_for_as_long_as_it_waits(three: Traveler) -> None:
    bad_name(three)
    issue(three)

    three.at += timedelta(days=3)
    issue(three)

    assert [c.number for c in queries.held()] == [numbers()[BAD - 1]]
    assert queries.held_of(the_bad_one().person_id) == the_bad_one()
