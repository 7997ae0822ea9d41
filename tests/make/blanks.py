"""How do sheets of security paper come into a story, and certificates onto them?"""

import random
from datetime import datetime, timedelta

from kompeten.certificates import actions, queries
from kompeten.certificates.models import Blank, BlankDelivery
from kompeten.certificates.terms import Range
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make.decisions import DECIDED_AT

AT = DECIDED_AT + timedelta(days=1)
REGISTRAR = Actor(9, frozenset({Role.REGISTRAR}))


def received(
    first: int = 1,
    last: int = 5,
    *,
    prefix: str = "LSP-",
    by: Actor = REGISTRAR,
    at: datetime = AT,
) -> BlankDelivery:
    """Return a delivery of sheets, with six digits each."""
    came = Range(prefix, first, last, 6)
    rng = random.Random(f"{prefix}{first}")
    return actions.receive_blanks(came, note="BA 12/2026", by=by, at=at, rng=rng)


def printed(*, by: Actor = REGISTRAR, at: datetime = AT) -> list[Blank]:
    """Return the sheets onto which every certificate that waits is printed now."""
    return actions.issue_blanks(list(queries.to_print()), by=by, at=at)
