"""What becomes of a dossier that has been read: accepted, read a third time, assessed and sealed."""

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
from kompeten.portfolios import queries
from kompeten.portfolios.actions.assigning import Draw
from kompeten.portfolios.actions.reading import TIE_SOURCE
from kompeten.portfolios.chart import DOSSIER, READING
from kompeten.portfolios.models import Assessment, Dossier, Reading
from kompeten.portfolios.rules import settling
from kompeten.portfolios.terms import ReadingState
from kompeten.portfolios.terms.dossier import Assessed
from kompeten.portfolios.terms.reading import ReadingOpening
from kompeten.schemes import queries as schemes

SCHEMA = 1
EXAMINED = (ReadingState.HANDED_IN, ReadingState.SENT_BACK)


def accept_many(dossiers: Sequence[Dossier], *, by: Actor, at: datetime) -> None:
    """Accept dossiers that all their readers have read: their candidates may sit the exam."""
    ledger.take_many(DOSSIER, "accept", dossiers, by=by, at=at)


def assess_many(
    dossiers: Sequence[Dossier], *, by: Actor, at: datetime, seed: int, rng: random.Random
) -> int:
    """Seal what dossiers came to, or call a third reader where two differ; return how many moved on.

    A dossier for which no third reader can be found stays as it is. About a dozen queries for any
    number up to 500.
    """
    with transaction.atomic():
        read = _finished(dossiers)
        contents = schemes.contents({d.scheme_version_id for d in dossiers})
        differ: list[Dossier] = []
        agreed: list[Dossier] = []
        for dossier in dossiers:
            content = contents[dossier.scheme_version_id]
            marks = [r.marks for r in _present(dossier, read)]
            third = settling.is_third_needed(
                content.instruments.self_description, content.portfolio, marks
            )
            (differ if third else agreed).append(dossier)
        called = _call_thirds(differ, by=by, at=at, seed=seed, rng=rng)
        _seal(agreed, read, by=by, at=at)
    return called + len(agreed)


def _call_thirds(
    dossiers: Sequence[Dossier], *, by: Actor, at: datetime, seed: int, rng: random.Random
) -> int:
    """Draw a third reader for each; return how many were found."""
    if not dossiers:
        return 0
    on = timezone.localdate(at)
    draw = Draw(dossiers, queries.pool(on=on, at=at), on=on, seed=seed, need=1)
    readings = draw.readings(third=True, at=at, rng=rng)
    names = {d.pk: d.ref for d in dossiers}
    ledger.enter_many(
        READING,
        readings,
        by=by,
        at=at,
        facts=lambda r: ReadingOpening(names[r.dossier_id], r.round, r.third, seed),
    )
    return len(readings)


def _seal(
    dossiers: Sequence[Dossier], read: dict[int, list[Reading]], *, by: Actor, at: datetime
) -> None:
    contents = schemes.contents({d.scheme_version_id for d in dossiers})
    sealed: dict[int, Assessment] = {}
    facts: dict[int, Assessed] = {}
    for dossier in dossiers:
        content = contents[dossier.scheme_version_id]
        readings = _present(dossier, read)
        outcome = settling.settle(
            content.instruments.self_description, content.portfolio, [r.marks for r in readings]
        )
        whole = _whole(dossier, readings, outcome)
        seal = Assessment(
            application_id=dossier.application_id,
            dossier=dossier,
            points=outcome.points,
            out_of=outcome.out_of,
            competent=outcome.competent,
            content=whole,
            digest=digest.of(whole),
            sealed_at=at,
        )
        sealed[dossier.pk] = seal
        facts[dossier.pk] = Assessed(
            seal.points, seal.out_of, seal.competent, len(readings), seal.digest
        )
    Assessment.objects.bulk_create(sealed.values(), batch_size=500)
    ledger.take_many(DOSSIER, "assess", dossiers, by=by, at=at, facts=lambda d: facts[d.pk])
    ties = [(r.assessor_id, d.person_id) for d in dossiers for r in read[d.pk]]
    impartiality.tie_many(TieKind.EXAMINED, ties, since=timezone.localdate(at), source=TIE_SOURCE)


def _whole(
    dossier: Dossier, readings: Sequence[Reading], outcome: settling.Outcome
) -> dict[str, Any]:
    """Return what is sealed, as JSON types."""
    return {
        "schema": SCHEMA,
        "dossier": dossier.ref,
        "self_description": dossier.self_description,
        "curriculum_vitae": dossier.curriculum_vitae,
        "written": dossier.digest,
        "readings": [{"reading": r.ref, "third": r.third, "marks": r.marks} for r in readings],
        **plain(outcome),
    }


def _finished(dossiers: Sequence[Dossier]) -> dict[int, list[Reading]]:
    """Return what was read of each dossier in any round, the third reading last."""
    found: dict[int, list[Reading]] = {d.pk: [] for d in dossiers}
    rows = Reading.objects.filter(dossier__in=dossiers, state__in=[s.value for s in EXAMINED])
    for reading in rows.order_by("third", "id"):
        found[reading.dossier_id].append(reading)
    return found


def _present(dossier: Dossier, read: dict[int, list[Reading]]) -> list[Reading]:
    """Return the readings that count: handed in, of the present round."""
    return [
        r
        for r in read[dossier.pk]
        if r.round == dossier.round and r.state == ReadingState.HANDED_IN
    ]
