"""How is something on a certificate put right, or a withdrawal made good? By a certificate of its own."""

import random
from datetime import datetime

from kompeten.certificates import queries
from kompeten.certificates.actions import contents
from kompeten.certificates.actions.reserving import reserve_anew
from kompeten.certificates.models import Certificate
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import BODY_ZONE, IN_FORCE, KEEPERS, WITHDRAWERS, State
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor


def correct(
    certificate: Certificate, *, ground: str, by: Actor, at: datetime, rng: random.Random
) -> Certificate:
    """Issue a certificate with what is known now in the place of one in force; return it, on its way.

    The old one holds until the new one is published, and says from then on which one took its
    place. The new one ends on the same day. Nobody pays for it.

    :raises StepRefused: `role.not_held`; `step.not_open`: it is not in force; `anew.no_ground`;
        `anew.under_way`: another takes its place already; `anew.expired`: its time is over;
        `anew.same`: nothing on it would be different, and the key that signed it is not lost
    """
    _judge(certificate, ground, at=at, may=by.may(KEEPERS), is_open=certificate.state in IN_FORCE)
    (now,) = contents.written([certificate], on=at.astimezone(BODY_ZONE).date())
    differs = rules.differing(queries.content(certificate), now)
    if not differs and not queries.is_doubted(certificate):
        raise StepRefused("anew.same", step="correct")
    return reserve_anew(certificate, ground=ground.strip(), by=by, at=at, rng=rng)


def reinstate(
    certificate: Certificate, *, ground: str, by: Actor, at: datetime, rng: random.Random
) -> Certificate:
    """Issue a certificate in the place of a withdrawn one, whose record stays as it is; return it.

    :raises StepRefused: `role.not_held`; `step.not_open`: it is not withdrawn; `anew.no_ground`;
        `anew.under_way`: another takes its place already; `anew.expired`: its time is over
    """
    withdrawn = certificate.state == State.WITHDRAWN
    _judge(certificate, ground, at=at, may=by.may(WITHDRAWERS), is_open=withdrawn)
    return reserve_anew(certificate, ground=ground.strip(), by=by, at=at, rng=rng)


def _judge(
    certificate: Certificate, ground: str, *, at: datetime, may: bool, is_open: bool
) -> None:
    last = certificate.valid_until
    found = {
        "role.not_held": not may,
        "step.not_open": not is_open,
        "anew.no_ground": not ground.strip(),
        "anew.expired": last is None or last <= at.astimezone(BODY_ZONE).date(),
        "anew.under_way": queries.heir(certificate) is not None,
    }
    if reasons := [code for code, holds in found.items() if holds]:
        raise StepRefused(*reasons, step="reserve")
