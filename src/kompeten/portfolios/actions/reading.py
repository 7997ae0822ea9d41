"""How does an assessor read: keep marks, hand them in, or send the dossier back?"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.portfolios import queries
from kompeten.portfolios.chart import DOSSIER, READING
from kompeten.portfolios.models import Reading
from kompeten.portfolios.queries.readings import returnable
from kompeten.portfolios.rules import marking
from kompeten.portfolios.rules.words import tidy
from kompeten.portfolios.terms import Mark, ReadingState
from kompeten.portfolios.terms.dossier import Return
from kompeten.portfolios.terms.reading import ReadingHandIn, SendBack
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import SchemeContent

TIE_SOURCE = "portfolios"
MAX_NOTE = 4_000


def keep(
    reading: Reading,
    *,
    marks: Mapping[str, Mark],
    by: Actor,
    at: datetime,
    notes: Mapping[str, str] | None = None,
    remark: str | None = None,
) -> None:
    """Keep marks while reading; items not named stay as they are. No event. Two queries.

    :raises StepRefused: `assessor.not_assigned`, `assessor.license_lapsed`, `step.not_open`,
        `marks.unknown`, `marks.off_scale`
    :raises StaleRecord: the reading is no longer open
    """
    _may_read(reading, by, at=at, step="keep")
    if reading.state != ReadingState.OPEN:
        raise ledger.StepRefused("step.not_open", step="keep")
    description = schemes.content(reading.dossier.scheme_version_id).instruments.self_description
    found = marking.faults(description, marks, words={}, may_return=False)
    wrong = tuple(f"marks.{kind}" for kind in ("unknown", "off_scale") if kind in found)
    if wrong:
        raise ledger.StepRefused(*wrong, step="keep")
    changes = _columns(reading, marks, notes, remark)
    rows = Reading.objects.filter(pk=reading.pk, state=ReadingState.OPEN)
    if not rows.update(**changes):
        raise ledger.StaleRecord(f"reading {reading.pk} is no longer open")
    for name, value in changes.items():
        setattr(reading, name, value)


def hand_in_reading(
    reading: Reading,
    *,
    marks: Mapping[str, Mark],
    by: Actor,
    at: datetime,
    notes: Mapping[str, str] | None = None,
    remark: str | None = None,
) -> Event:
    """Hand in the reading: `marks` and those kept before; the verdict follows from the pass mark.

    :raises StepRefused: `marks.<kind>`, of which `queries.mark_faults` says the items;
        `assessor.not_assigned`, `assessor.license_lapsed`
    :raises StaleRecord: it was handed in, or taken away, meanwhile
    """
    _may_read(reading, by, at=at, step="hand_in")
    content = schemes.content(reading.dossier.scheme_version_id)
    columns = _columns(reading, marks, notes, remark)
    facts = _judged(reading, content, reading.marks | dict(marks))
    also = columns | {
        "points": facts.points,
        "out_of": facts.out_of,
        "competent": facts.competent,
        "handed_in_at": at,
    }
    return ledger.take(READING, "hand_in", reading, by=by, at=at, facts=facts, also=also)


def send_back(reading: Reading, *, reasons: Mapping[str, str], by: Actor, at: datetime) -> Event:
    """Return the dossier to its candidate, with what to mend by item or part of the vitae.

    The next round begins; readings still open lapse, and what was marked stays on record.

    :raises StepRefused: `reasons.missing`, `reasons.unknown`, `reasons.short`,
        `assessor.not_assigned`, `assessor.license_lapsed`, or the dossier was accepted already
    :raises StaleRecord: somebody moved the dossier or one of its readings meanwhile
    """
    _may_read(reading, by, at=at, step="send_back")
    dossier = reading.dossier
    content = schemes.content(dossier.scheme_version_id)
    texts = {code: tidy(text)[:MAX_NOTE] for code, text in reasons.items()}
    faults = marking.send_back_faults(_places(content), texts)
    facts = SendBack(items=tuple(texts), **faults)
    until = timezone.localdate(at) + timedelta(days=content.candidate_days.portfolio_revision)
    with transaction.atomic():
        also = {"returns": texts, "handed_in_at": at}
        event = ledger.take(READING, "send_back", reading, by=by, at=at, facts=facts, also=also)
        ledger.take(
            DOSSIER,
            "return",
            dossier,
            by=by,
            at=at,
            facts=Return(reading=reading.ref, items=tuple(texts), until=until),
            also={"round": dossier.round + 1, "due_on": until},
        )
        others = Reading.objects.filter(dossier=dossier, state=ReadingState.OPEN)
        ledger.take_many(READING, "lapse", list(others), by=by, at=at)
        tie = [(reading.assessor_id, dossier.person_id)]
        impartiality.tie_many(
            TieKind.EXAMINED, tie, since=timezone.localdate(at), source=TIE_SOURCE
        )
    return event


def _may_read(reading: Reading, by: Actor, *, at: datetime, step: str) -> None:
    """Let through only the reading's own assessor, and only while licensed."""
    if by.person_id is None or by.person_id != reading.assessor_id:
        raise ledger.StepRefused("assessor.not_assigned", step=step)
    if not people.is_licensed(by.person_id, on=timezone.localdate(at)):
        raise ledger.StepRefused("assessor.license_lapsed", step=step)


def _columns(
    reading: Reading,
    marks: Mapping[str, Mark],
    notes: Mapping[str, str] | None,
    remark: str | None,
) -> dict[str, object]:
    """Return marks, notes and remark as they stand after these are added to those kept."""
    told = {code: tidy(text)[:MAX_NOTE] for code, text in (notes or {}).items()}
    return {
        "marks": reading.marks | dict(marks),
        "notes": {code: text for code, text in (reading.notes | told).items() if text},
        "remark": reading.remark if remark is None else tidy(remark)[:MAX_NOTE],
    }


def _judged(reading: Reading, content: SchemeContent, marks: Mapping[str, Mark]) -> ReadingHandIn:
    description = content.instruments.self_description
    words = queries.words(reading.dossier, upto=reading.round)
    may_return = returnable(reading.dossier, content)
    faults = marking.faults(description, marks, words=words, may_return=may_return)
    points, out_of = marking.points(description, content.portfolio, marks)
    return ReadingHandIn(
        points=points,
        out_of=out_of,
        competent=marking.is_competent(content.portfolio, points=points, out_of=out_of),
        blank=tuple(item for item, mark in marks.items() if mark is None),
        **faults,
    )


def _places(content: SchemeContent) -> frozenset[str]:
    items = content.instruments.self_description.items
    parts = content.instruments.curriculum_vitae.parts
    return frozenset({item.code for item in items} | {part.code for part in parts})
