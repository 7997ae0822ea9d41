"""May a sitting open or close, may somebody start, may an interrupted seat be taken again?"""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kompeten.exams.terms import (
    MAX_BREAKS,
    MAX_EXTRA,
    OPEN_EARLY,
    Adjustment,
    Beginning,
    CheckIn,
    CheckInWithdrawal,
    Closing,
    CodeRenewal,
    CodeShowing,
    Disposal,
    Doubt,
    ExtraTime,
    IdentityCheck,
    Recovery,
    Reseating,
    Settlement,
    SittingState,
    Stage,
    Start,
)
from kompeten.schemes.terms import CognitiveRules

NOT_READY = {
    Stage.WAITING: "exam.not_yet_open",
    Stage.RUNNING: "exam.started_already",
    Stage.OVER: "exam.time_is_over",
    Stage.MISSED: "exam.window_is_over",
}


def plan_reasons(
    *,
    opens_at: datetime,
    closes_at: datetime,
    zone: str,
    rules: tuple[CognitiveRules, ...],
    form_blueprints: tuple[object, ...],
    at: datetime,
) -> tuple[str, ...]:
    """Return why a sitting cannot be held as planned: by window, zone, schemes and forms.

    `form_blueprints` are the `Blueprint`s that the forms were assembled to.
    """
    reasons = []
    if not at < closes_at or not opens_at < closes_at:
        reasons.append("sitting.window_order")
    elif any((closes_at - opens_at).total_seconds() < r.minutes * 60 for r in rules):
        reasons.append("sitting.window_too_short")
    if not _is_zone(zone):
        reasons.append("sitting.zone_unknown")
    if not rules:
        reasons.append("sitting.no_scheme")
    if len({r.minutes for r in rules}) > 1:
        reasons.append("sitting.minutes_differ")
    if any(r.blueprint != blueprint for r in rules for blueprint in form_blueprints):
        reasons.append("sitting.blueprint_differs")
    return tuple(reasons)


def begin_reasons(facts: Beginning) -> tuple[str, ...]:
    """Return why the doors stay shut: they open up to half an hour before the window, not after it."""
    if facts.at < facts.opens_at - OPEN_EARLY:
        return ("sitting.too_early",)
    return () if facts.at < facts.closes_at else ("exam.window_is_over",)


def close_reasons(facts: Closing) -> tuple[str, ...]:
    """Return why a sitting cannot be closed: somebody still has time."""
    return ("sitting.time_left",) if facts.at < facts.last_end else ()


def show_reasons(facts: CodeShowing) -> tuple[str, ...]:
    """Return why the code stays hidden: before the doors open only planners see it, with a reason."""
    if facts.at >= facts.opens_at - OPEN_EARLY:
        return ()
    if not facts.planner:
        return ("code.too_early",)
    return () if facts.reason else ("code.no_reason",)


def renew_reasons(facts: CodeRenewal) -> tuple[str, ...]:
    """Return why the code is not renewed: whoever prepared at home must fetch again, so say why."""
    return () if facts.reason else ("code.no_reason",)


def check_in_reasons(facts: CheckIn) -> tuple[str, ...]:
    """Return why a check-in is not noted: it was already, or what its way asks for is missing."""
    if facts.before:
        return ("checkin.done",)
    if facts.way is IdentityCheck.PHOTO and not facts.photo:
        return ("checkin.no_photo",)
    if facts.way is IdentityCheck.KNOWN and not facts.reason:
        return ("checkin.known_by_whom",)
    by_hand = facts.way is IdentityCheck.BY_HAND
    return ("checkin.no_reason",) if by_hand and not facts.reason else ()


def withdraw_reasons(facts: CheckInWithdrawal) -> tuple[str, ...]:
    """Return why a check-in is not taken back: there is none, or nobody said why."""
    if facts.noted_at is None:
        return ("checkin.not_noted",)
    return () if facts.reason else ("checkin.why_back",)


def doubt_reasons(facts: Doubt) -> tuple[str, ...]:
    """Return why a doubt is not noted: one is open already, or it says nothing."""
    if facts.before:
        return ("doubt.open_already",)
    return () if facts.note else ("doubt.no_note",)


def dispose_reasons(facts: Disposal) -> tuple[str, ...]:
    """Return why photos stay: somebody doubts who it is, or there are none."""
    if facts.in_doubt:
        return ("photo.in_doubt",)
    return () if facts.photos else ("photo.none",)


def start_reasons(facts: Start) -> tuple[str, ...]:
    """Return why somebody cannot start now."""
    if facts.stage is not Stage.READY:
        return (NOT_READY[facts.stage],)
    return () if facts.sitting is SittingState.OPEN else ("sitting.not_open",)


def reseat_reasons(facts: Reseating) -> tuple[str, ...]:
    """Return why an interrupted seat cannot be taken again: then it needs a makeup sitting."""
    if facts.sitting not in (SittingState.PLANNED, SittingState.OPEN):
        return ("sitting.over_take_makeup",)
    return _minutes_reasons(facts.minutes, least=0)


def recover_reasons(facts: Recovery) -> tuple[str, ...]:
    """Return why a seat is not made good: nothing of the candidate's has come in."""
    return () if facts.answered or facts.handed_in else ("exam.nothing_recovered",)


def adjust_reasons(facts: Adjustment) -> tuple[str, ...]:
    """Return why a seat is not adjusted: out of range, or nothing to adjust."""
    if not 0 <= facts.breaks <= MAX_BREAKS:
        return ("adjustment.breaks_out_of_range",)
    return _minutes_reasons(facts.minutes, least=0 if facts.breaks else 1)


def settle_reasons(facts: Settlement) -> tuple[str, ...]:
    """Return why a remark stays open: nobody said what was made of it."""
    return () if facts.note else ("remark.no_note",)


def extend_reasons(facts: ExtraTime) -> tuple[str, ...]:
    """Return why time is not given: no minutes, too many, or no reason."""
    return _minutes_reasons(facts.minutes, least=1) + (() if facts.reason else ("time.no_reason",))


def _minutes_reasons(minutes: int, *, least: int) -> tuple[str, ...]:
    return () if least <= minutes <= MAX_EXTRA else ("time.minutes_out_of_range",)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
