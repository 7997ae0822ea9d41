"""How are dossiers written, read by two, returned, and settled?"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk import essays
from kompeten.ops.walk.stage import Stage, portions
from kompeten.people import queries as people
from kompeten.portfolios import actions, queries
from kompeten.portfolios.terms import Mark
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import SelfDescription

if TYPE_CHECKING:
    from kompeten.portfolios.models import Dossier, Reading

SENT_BACK = 0.05  # share of first readings that ask for another answer
DISAGREE = 0.08  # share of readings by an assessor of quite another mind


def write(stage: Stage, dossiers: "Sequence[Dossier]") -> None:
    """Let each candidate fill in the dossier and hand it in."""
    actors = stage.candidates([d.person_id for d in dossiers])
    names = people.persons(d.person_id for d in dossiers)
    for portion in portions(dossiers, 100):
        with stage.room("portfolios"):
            for dossier in portion:
                by = actors[dossier.person_id]
                _fill(stage, dossier, by=by, name=names[dossier.person_id].name)
                actions.hand_in(dossier, by=by, at=stage.at)


def read(stage: Stage) -> None:
    """Draw readers for what was handed in, let them read, and go round until all is settled."""
    assessors = stage.cast.all(Role.ASSESSOR)
    by_person = {a.person_id: a for a in assessors}
    keys = [a.person_id for a in assessors if a.person_id is not None]
    coordinator = stage.cast.one(Role.COORDINATOR)
    while True:
        with stage.room("portfolios"):
            waiting = list(queries.unassigned()[:500])
            if waiting:
                seed = stage.rng.getrandbits(32)
                on = timezone.localdate(stage.at)
                drawn = actions.assign(
                    waiting,
                    assessors=keys,
                    on=on,
                    by=coordinator,
                    at=stage.at,
                    seed=seed,
                    rng=stage.rng,
                )
                waiting = [] if drawn.opened == 0 else waiting
        stage.later(hours=6)
        marked = 0
        for assessor in by_person.values():
            held = list(queries.readings(assessor).select_related("dossier"))
            for portion in portions(held, 100):
                with stage.room("portfolios"):
                    marked += sum(_read(stage, reading, by=assessor) for reading in portion)
        stage.drain()
        if not waiting and not marked:
            return


def _fill(stage: Stage, dossier: "Dossier", *, by: Actor, name: str) -> None:
    content = schemes.content(dossier.scheme_version_id)
    diligence = stage.rng.random()
    items = content.instruments.self_description.items
    answers = {q.code: essays.essay(q, stage.rng, diligence=diligence) for q in items}
    parts = essays.vitae(content.instruments.curriculum_vitae, stage.rng, name=name)
    actions.save_cv(dossier, parts=parts, by=by, at=stage.at)
    actions.save(dossier, answers=answers, by=by, at=stage.at)


def _read(stage: Stage, reading: "Reading", *, by: Actor) -> bool:
    """Mark one dossier, or send it back; then its candidate mends it the same week."""
    dossier = reading.dossier
    content = schemes.content(dossier.scheme_version_id)
    description = content.instruments.self_description
    if dossier.round == 1 and not reading.third and stage.chance(SENT_BACK):
        item = description.items[0]
        reasons = {item.code: "Ceritakan peran Anda sendiri lebih rinci: apa yang Anda lakukan?"}
        actions.send_back(reading, reasons=reasons, by=by, at=stage.at)
        candidate = stage.candidates([dossier.person_id])[dossier.person_id]
        answers = {item.code: essays.essay(item, stage.rng, diligence=1.0)}
        actions.save(dossier, answers=answers, by=candidate, at=stage.at)
        actions.hand_in(dossier, by=candidate, at=stage.at + timedelta(hours=1))
        return True
    marks = _marks(stage, reading, description)
    actions.hand_in_reading(
        reading, marks=marks, by=by, at=stage.at, remark="Bukti cukup dan terkini."
    )
    return True


def _marks(stage: Stage, reading: "Reading", description: SelfDescription) -> dict[str, Mark]:
    """Return marks around one ability of the candidate; some assessors see it otherwise."""
    person_id = reading.dossier.person_id
    level = 3.0 + stage.ability(person_id, lot=2654435761) * 1.4
    level += -1.6 if stage.mishap(DISAGREE, person_id) else stage.rng.uniform(-0.3, 0.3)
    words = queries.words(reading.dossier, upto=reading.round)
    marks: dict[str, Mark] = {}
    for item in description.items:
        highest = item.highest_mark(description.scale, words=words.get(item.code, 0))
        wanted = round(level + stage.rng.uniform(-0.35, 0.35))
        marks[item.code] = max(description.scale.least, min(highest, wanted))
    return marks
