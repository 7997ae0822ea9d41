"""What becomes of a slot that has been rated: rated a third time, or settled and sealed."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kompeten.foundation import ledger
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel import digest
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.practicals import queries
from kompeten.practicals.actions.booking import draw, open_ratings
from kompeten.practicals.chart import SLOT
from kompeten.practicals.models import Performance, Rating, Slot
from kompeten.practicals.rules import settling
from kompeten.practicals.terms import RatingState, Settlement
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, SchemeContent

SCHEMA = 1
TIE_SOURCE = "practicals"


def rate_many(slots: Sequence[Slot], *, by: Actor, at: datetime) -> None:
    """Note that slots have been rated by all their assessors, who from now on have examined them.

    A few statements per 500.
    """
    with transaction.atomic():
        ledger.take_many(SLOT, "rate", slots, by=by, at=at)
        _tie(slots, _handed_in(slots), at=at)


def settle_many(
    slots: Sequence[Slot], *, by: Actor, at: datetime, seed: int, rng: random.Random
) -> int:
    """Seal what performances came to, or call a third assessor where two differ; return how many moved on.

    A slot for which no third assessor can be found stays as it is. About a dozen queries for any
    number up to 500.
    """
    with transaction.atomic():
        ratings = _handed_in(slots)
        contents = schemes.contents({s.scheme_version_id for s in slots})
        differ: list[Slot] = []
        agreed: list[Slot] = []
        for slot in slots:
            rules = queries.rules(contents[slot.scheme_version_id], Component(slot.component))
            third = settling.is_third_needed(rules, _rated(ratings[slot.pk]))
            (differ if third else agreed).append(slot)
        called = _call_thirds(differ, by=by, at=at, seed=seed, rng=rng)
        _seal(agreed, ratings, contents, by=by, at=at)
    return called + len(agreed)


def _call_thirds(
    slots: Sequence[Slot], *, by: Actor, at: datetime, seed: int, rng: random.Random
) -> int:
    """Draw a third assessor for each; return how many were found."""
    if not slots:
        return 0
    on = timezone.localdate(at)
    drawn = draw(slots, queries.pool(on=on, at=at), on=on, seed=seed, third=True)
    open_ratings(slots, drawn, third=True, by=by, at=at, seed=seed, rng=rng)
    return len(drawn)


def _seal(
    slots: Sequence[Slot],
    ratings: dict[int, list[Rating]],
    contents: dict[int, SchemeContent],
    *,
    by: Actor,
    at: datetime,
) -> None:
    sealed: list[Performance] = []
    facts: dict[int, Settlement] = {}
    for slot in slots:
        content, component = contents[slot.scheme_version_id], Component(slot.component)
        rubric, rules = queries.rubric(content, component), queries.rules(content, component)
        given = ratings[slot.pk]
        outcome = settling.settle(rubric, rules, _rated(given))
        whole = _whole(slot, rubric.code, given, outcome)
        seal = Performance(
            application_id=slot.application_id,
            slot=slot,
            component=slot.component,
            points=outcome.points,
            out_of=outcome.out_of,
            competent=outcome.competent,
            content=whole,
            digest=digest.of(whole),
            sealed_at=at,
        )
        sealed.append(seal)
        facts[slot.pk] = Settlement(
            seal.points, seal.out_of, seal.competent, len(given), seal.digest
        )
    Performance.objects.bulk_create(sealed, batch_size=500)
    ledger.take_many(SLOT, "settle", slots, by=by, at=at, facts=lambda s: facts[s.pk])
    thirds = {key: [r for r in given if r.third] for key, given in ratings.items()}
    _tie(slots, thirds, at=at)


def _whole(
    slot: Slot, rubric: str, ratings: Sequence[Rating], outcome: settling.Settled
) -> dict[str, Any]:
    """Return what is sealed, as JSON types."""
    return {
        "schema": SCHEMA,
        "slot": slot.ref,
        "component": slot.component,
        "rubric": rubric,
        "ratings": [
            {"rating": r.ref, "third": r.third, "marks": r.marks, "competent": r.competent}
            for r in ratings
        ],
        **plain(outcome),
    }


def _tie(slots: Sequence[Slot], ratings: dict[int, list[Rating]], *, at: datetime) -> None:
    """Note whom the assessors have examined, for whoever decides later on."""
    pairs = [(r.assessor_id, slot.person_id) for slot in slots for r in ratings[slot.pk]]
    since = timezone.localdate(at)
    impartiality.tie_many(TieKind.EXAMINED, pairs, since=since, source=TIE_SOURCE)


def _handed_in(slots: Sequence[Slot]) -> dict[int, list[Rating]]:
    """Return the ratings handed in for each slot, the third last."""
    found: dict[int, list[Rating]] = {slot.pk: [] for slot in slots}
    rows = Rating.objects.filter(slot__in=slots, state=RatingState.HANDED_IN)
    for rating in rows.order_by("third", "id"):
        found[rating.slot_id].append(rating)
    return found


def _rated(ratings: Sequence[Rating]) -> list[settling.Rated]:
    return [(r.marks, bool(r.competent)) for r in ratings]
