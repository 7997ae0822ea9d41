"""Who reads which dossier? Drawn evenly, never by somebody who is tied to the candidate."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.impartiality import queries as impartiality
from kompeten.impartiality.terms import Act
from kompeten.kernel import panels, refs
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.portfolios import queries
from kompeten.portfolios.chart import READING
from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.terms import LIVE, Assigned, DossierState, ReadingState
from kompeten.portfolios.terms.reading import ReadingOpening
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Service

NOT_ENOUGH = "assessors.too_few"


def assign(
    dossiers: Sequence[Dossier],
    *,
    assessors: Iterable[int],
    on: date,
    by: Actor,
    at: datetime,
    seed: int,
    rng: random.Random,
) -> Assigned:
    """Give each dossier the readers it still lacks, out of `assessors` licensed on the day `on`.

    Who read an earlier round reads again, with the old marks to start from. A dossier that cannot
    get all its readers gets none and is left, with the reason by its reference; one that has them
    is passed over. Eight queries for any number up to 500.

    :raises StepRefused: `role.not_held`
    """
    with transaction.atomic():
        # Locked where the database has row locks: two officers assign one after the other.
        keys = [d.pk for d in dossiers]
        held = Dossier.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        waiting = [d for d in held if d.state == DossierState.HANDED_IN]
        closed = {d.ref for d in dossiers} - {d.ref for d in waiting}
        draw = Draw(waiting, assessors, on=on, seed=seed)
        readings = draw.readings(third=False, at=at, rng=rng)
        facts = {d.pk: d for d in waiting}
        ledger.enter_many(
            READING,
            readings,
            by=by,
            at=at,
            facts=lambda r: ReadingOpening(facts[r.dossier_id].ref, r.round, r.third, seed),
        )
    left = dict.fromkeys(sorted(closed), "step.not_open")
    return Assigned(len(readings), left | {d.ref: NOT_ENOUGH for d in draw.left})


def release(readings: Sequence[Reading], *, by: Actor, at: datetime) -> None:
    """Take open readings away from their readers, so that others can be drawn.

    :raises StepRefused: `role.not_held`, or one was handed in already
    """
    ledger.take_many(READING, "release", readings, by=by, at=at)


class Draw:
    """One drawing of readers for a batch of dossiers: what is known, who was drawn, who was left."""

    def __init__(
        self,
        dossiers: Sequence[Dossier],
        assessors: Iterable[int],
        *,
        on: date,
        seed: int,
        need: int | None = None,
    ) -> None:
        self.dossiers = dossiers
        self.pool = sorted(set(assessors) & set(people.assessors(on=on)))
        self.before = _readings_by_dossier(dossiers)
        self.barred = impartiality.conflicts(
            self.pool, {d.person_id for d in dossiers}, Act.EXAMINE, on=on
        )
        cases = [case for d in dossiers if (case := self._case(d, need)).need > 0]
        self.panels = panels.assign(cases, self.pool, seed=seed, load=queries.loads(self.pool))
        lacking = {case.key for case in cases} - self.panels.keys()
        self.left = [d for d in dossiers if d.pk in lacking]

    def readings(self, *, third: bool, at: datetime, rng: random.Random) -> list[Reading]:
        """Return a new reading for each reader drawn, not yet kept."""
        found = []
        for dossier in self.dossiers:
            promise = schemes.clock(dossier.scheme_version_id, Service.READING, since=at, at=at)
            for assessor in self.panels.get(dossier.pk, ()):
                old = self._earlier(dossier, assessor)
                reading = Reading(
                    ref=refs.new(rng),
                    dossier=dossier,
                    assessor_id=assessor,
                    round=dossier.round,
                    third=third,
                    marks=old.marks if old else {},
                    notes=old.notes if old else {},
                    due_on=promise.due_on,
                    opened_at=at,
                )
                found.append(reading)
        return found

    def _case(self, dossier: Dossier, need: int | None) -> panels.Case:
        before = self.before.get(dossier.pk, [])
        live = {r.assessor_id for r in before if r.round == dossier.round and r.state in LIVE}
        gave_up = {r.assessor_id for r in before if r.state == ReadingState.RELEASED}
        barred = {p for p in self.pool if (p, dossier.person_id) in self.barred}
        return panels.Case(
            key=dossier.pk,
            need=dossier.readers - len(live) if need is None else need,
            barred=frozenset(barred | live | gave_up),
            wanted=frozenset(r.assessor_id for r in before),
        )

    def _earlier(self, dossier: Dossier, assessor: int) -> Reading | None:
        """Return what the same reader made of the round before."""
        before = self.before.get(dossier.pk, [])
        mine = [r for r in before if r.assessor_id == assessor and r.round < dossier.round]
        return max(mine, key=lambda r: (r.round, r.pk), default=None)


def _readings_by_dossier(dossiers: Sequence[Dossier]) -> dict[int, list[Reading]]:
    found: dict[int, list[Reading]] = {}
    for reading in Reading.objects.filter(dossier__in=dossiers).order_by("id"):
        found.setdefault(reading.dossier_id, []).append(reading)
    return found
