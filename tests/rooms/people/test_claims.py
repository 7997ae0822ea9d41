"""Is a dispute over a NIK settled once, by the office, with a reason, and told without the number?"""

import random

import pytest

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.chart import NIK_CLAIM
from kompeten.people.models import NikClaim, Person
from kompeten.people.terms import ClaimRow, ClaimState
from tests.make.people import account, person
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
REASON = "KTP asli ditunjukkan di kantor."


def registrar(n: int = 900) -> Actor:
    """Return somebody who settles disputes."""
    return account(n, Role.REGISTRAR)


def disputed() -> tuple[NikClaim, Actor, int, str]:
    """Return a dispute, who claims, who holds, and the NIK."""
    holder, claimant = person(1), account(2, Role.APPLICANT)
    assert claimant.person_id is not None
    nik = queries.nik_of(holder)
    claim = actions.claim_nik(
        claimant.person_id, nik, by=claimant, at=MONDAY, rng=random.Random(11)
    )
    return claim, claimant, holder, nik


def test_the_office_gives_the_nik_to_who_claims_it() -> None:
    claim, claimant, holder, nik = disputed()

    actions.grant_claim(claim, reason=REASON, by=registrar(), at=TUESDAY)

    assert (claim.state, claim.settled_at) == (ClaimState.GRANTED, TUESDAY)
    assert queries.person_by_nik(nik) == claimant.person_id
    assert (queries.nik_of(claimant.person_id or 0), queries.nik_of(holder)) == (nik, "")


def test_the_office_leaves_the_nik_where_it_is() -> None:
    claim, claimant, holder, nik = disputed()
    own = queries.nik_of(claimant.person_id or 0)

    actions.decline_claim(claim, reason=REASON, by=registrar(), at=TUESDAY)

    assert claim.state == ClaimState.DECLINED
    assert (queries.nik_of(claimant.person_id or 0), queries.nik_of(holder)) == (own, nik)


def test_the_story_has_the_reason_and_never_the_number() -> None:
    claim, _, _, nik = disputed()
    actions.grant_claim(claim, reason=f"  {REASON} ", by=registrar(), at=TUESDAY)

    events = ledger.history("nik_claim", claim.pk)

    assert [(e.type, e.facts) for e in events] == [
        ("nik_claim.opened", {}),
        ("nik_claim.granted", {"reason": REASON}),
    ]
    assert ledger.replay(NIK_CLAIM, events) == claim.state
    assert nik.encode() not in bytes(claim.nik_sealed)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("  ", "claim.reason_missing"),
        ("NIK 1218905704850001 sesuai KTP", "claim.number_in_reason"),
        ("NIK 1218.9057.0485.0001 sesuai KTP", "claim.number_in_reason"),
    ],
)
def test_a_reason_is_asked_for_and_holds_no_number(reason: str, code: str) -> None:
    claim, _, holder, nik = disputed()

    with pytest.raises(StepRefused) as refusal:
        actions.grant_claim(claim, reason=reason, by=registrar(), at=TUESDAY)

    assert refusal.value.reasons == (code,)
    assert queries.person_by_nik(nik) == holder


def test_only_the_office_settles_and_nobody_their_own() -> None:
    claim, claimant, holder, nik = disputed()
    itself = Actor(901, frozenset({Role.REGISTRAR}), holder)

    for by, code in (
        (claimant, "claim.own"),
        (account(5, Role.VERIFIER), "role.not_held"),
        (itself, "claim.own"),
    ):
        with pytest.raises(StepRefused) as refusal:
            actions.decline_claim(claim, reason=REASON, by=by, at=TUESDAY)
        assert refusal.value.reasons == (code,)

    assert queries.person_by_nik(nik) == holder


def test_two_who_settle_at_once_settle_once() -> None:
    claim, _, holder, nik = disputed()
    by = registrar()
    stale = queries.claim(claim.ref, by)
    assert stale is not None
    actions.decline_claim(claim, reason=REASON, by=by, at=TUESDAY)

    with pytest.raises(StaleRecord):
        actions.grant_claim(stale, reason=REASON, by=by, at=TUESDAY)

    assert queries.person_by_nik(nik) == holder


def test_one_dispute_at_a_time_and_only_over_ones_own_name() -> None:
    _, claimant, holder, nik = disputed()

    for person_id, code in ((claimant.person_id or 0, "claim.exists"), (holder, "role.not_held")):
        with pytest.raises(StepRefused) as refusal:
            actions.claim_nik(person_id, nik, by=claimant, at=MONDAY, rng=random.Random(12))
        assert refusal.value.reasons == (code,)

    assert NikClaim.objects.count() == 1


def test_who_holds_it_is_told_as_it_is_now() -> None:
    claim, claimant, holder, nik = disputed()
    by = registrar()
    held = queries.claim_rows(queries.claims(by))
    Person.objects.filter(pk=holder).update(nik_sealed=None, nik_index=None)

    (freed,) = queries.claim_rows(queries.claims(by))

    key = claimant.person_id or 0
    assert held == [
        ClaimRow(
            claim.ref, ClaimState.OPEN, key, "Ani Rahayu 2", holder, "Ani Rahayu", nik[-4:], MONDAY
        )
    ]
    assert (freed.holder_id, freed.holder) == (None, "")
    assert list(queries.claims(claimant)) == []


def test_with_who_claims_it_goes_the_dispute_and_the_number_they_stated() -> None:
    claim, claimant, holder, nik = disputed()
    key = claimant.person_id or 0

    actions.forget_person(key, at=TUESDAY)

    claim.refresh_from_db()
    assert (claim.state, claim.settled_at) == (ClaimState.LAPSED, TUESDAY)
    assert (bytes(claim.nik_sealed), bytes(claim.nik_index)) == (b"", b"")
    assert ledger.replay(NIK_CLAIM, ledger.history("nik_claim", claim.pk)) == claim.state
    (row,) = queries.claim_rows(queries.claims(registrar(), open_only=False))
    assert (row.ends, row.holder_id, row.claimant) == ("", None, "–")
    assert (queries.last_claim(key), queries.person_by_nik(nik)) == (None, holder)


def test_a_dispute_that_was_settled_keeps_its_end_and_loses_the_number() -> None:
    claim, claimant, _, _ = disputed()
    actions.decline_claim(claim, reason=REASON, by=registrar(), at=MONDAY)

    actions.forget_person(claimant.person_id or 0, at=TUESDAY)

    claim.refresh_from_db()
    assert (claim.state, claim.settled_at) == (ClaimState.DECLINED, MONDAY)
    assert (bytes(claim.nik_sealed), bytes(claim.nik_index)) == (b"", b"")


def test_nobody_who_was_forgotten_is_given_a_nik() -> None:
    claim, claimant, holder, nik = disputed()
    before = NikClaim.objects.get(pk=claim.pk)
    actions.forget_person(claimant.person_id or 0, at=TUESDAY)
    later = actions.claim_nik(
        claimant.person_id or 0, nik, by=claimant, at=TUESDAY, rng=random.Random(13)
    )

    by = registrar()

    for asked in (before, later):
        with pytest.raises(StepRefused, match=r"claim\.forgotten"):
            actions.grant_claim(asked, reason=REASON, by=by, at=TUESDAY)

    assert queries.person_by_nik(nik) == holder
    actions.decline_claim(later, reason=REASON, by=by, at=TUESDAY)
    assert later.state == ClaimState.DECLINED


def test_the_dispute_of_another_over_the_same_nik_goes_on() -> None:
    claim, claimant, holder, nik = disputed()

    actions.forget_person(holder, at=TUESDAY)
    actions.grant_claim(claim, reason=REASON, by=registrar(), at=TUESDAY)

    assert queries.person_by_nik(nik) == claimant.person_id
