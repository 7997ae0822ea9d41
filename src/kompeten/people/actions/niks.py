"""Whose NIK is it? Numbered when it is stated, and settled by the office where two say it is theirs."""

import random
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.people.chart import NIK_CLAIM
from kompeten.people.models import CLAIM_COLUMN, NIK_COLUMN, NikClaim, Person
from kompeten.people.rules import nik_shape
from kompeten.people.terms import FORGOTTEN, Settling


def claim_nik(person_id: int, nik: str, *, by: Actor, at: datetime, rng: random.Random) -> NikClaim:
    """Note that the person says a NIK is theirs which somebody else holds; the office settles it.

    :raises StepRefused: `nik.length`; `claim.exists`: one of theirs is open; `role.not_held`
    """
    if reason := nik_shape(nik):
        raise StepRefused(reason, step="claim")
    if by.person_id != person_id:
        raise StepRefused("role.not_held", step="claim")
    ref = refs.new(rng)
    claim = NikClaim(
        ref=ref,
        person_id=person_id,
        nik_sealed=privacy.seal(nik, column=CLAIM_COLUMN, row=ref),
        nik_index=privacy.blind_index(nik, column=NIK_COLUMN),
        opened_at=at,
    )
    try:
        with transaction.atomic():
            ledger.enter(NIK_CLAIM, claim, by=by, at=at)
    except IntegrityError as error:
        raise StepRefused("claim.exists", step="claim") from error
    return claim


def grant_claim(claim: NikClaim, *, reason: str, by: Actor, at: datetime) -> None:
    """Give the NIK to who claims it; who held it has none until they state their own.

    :raises StepRefused: `claim.reason_missing`, `claim.number_in_reason`, `claim.own`,
        `claim.forgotten`: who claims it asked to be forgotten; `role.not_held`
    :raises StaleRecord: it was settled by another hand
    """
    if Person.objects.filter(pk=claim.person_id, name=FORGOTTEN).exists():
        raise StepRefused("claim.forgotten", step="grant")
    nik = privacy.unseal(bytes(claim.nik_sealed), column=CLAIM_COLUMN, row=claim.ref)
    with transaction.atomic():
        _settle("grant", claim, reason=reason, by=by, at=at)
        holders = Person.objects.filter(nik_index=claim.nik_index)
        holders.update(nik_sealed=None, nik_index=None)
        number(claim.person_id, nik)


def decline_claim(claim: NikClaim, *, reason: str, by: Actor, at: datetime) -> None:
    """Leave the NIK with who holds it.

    :raises StepRefused: as `grant_claim`
    :raises StaleRecord: it was settled by another hand
    """
    _settle("decline", claim, reason=reason, by=by, at=at)


def _settle(verb: str, claim: NikClaim, *, reason: str, by: Actor, at: datetime) -> None:
    holder = Person.objects.filter(nik_index=claim.nik_index).values_list("pk", flat=True).first()
    if by.person_id is not None and by.person_id in {claim.person_id, holder}:
        raise StepRefused("claim.own", step=verb)
    facts = Settling(reason.strip())
    ledger.take(NIK_CLAIM, verb, claim, by=by, at=at, facts=facts, also={"settled_at": at})


def number(person_id: int, nik: str) -> bool:
    """Give the person this NIK; return whether they had another one before."""
    index = privacy.blind_index(nik, column=NIK_COLUMN)
    if Person.objects.filter(nik_index=index).exclude(pk=person_id).exists():
        raise StepRefused("nik.taken", step="introduce")
    person = Person.objects.only("ref", "nik_index").get(pk=person_id)
    before = None if person.nik_index is None else bytes(person.nik_index)
    if before == index:
        return False
    sealed = privacy.seal(nik, column=NIK_COLUMN, row=person.ref)
    Person.objects.filter(pk=person_id).update(nik_sealed=sealed, nik_index=index)
    return before is not None
