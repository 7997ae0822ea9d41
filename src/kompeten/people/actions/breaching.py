"""What does the body do when personal data got out? It writes it down, tells who must know, and closes it.

Source: UU 27/2022, art. 46: in writing, within 3 × 24 hours, to those concerned and to the authority.
"""

import random
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.people.chart import BREACH, CONCERNED
from kompeten.people.models import Breach, Concerned
from kompeten.people.terms import (
    AuthorityTold,
    BreachClosing,
    ConcernedState,
    Disclosure,
    Naming,
    PeopleTold,
)

BATCH = 500


def note_breach(
    disclosure: Disclosure,
    *,
    title: str,
    noticed_at: datetime,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> Breach:
    """Enter a breach; the clock runs from the instant it was noticed.

    :raises StepRefused: `breach.in_future`; `breach.incomplete`; `role.not_held`
    """
    if noticed_at > at:
        raise StepRefused("breach.in_future", step="open")
    breach = Breach(
        ref=refs.new(rng),
        title=title.strip(),
        noticed_at=noticed_at,
        opened_at=at,
        **_said(disclosure, step="open"),
    )
    ledger.enter(BREACH, breach, by=by, at=at)
    return breach


def revise_breach(breach: Breach, disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    """Write down what is known by now; letters that went out say what was known then.

    :raises StepRefused: `breach.incomplete`; `role.not_held`; `step.not_open`
    """
    also = _said(disclosure, step="revise")
    ledger.take(BREACH, "revise", breach, by=by, at=at, also=also)


def name_concerned(breach: Breach, person_ids: Iterable[int], *, by: Actor, at: datetime) -> int:
    """Note whom the breach concerns; return how many are new. One statement per 500.

    :raises StepRefused: `breach.nobody_new`; `role.not_held`; `step.not_open`
    """
    known = set(breach.concerned.values_list("person_id", flat=True))
    fresh = sorted(set(person_ids) - known)
    if not fresh:
        raise StepRefused("breach.nobody_new", step="name")
    with transaction.atomic():
        ledger.take(BREACH, "name", breach, by=by, at=at, facts=Naming(len(fresh)))
        rows = [Concerned(breach=breach, person_id=key) for key in fresh]
        ledger.enter_many(CONCERNED, rows, by=by, at=at)
    return len(fresh)


def tell_authority(
    breach: Breach, *, number: str, told_at: datetime, by: Actor, at: datetime
) -> None:
    """Note that the authority was told, when, and under which number.

    :raises StepRefused: `breach.in_future`; `breach.no_number`; `role.not_held`; `step.not_open`
    """
    if not breach.noticed_at <= told_at <= at:
        raise StepRefused("breach.in_future", step="tell_authority")
    if not number.strip():
        raise StepRefused("breach.no_number", step="tell_authority")
    facts = AuthorityTold(number.strip())
    also = {"authority_told_at": told_at, "authority_number": facts.number}
    ledger.take(BREACH, "tell_authority", breach, by=by, at=at, facts=facts, also=also)


def tell_people(breach: Breach, *, by: Actor, at: datetime) -> int:
    """Send the letter to everybody named who has not had it; return how many.

    The letters are written by what follows `concerned.told`.

    :raises StepRefused: `breach.nobody_waits`; `role.not_held`; `step.not_open`
    """
    waiting = list(breach.concerned.filter(state=ConcernedState.NAMED).order_by("id"))
    if not waiting:
        raise StepRefused("breach.nobody_waits", step="tell_people")
    facts = PeopleTold(len(waiting))
    with transaction.atomic():
        also = {"people_told_at": at}
        ledger.take(BREACH, "tell_people", breach, by=by, at=at, facts=facts, also=also)
        ledger.take_many(CONCERNED, "tell", waiting, by=by, at=at, also={"told_at": at})
    return facts.persons


def close_breach(breach: Breach, *, note: str, by: Actor, at: datetime) -> None:
    """Close the breach when everybody who must know has been told.

    :raises StepRefused: `breach.authority_untold`, `breach.people_untold`, `breach.nobody_named`;
        `role.not_held`; `step.not_open`
    :raises StaleRecord: it was closed by another hand
    """
    with transaction.atomic():
        # Who names somebody takes this row too: they are counted here, or find the breach closed.
        ledger.claim([breach])
        states = list(breach.concerned.values_list("state", flat=True))
        untold = states.count(ConcernedState.NAMED.value)
        is_told = breach.authority_told_at is not None
        facts = BreachClosing(is_told, len(states), untold, note.strip())
        also = {"closed_at": at, "note": facts.note}
        ledger.take(BREACH, "close", breach, by=by, at=at, facts=facts, also=also)


def _said(disclosure: Disclosure, *, step: str) -> dict[str, str]:
    said = {field: str(text).strip() for field, text in asdict(disclosure).items()}
    if not all(said.values()):
        raise StepRefused("breach.incomplete", step=step)
    return said
