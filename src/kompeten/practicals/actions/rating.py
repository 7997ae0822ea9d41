"""How does an assessor rate: keep marks and notes, and hand them in?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.practicals import queries
from kompeten.practicals.chart import RATING
from kompeten.practicals.models import Rating
from kompeten.practicals.rules import marking
from kompeten.practicals.terms import RatingHandIn, RatingState
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component

MAX_NOTE = 4_000


def keep(
    rating: Rating,
    *,
    marks: Mapping[str, int],
    notes: Mapping[str, str],
    by: Actor,
    at: datetime,
    remark: str | None = None,
) -> None:
    """Keep marks and notes while rating; criteria not named stay as they are. No event. Two queries.

    :raises StepRefused: `assessor.not_assigned`, `assessor.license_lapsed`, `step.not_open`,
        `marks.unknown`, `marks.off_scale`
    :raises StaleRecord: the rating is no longer open
    """
    _may_rate(rating, by, at=at, step="keep")
    if rating.state != RatingState.OPEN:
        raise ledger.StepRefused("step.not_open", step="keep")
    found = queries.mark_faults(rating, marks, notes)
    wrong = tuple(f"marks.{kind}" for kind in ("unknown", "off_scale") if kind in found)
    if wrong:
        raise ledger.StepRefused(*wrong, step="keep")
    changes = _columns(rating, marks, notes, remark)
    rows = Rating.objects.filter(pk=rating.pk, state=RatingState.OPEN)
    if not rows.update(**changes):
        raise ledger.StaleRecord(f"rating {rating.pk} is no longer open")
    for name, value in changes.items():
        setattr(rating, name, value)


def hand_in(
    rating: Rating,
    *,
    marks: Mapping[str, int],
    notes: Mapping[str, str],
    competent: bool,
    by: Actor,
    at: datetime,
    remark: str | None = None,
) -> Event:
    """Hand in the rating: these marks and notes and those kept before, and K or BK.

    :raises StepRefused: `marks.<kind>` or `notes.short`, of which `queries.mark_faults` says the
        criteria; `slot.not_started`, `assessor.not_assigned`, `assessor.license_lapsed`
    :raises StaleRecord: it was handed in, or taken away, meanwhile
    """
    _may_rate(rating, by, at=at, step="hand_in")
    slot = rating.slot
    rubric = queries.rubric(schemes.content(slot.scheme_version_id), Component(slot.component))
    columns = _columns(rating, marks, notes, remark)
    whole: dict[str, int] = columns["marks"]
    facts = RatingHandIn(
        points=sum(whole.values()),
        out_of=rubric.highest_total,
        competent=competent,
        too_early=at < slot.starts_at,
        **marking.faults(rubric, whole, columns["notes"]),
    )
    also = columns | {
        "points": facts.points,
        "out_of": facts.out_of,
        "competent": competent,
        "handed_in_at": at,
    }
    return ledger.take(RATING, "hand_in", rating, by=by, at=at, facts=facts, also=also)


def _may_rate(rating: Rating, by: Actor, *, at: datetime, step: str) -> None:
    """Let through only the rating's own assessor, and only while licensed."""
    if by.person_id is None or by.person_id != rating.assessor_id:
        raise ledger.StepRefused("assessor.not_assigned", step=step)
    if not people.is_licensed(by.person_id, on=timezone.localdate(at)):
        raise ledger.StepRefused("assessor.license_lapsed", step=step)


def _columns(
    rating: Rating,
    marks: Mapping[str, int],
    notes: Mapping[str, str],
    remark: str | None,
) -> dict[str, Any]:
    """Return marks, notes and remark as they stand after these are added to those kept."""
    told = {code: text.replace("\x00", "").strip()[:MAX_NOTE] for code, text in notes.items()}
    said = rating.remark if remark is None else remark.replace("\x00", "").strip()[:MAX_NOTE]
    return {"marks": rating.marks | dict(marks), "notes": rating.notes | told, "remark": said}
