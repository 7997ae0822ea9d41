"""How does somebody ask that what is kept of them is erased, and what is done about it?

Source: UU 27/2022, art. 8 (the right), 15 and 50 (its bounds), 43 to 45 (removing, destroying, telling).
"""

import random
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.foundation import keeping, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.people.chart import REMOVAL
from kompeten.people.models import RemovalRequest
from kompeten.people.terms import Removing

NOTED = "keep.noted"


def request_removal(
    person_id: int, *, wish: str, by: Actor, at: datetime, rng: random.Random
) -> RemovalRequest:
    """Ask for the person that what is kept of them is erased; `wish` says what they mean, or is empty.

    :raises StepRefused: `role.not_held`: it is somebody else; `removal.exists`: one waits already
    """
    if by.person_id != person_id:
        raise StepRefused("role.not_held", step="request")
    request = RemovalRequest(ref=refs.new(rng), person_id=person_id, wish=wish.strip(), asked_at=at)
    try:
        with transaction.atomic():
            ledger.enter(REMOVAL, request, by=by, at=at)
    except IntegrityError as error:
        raise StepRefused("removal.exists", step="request") from error
    return request


def take_back_removal(request: RemovalRequest, *, by: Actor, at: datetime) -> Event:
    """Let go of one's own request.

    :raises StepRefused: `role.not_held`: it is somebody else's; `step.not_open`
    """
    if by.person_id != request.person_id:
        raise StepRefused("role.not_held", step="take_back")
    return ledger.take(REMOVAL, "take_back", request, by=by, at=at)


def answer_removal(
    request: RemovalRequest, *, erase: Collection[str], note: str, by: Actor, at: datetime
) -> Event:
    """Erase the kinds of record named in `erase`, and say of each other one that is held why it stays.

    What the rules let go and is kept all the same wants a `note`. All of it is done, or nothing.

    :raises StepRefused: `removal.own`; `removal.stays`: one of `erase` cannot go now;
        `removal.note_missing`; `role.not_held`
    :raises StaleRecord: it was answered by another hand
    """
    if by.person_id == request.person_id:
        raise StepRefused("removal.own", step="answer")
    held = [kind for kind in keeping.kinds() if kind.records(request.person_id)]
    kept = {k.name: k.stays(request.person_id) or NOTED for k in held if k.name not in erase}
    going = [kind for kind in held if kind.name in erase]
    if any(kind.erase is None or kind.stays(request.person_id) for kind in going):
        raise StepRefused("removal.stays", step="answer")
    if NOTED in kept.values() and not note.strip():
        raise StepRefused("removal.note_missing", step="answer")
    facts = Removing(tuple(kind.name for kind in going), kept)
    answer = dict.fromkeys(facts.erased, "") | kept
    also = {"answered_at": at, "answer": answer, "note": note.strip()}
    with transaction.atomic():
        event = ledger.take(REMOVAL, "answer", request, by=by, at=at, facts=facts, also=also)
        for kind in going:
            assert kind.erase is not None
            kind.erase(request.person_id, at=at)
    return event
