"""How does the head maintain the list of reasons?"""

import random
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.verification import queries
from kompeten.verification.chart import REASON
from kompeten.verification.models import Reason
from kompeten.verification.rules.reasons import STARTING, wording_reasons
from kompeten.verification.terms import Wording


def word(wording: Wording, *, by: Actor, at: datetime, rng: random.Random) -> Reason:
    """Put a reason on the list; under a code that stands there already the words take its place.

    :raises StepRefused: `reason.*`
    """
    clean = replace(wording, words={k: v.strip() for k, v in wording.words.items()})
    if why := wording_reasons(clean):
        raise StepRefused(*why, step="open")
    with transaction.atomic():
        if (former := queries.reason(clean.code)) is not None:
            retire(former, by=by, at=at)
        numbered = replace(clean, version=queries.versions(clean.code) + 1)
        reason = Reason(
            ref=refs.new(rng),
            code=numbered.code,
            version=numbered.version,
            kind=numbered.kind.value,
            words=numbered.words,
            documents=list(numbered.documents),
            since_at=at,
        )
        ledger.enter(REASON, reason, by=by, at=at, facts=numbered)
    return reason


def retire(reason: Reason, *, by: Actor, at: datetime) -> Event:
    """Take a reason off the list; what it said to somebody stays."""
    return ledger.take(REASON, "retire", reason, by=by, at=at, also={"until_at": at})


def begin_list(*, by: Actor, at: datetime, rng: random.Random) -> int:
    """Put the starting reasons on the list of a house that never had one; return how many."""
    if queries.is_listed():
        return 0
    for wording in STARTING:
        word(wording, by=by, at=at, rng=rng)
    return len(STARTING)
