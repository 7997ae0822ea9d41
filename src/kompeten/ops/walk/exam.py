"""How is the written exam held? Seats, a chain from each phone, and make-ups for who was cut off."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kompeten.exams import actions, queries
from kompeten.exams.terms import Sat
from kompeten.itembank import actions as itembank
from kompeten.itembank import queries as papers
from kompeten.itembank.queries import keys as right_answers
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk.stage import ZONE, Stage, portions
from kompeten.schemes import queries as schemes

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.exams.models import Entry, Sitting
    from kompeten.itembank.models import Form

Items = list[tuple[int, str, list[str]]]
SEATS = 1000
FORMS = 2  # of one sitting: neighbours seldom sit the same
ABSENT = 0.02  # share of seats that stay empty the first time
CUT_OFF = 0.01  # share whose device or line fails for good: they sit again, never BK
SENDS = 10  # messages in which one device tells a whole exam
TOGETHER = 40  # people whose devices are taken in at once
PACE = 50  # seconds an item takes


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
        missed = [a for a in waiting if a.pk not in sat]
        if makeup and len(missed) == len(waiting):
            raise RuntimeError(
                f"a make-up sitting of {len(waiting)} people left none of them scored"
            )
        waiting, makeup = missed, True


def sitting(
    stage: Stage, candidates: "Sequence[Application]", *, hours: float = 4, makeup: bool = False
) -> "Sitting":
    """Plan a sitting that opens tomorrow, seat `candidates` and open the doors."""
    coordinator = stage.cast.one(Role.COORDINATOR)
    with stage.room("exams"):
        form, *further = (_form(stage, candidates[0]) for _ in range(FORMS))
        opens_at = stage.at + timedelta(days=1)
        stage.counts["sittings"] += 1
        held = actions.plan(
            f"Ujian tulis gelombang {stage.counts['sittings']}",
            scheme_version_ids=sorted({a.scheme_version_id for a in candidates}),
            form_ref=form.ref,
            further_refs=[one.ref for one in further],
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
        sheets = {form: _sheet(form) for form in queries.form_digests(held)}
    entries = list(held.entries.order_by("id"))
    for portion in portions(entries, TOGETHER):
        # Not in one transaction: what is in the vault is there for good.
        with stage.room("exams", whole=False):
            _sit(stage, portion, sheets, invigilator=invigilator, makeup=makeup)
    stage.later(hours=5)
    with stage.room("exams"):
        actions.close_sitting(held, by=invigilator, at=stage.at)


def _form(stage: Stage, candidate: "Application") -> "Form":
    stage.counts["forms"] += 1
    blueprint = schemes.content(candidate.scheme_version_id).cognitive.blueprint
    return itembank.assemble(
        blueprint,
        seed=stage.rng.getrandbits(32),
        title=f"Paket {stage.counts['forms']}",
        by=stage.cast.one(Role.ITEM_WRITER),
        at=stage.at,
        rng=stage.rng,
    )


def _sheet(form_digest: str) -> Items:
    """Return number, right option and wrong options of each item."""
    keys = right_answers.of_form(form_digest)
    return [
        (item.number, keys[item.number].option, _wrong(item.options, keys[item.number].option))
        for case in papers.paper(form_digest)
        for item in case.items
    ]


def _wrong(options: Sequence[tuple[str, str]], right: str) -> list[str]:
    return [code for code, _ in options if code != right]


def _sit(
    stage: Stage,
    entries: "Sequence[Entry]",
    sheets: dict[str, Items],
    *,
    invigilator: Actor,
    makeup: bool,
) -> None:
    """Let some people sit: most hand in, some never come, some are cut off and sit again."""
    sat, cut_off = [], []
    for entry in entries:
        if not makeup and stage.mishap(ABSENT, entry.person_id):
            continue
        answers = _answers(stage, sheets[entry.form_digest], person_id=entry.person_id)
        handed_in = stage.at + timedelta(minutes=85)
        if not makeup and stage.mishap(CUT_OFF, entry.person_id):
            cut_off.append(entry.pk)
            sat.append(Sat(entry.ref, stage.at, answers[: len(answers) // 2], None, SENDS // 2))
        else:
            sat.append(Sat(entry.ref, stage.at, answers, handed_in, SENDS))
    actions.play(sat, at=stage.at + timedelta(minutes=86))
    if cut_off:
        broken = list(queries.by_ids(cut_off).values())
        reason = "Listrik padam di lokasi"
        at = stage.at + timedelta(minutes=87)
        actions.interrupt_many(broken, reason=reason, by=invigilator, at=at)


def _answers(
    stage: Stage, paper: Items, *, person_id: int
) -> list[tuple[int, str | None, datetime]]:
    """Return one person's answers: right as often as they are able, some blanks."""
    able = 0.62 + stage.ability(person_id, lot=40503) * 0.33
    answers: list[tuple[int, str | None, datetime]] = []
    for place, (number, right, wrong) in enumerate(paper, 1):
        draw = stage.rng.random()
        choice = right if draw < able else stage.rng.choice(wrong) if draw < 0.995 else None
        answers.append((number, choice, stage.at + timedelta(seconds=PACE * place)))
    return answers
