"""Which files get a second look, and do two reviews say the same? Without a database.

Source: ISO/IEC 17024:2012, 9.1 and 4.3; docs/decisions/0019.
"""

import hashlib
import hmac
from datetime import date

from kompeten.verification.rules.documents import (
    eligible_reasons,
    rejection_reasons,
    return_reasons,
)
from kompeten.verification.terms import (
    Answering,
    Eligible,
    Finding,
    Hold,
    Record,
    Return,
    State,
)

WHOLE = 1 << 64


def drawn(secret: bytes, application: str, round_: int, *, percent: int) -> bool:
    """Say whether this round of an application gets a second look: chance, but the same each time.

    Nobody who does not know `secret` can foresee it, and whoever knows it can show afterwards that
    nothing but chance picked.

    >>> sum(drawn(b"secret", f"A{n}", 1, percent=7) for n in range(10_000))
    682
    >>> drawn(b"secret", "A1", 1, percent=0), drawn(b"secret", "A1", 1, percent=100)
    (False, True)
    """
    text = f"second look\0{application}\0{round_}".encode()
    lot = int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest()[:8])
    return lot * 100 < percent * WHOLE


def may_wait(*, due_on: date, until: date) -> bool:
    """Say whether an answer may wait to the day `until` and still be there on the day promised.

    >>> may_wait(due_on=date(2026, 3, 6), until=date(2026, 3, 6))
    True
    >>> may_wait(due_on=date(2026, 3, 6), until=date(2026, 3, 7))
    False
    """
    return until <= due_on


def differences(first: Record, second: Record, *, answers: tuple[State, State]) -> tuple[str, ...]:
    """Return where two reviews of the same file part: `answer`, document codes, topics.

    The reason of a fault may differ; that there is one may not, since the applicant would mend one
    thing only to hear of the other.
    """
    found = ["answer"] * (answers[0] != answers[1])
    judged = [{f.document: f.judgement for f in record.findings} for record in (first, second)]
    found += [
        c for c in _order(first.findings, second.findings) if judged[0].get(c) != judged[1].get(c)
    ]
    if answers == (State.RETURNED, State.RETURNED):
        topics = [{r.topic.value for r in record.remarks} for record in (first, second)]
        found += sorted(topics[0] ^ topics[1])
    return tuple(found)


def hold_reasons(facts: Hold) -> tuple[str, ...]:
    """Return what bars an answer, as if it took effect at once."""
    return reasons(facts.facts)


def reasons(facts: Answering) -> tuple[str, ...]:
    """Return what bars an answer."""
    if isinstance(facts, Eligible):
        return eligible_reasons(facts)
    return return_reasons(facts) if isinstance(facts, Return) else rejection_reasons(facts)


def _order(*findings: tuple[Finding, ...]) -> list[str]:
    return list(dict.fromkeys(f.document for held in findings for f in held))
