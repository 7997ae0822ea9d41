"""How is the written exam held? Seats, a paper on each phone, answers as they come, and late-comers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from kompeten.exams import actions, queries
from kompeten.exams.terms import Answer, Paper
from kompeten.itembank import actions as itembank
from kompeten.itembank.queries import keys as right_answers
from kompeten.itembank.terms import Key
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk.stage import ZONE, Stage, portions
from kompeten.schemes import queries as schemes

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.exams.models import Entry, Sitting
    from kompeten.itembank.models import Form

SEATS = 1000
ABSENT = 0.02  # share of seats that stay empty the first time
CUT_OFF = 0.01  # share whose device or line fails for good: they sit again, never BK
SENDS = 10  # batches in which one person's answers arrive


def stock_bank(stage: Stage) -> None:
    """Take in the packaged cases: written by one, approved by another."""
    writer, reviewer = stage.cast.all(Role.ITEM_WRITER)[:2]
    with stage.room("itembank"):
        itembank.load_packaged(writer=writer, reviewer=reviewer, at=stage.at, rng=stage.rng)


def hold(stage: Stage, candidates: "Sequence[Application]") -> None:
    """Hold sittings for all candidates, then make-up sittings until everybody has sat."""
    waiting, makeup = list(candidates), False
    while waiting:
        for portion in portions(waiting, SEATS):
            _sitting(stage, portion, makeup=makeup)
        stage.drain()
        sat = queries.outcomes(a.pk for a in waiting)
        waiting, makeup = [a for a in waiting if a.pk not in sat], True


def sitting(
    stage: Stage, candidates: "Sequence[Application]", *, hours: float = 4, makeup: bool = False
) -> "Sitting":
    """Plan a sitting that opens tomorrow, seat `candidates` and open the doors."""
    coordinator = stage.cast.one(Role.COORDINATOR)
    with stage.room("exams"):
        form = _form(stage, candidates[0])
        opens_at = stage.at + timedelta(days=1)
        stage.counts["sittings"] += 1
        held = actions.plan(
            f"Ujian tulis gelombang {stage.counts['sittings']}",
            scheme_version_ids=sorted({a.scheme_version_id for a in candidates}),
            form_ref=form.ref,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(hours=hours),
            zone=ZONE,
            by=coordinator,
            at=stage.at,
            rng=stage.rng,
        )
        actions.seat(held, candidates, by=coordinator, at=stage.at, rng=stage.rng, makeup=makeup)
    return held


def _sitting(stage: Stage, candidates: "Sequence[Application]", *, makeup: bool) -> None:
    held = sitting(stage, candidates, makeup=makeup)
    invigilator = stage.cast.one(Role.INVIGILATOR)
    stage.later(days=1)
    with stage.room("exams"):
        actions.open_sitting(held, by=invigilator, at=stage.at)
        keys = right_answers.of_form(held.form_digest)
    entries = list(held.entries.select_related("sitting").order_by("id"))
    actors = stage.candidates([entry.person_id for entry in entries])
    for portion in portions(entries, 100):
        with stage.room("exams"):
            for entry in portion:
                by = actors[entry.person_id]
                _sit(stage, entry, keys, by=by, invigilator=invigilator, makeup=makeup)
    stage.later(hours=5)
    with stage.room("exams"):
        actions.close_sitting(held, by=invigilator, at=stage.at)


def _form(stage: Stage, candidate: "Application") -> "Form":
    blueprint = schemes.content(candidate.scheme_version_id).cognitive.blueprint
    return itembank.assemble(
        blueprint,
        seed=stage.rng.getrandbits(32),
        title=f"Paket {stage.counts['sittings'] + 1}",
        by=stage.cast.one(Role.ITEM_WRITER),
        at=stage.at,
        rng=stage.rng,
    )


def _sit(
    stage: Stage,
    entry: "Entry",
    keys: dict[int, Key],
    *,
    by: Actor,
    invigilator: Actor,
    makeup: bool,
) -> None:
    """Let one person sit: most hand in, some never come, some are cut off and sit again."""
    if not makeup and stage.chance(ABSENT):
        return
    paper = actions.start(entry, by=by, at=stage.at)
    answers = _answers(stage, paper, keys, person_id=entry.person_id)
    cut_off = not makeup and stage.chance(CUT_OFF)
    size = -(-len(answers) // SENDS)
    for number, portion in enumerate(portions(answers, size)):
        at = stage.at + timedelta(minutes=8 * (number + 1))
        actions.save(entry, portion, key=f"{entry.ref}-{number}", by=by, at=at)
        if cut_off and number == SENDS // 2:
            actions.interrupt(entry, reason="Listrik padam di lokasi", by=invigilator, at=at)
            return
    actions.hand_in(entry, by=by, at=stage.at + timedelta(minutes=85))


def _answers(stage: Stage, paper: Paper, keys: dict[int, Key], *, person_id: int) -> list[Answer]:
    """Return one person's answers: right as often as they are able, some blanks."""
    able = 0.62 + (person_id * 40503 % 1000) / 1000 * 0.33
    answers = []
    for case in paper.cases:
        for item in case.items:
            draw = stage.rng.random()
            codes = [code for code, _ in item.options]
            right = keys[item.number].option
            wrong = [code for code in codes if code != right]
            choice = right if draw < able else stage.rng.choice(wrong) if draw < 0.995 else None
            answers.append(Answer(item=item.number, choice=choice))
    return answers
