"""What becomes of a certificate that cannot go on? It is set aside, and goes on once it is put right."""

import random
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kompeten.certificates.actions import contents
from kompeten.certificates.actions.reserving import reserve_anew
from kompeten.certificates.chart import CERTIFICATE, GoingOn, Holding
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import BODY_ZONE
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM, Actor


def hold(found: Mapping[Certificate, tuple[str, ...]], *, at: datetime) -> None:
    """Set certificates aside, each with the reasons why it cannot go on; nobody waits for them."""
    for certificate, reasons in found.items():
        certificate.reasons = list(reasons)
    with transaction.atomic():
        Certificate.objects.bulk_update(found, ["reasons"], batch_size=100)
        ledger.take_many(
            CERTIFICATE,
            "hold",
            list(found),
            by=SYSTEM,
            at=at,
            also={"held_at": at},
            facts=lambda c: Holding(tuple(c.reasons)),
        )


def issue_again(
    certificate: Certificate, *, ground: str, by: Actor, at: datetime, rng: random.Random
) -> Event:
    """Let a held certificate be issued, with a content written anew from what is known now.

    Before its content was recorded it goes on under its number. After that the record stays as it
    is: the certificate is void, its number stays used, and another is issued from the decision; where
    it was to take an older one's place, the other takes that place.

    :raises StepRefused: `role.not_held`; it is not held; `certificate.no_ground`; or what it would
        state still cannot be signed (`content.*`): then no number is spoiled
    """
    verb = "void" if certificate.content else "release"
    (content,) = contents.written([certificate], on=at.astimezone(BODY_ZONE).date())
    if reasons := contents.flaws(content):
        raise StepRefused(*reasons, step=verb)
    facts = GoingOn(ground=ground.strip())
    with transaction.atomic():
        event = ledger.take(CERTIFICATE, verb, certificate, by=by, at=at, facts=facts)
        if verb == "void" and certificate.replaces:
            old = Certificate.objects.get(number=certificate.replaces)
            reserve_anew(old, ground=certificate.ground, by=by, at=at, rng=rng)
    return event
