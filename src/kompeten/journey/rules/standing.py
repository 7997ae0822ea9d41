"""What do the steps of a way have in common? Since when each waits, what was promised, how it is told."""

from dataclasses import replace
from datetime import date, datetime

from kompeten.journey.terms import Facts, Milestone, Record, Status, Step, Target
from kompeten.kernel.workdays import clock
from kompeten.schemes.terms import Component, Service

ON_ROUTE = {
    Step.PORTFOLIO: Component.PORTFOLIO,
    Step.COGNITIVE: Component.COGNITIVE,
    Step.PRACTICE: Component.PRACTICE,
    Step.INTERVIEW: Component.INTERVIEW,
}
PASSED = frozenset({"accepted", "concluded"})


def promised(
    milestone: Milestone, facts: Facts, service: Service, since: datetime | None, *, spent: int = 0
) -> Milestone:
    """Return the milestone with what the body promised for it; as it is where its turn has not come."""
    if since is None:
        return milestone
    running = clock(
        since,
        days=facts.service_days[service],
        at=facts.at,
        zone=facts.zone,
        calendar=facts.calendar,
        spent=spent,
    )
    return replace(milestone, by_on=running.due_on, clock=running)


def ready_at(facts: Facts) -> datetime | None:
    """Return since when nothing but a seat is lacking for an exam, or None."""
    if Component.PORTFOLIO in facts.components:
        return facts.accepted_at
    is_accepted = facts.application.state in PASSED and facts.review is not None
    return facts.review.since if is_accepted and facts.review else None


def ended_at(facts: Facts) -> datetime | None:
    """Return when the last component of the route was behind the candidate, or None."""
    held: list[datetime | None] = []
    for component in facts.components:
        if component is Component.PORTFOLIO:
            held.append(facts.accepted_at)
        elif component is Component.COGNITIVE:
            sat = facts.entry is not None and facts.entry.state in {"handed_in", "scored"}
            held.append(facts.entry.since if sat and facts.entry else None)
        else:
            slot = facts.slots.get(component)
            held.append(slot.since if slot and slot.state in {"rated", "settled"} else None)
    behind = [ended for ended in held if ended is not None]
    return max(behind) if behind and len(behind) == len(held) else None


def wait(facts: Facts, hint: str) -> str:
    """Return `hint`, or that the portfolio has to be accepted before."""
    ready = facts.dossier is not None and facts.dossier.state in {"accepted", "assessed"}
    if Component.PORTFOLIO in facts.components and not ready:
        return "exam.after_portfolio"
    return hint


def is_examined(facts: Facts) -> bool:
    """Say whether an exam is behind the candidate: then a session to prepare for it is, too."""
    sat = facts.entry is not None and facts.entry.state in {"handed_in", "scored"}
    return sat or any(s.state in {"rated", "settled"} for s in facts.slots.values())


def now(
    step: Step,
    hint: str,
    held: Record,
    target: Target,
    *,
    yours: bool = False,
    by_on: date | None = None,
) -> Milestone:
    return Milestone(
        step,
        Status.NOW,
        hint,
        yours=yours,
        by_on=by_on,
        appointment=held.appointment,
        target=target,
        target_ref=held.ref,
    )


def done(step: Step, hint: str, held: Record, target: Target | None = None) -> Milestone:
    ref = held.ref if target else ""
    reached_at = held.since
    return Milestone(step, Status.DONE, hint, reached_at=reached_at, target=target, target_ref=ref)
