"""How does the office hear of promises that come close, or are past? Once a working day, each case once."""

import random
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from kompeten.foundation import holidays, ledger
from kompeten.journey import queries as journey
from kompeten.journey.terms import Tally, Target
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.roles import Role
from kompeten.notices.actions.telling import write
from kompeten.notices.chart import DIGEST
from kompeten.notices.models import Digest
from kompeten.notices.rules import escalating
from kompeten.notices.terms import Digesting, Letter, Standing
from kompeten.people import queries as people
from kompeten.schemes import queries as schemes


def escalate(*, at: datetime, rng: random.Random) -> int:
    """Write the digest of the day, if it is time and there is none yet; return how many were told.

    The first of two workers writes it, the other finds it written. One query where nothing is to do.
    """
    local = at.astimezone(schemes.zone())
    if local.hour < escalating.FROM_HOUR or not holidays.calendar().is_open(local.date()):
        return 0
    last = Digest.objects.order_by("-on").first()
    if last is not None and last.on >= local.date():
        return 0
    tallies = journey.tallies(at=at, before=last.written_at if last else None)
    try:
        return _write(tallies, on=local.date(), at=at, rng=rng)
    except IntegrityError:
        if Digest.objects.filter(on=local.date()).exists():
            return 0
        raise


def _write(tallies: Sequence[Tally], *, on: date, at: datetime, rng: random.Random) -> int:
    new = tuple(Standing(t.service, soon=t.new_soon, late=t.new_late) for t in tallies)
    with transaction.atomic():
        digest = Digest(on=on, written_at=at)
        facts = Digesting(tuple(s for s in new if s.soon or s.late))
        event = ledger.enter(DIGEST, digest, by=SYSTEM, at=at, facts=facts)
        letters = [
            Letter(
                event_id=event.pk,
                kind=event.type,
                person_id=person,
                values={"on": on, "steps": told},
                target=Target.OFFICE,
                target_ref="",
            )
            for person, roles in sorted(_staff(at).items())
            if (told := escalating.news(tallies, roles))
        ]
        return write(letters, at=at, rng=rng)


def _staff(at: datetime) -> dict[int, set[Role]]:
    """Return the roles of everybody who may have to hear, by person. Two queries for each role."""
    found: dict[int, set[Role]] = {}
    for role in sorted(escalating.TOLD):
        for actor in people.accounts_with(role, at=at):
            if actor.person_id is not None:
                found.setdefault(actor.person_id, set()).add(role)
    return found
