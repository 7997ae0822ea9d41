"""Which number does a certificate get? The next of its series, without gaps, and a place in the lists."""

import random
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.actions import places
from kompeten.certificates.chart import CERTIFICATE, Reserving
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import (
    BODY_ZONE,
)
from kompeten.foundation import ledger
from kompeten.foundation.numbering import take_numbers
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import CertificateRules, Restart

if TYPE_CHECKING:
    from kompeten.decisions.models import Decision


# Of two workers that give numbers at once one waits for the other.
TURN = "certificates.reserve"


def reserve(decisions: "Sequence[Decision]", *, at: datetime, rng: random.Random) -> None:
    """1. Take a number for each decision, without gaps, in its scheme's own series, and a status place.

    One that another worker has numbered since it was read is passed over.
    """
    on = at.astimezone(BODY_ZONE).date()
    with ledger.turn(TURN):
        left = set(
            queries.inbox().filter(pk__in=[d.pk for d in decisions]).values_list("pk", flat=True)
        )
        certificates = [
            Certificate(
                ref=refs.new(rng),
                number=number,
                decision=decision,
                application_id=decision.application_id,
                person_id=decision.person_id,
                reserved_at=at,
            )
            for decision, number in _numbered([d for d in decisions if d.pk in left], on=on)
        ]
        places.give(certificates, rng=rng)

        def reserving(certificate: Certificate) -> Reserving:
            return Reserving(certificate.number, certificate.decision.ref)

        ledger.enter_many(CERTIFICATE, certificates, by=SYSTEM, at=at, facts=reserving)


def reserve_anew(
    old: Certificate, *, ground: str, by: Actor, at: datetime, rng: random.Random
) -> Certificate:
    """Take a number for a certificate in the place of `old`, from the same decision; return it.

    It goes the whole way of any other; at its publication `old` is marked replaced, if it is still
    in force.

    :raises StepRefused: `role.not_held`
    :raises IntegrityError: another certificate takes its place already
    """
    with transaction.atomic():
        ((_, number),) = _numbered([old.decision], on=at.astimezone(BODY_ZONE).date())
        new = Certificate(
            ref=refs.new(rng),
            number=number,
            decision=old.decision,
            application_id=old.application_id,
            person_id=old.person_id,
            reserved_at=at,
            replaces=old.number,
            ground=ground,
        )
        places.give([new], rng=rng)
        facts = Reserving(number, old.decision.ref, old.number)
        ledger.enter(CERTIFICATE, new, by=by, at=at, facts=facts)
    return new


def _numbered(decisions: "Sequence[Decision]", *, on: date) -> "list[tuple[Decision, str]]":
    by_series: dict[str, list[tuple[Decision, str, CertificateRules]]] = {}
    for decision in decisions:
        scheme = schemes.content(decision.application.scheme_version_id)
        rules = scheme.certificate
        yearly = rules.restart is Restart.YEARLY
        series = f"certificate/{rules.series}" + (f"/{on.year}" if yearly else "")
        by_series.setdefault(series, []).append((decision, scheme.short, rules))
    numbered = []
    for series, entries in sorted(by_series.items()):
        serials = take_numbers(series, len(entries))
        for serial, (decision, short, rules) in zip(serials, entries, strict=True):
            numbered.append((decision, rules.number(serial, scheme=short, on=on)))
    return sorted(numbered, key=lambda pair: pair[0].pk)
