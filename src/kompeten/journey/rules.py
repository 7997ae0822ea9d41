"""Where does somebody stand on each step of the way? Read from what each room holds.

Each step has its own function, so that a step can be changed without reading the others. A route
without a step leaves it out; a way that has ended keeps what was reached and blocks the rest.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from kompeten.journey.terms import Facts, Milestone, Record, Status, Step, Target
from kompeten.kernel.workdays import clock
from kompeten.schemes.terms import Component, Service

# Somebody whose own turn it is and who has not moved for so long is stuck.
STUCK_AFTER = timedelta(days=7)
ON_ROUTE = {
    Step.PORTFOLIO: Component.PORTFOLIO,
    Step.COGNITIVE: Component.COGNITIVE,
    Step.PRACTICE: Component.PRACTICE,
    Step.INTERVIEW: Component.INTERVIEW,
}
# What an answer is called where its content is not told.
ANSWERS = {
    "way.ended": "way.answered",
    "application.withdrawn": "way.answered",
    "review.rejected": "way.answered",
    "decision.granted": "decision.answered",
    "decision.deferred": "decision.answered",
    "certificate.issuing": "certificate.told",
    "certificate.held": "certificate.told",
    "certificate.not_yet": "certificate.told",
    "certificate.suspended": "certificate.told",
    "certificate.withdrawn": "certificate.told",
    "certificate.replaced": "certificate.told",
}
PASSED = frozenset({"accepted", "concluded"})


def way(facts: Facts) -> tuple[Milestone, ...]:
    """Return every step of the candidate's route with its status, in order."""
    steps = [s for s in Step if s not in ON_ROUTE or ON_ROUTE[s] in facts.components]
    found = [READERS[step](facts) for step in steps]
    if facts.application.state not in {"withdrawn", "rejected"}:
        return tuple(found)
    walked = {Status.DONE, Status.BLOCKED}
    return tuple(
        m if m.status in walked else Milestone(m.step, Status.BLOCKED, "way.ended") for m in found
    )


def foremost(milestones: tuple[Milestone, ...]) -> Milestone:
    """Return the step to look at first: what the candidate has to do soonest, else where the way stands.

    Where nothing is going on it is the step that blocks, else the last one reached.
    """
    own = [m for m in milestones if m.status is Status.NOW and m.yours]
    if own:
        return min(own, key=_urgency)
    for status in (Status.NOW, Status.BLOCKED, Status.NEXT):
        for milestone in milestones:
            if milestone.status is status:
                return milestone
    return milestones[-1]


def discreet(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """Return the steps without what only the candidate is to read: how it came out, where to be.

    A code stands on paper that others may see, so an answer is told as an answer, whatever it is.
    """
    return tuple(map(_discreet, milestones))


def initials(name: str) -> str:
    """Return the first letters of a name, at most three.

    >>> initials("Dewi Sri lestari Utami")
    'D. S. L.'
    """
    parts = [part for part in name.split() if part[0].isalpha()]
    return " ".join(f"{part[0].upper()}." for part in parts[:3])


def _discreet(milestone: Milestone) -> Milestone:
    held = milestone.appointment
    if held is not None:
        milestone = replace(milestone, appointment=replace(held, place="", link=""))
    if milestone.hint not in ANSWERS:
        return replace(milestone, target=None, target_ref="")
    status = Status.NEXT if milestone.hint == "way.ended" else Status.DONE
    return Milestone(milestone.step, status, ANSWERS[milestone.hint])


def _urgency(milestone: Milestone) -> date:
    if milestone.appointment is not None:
        zone = ZoneInfo(milestone.appointment.zone)
        return milestone.appointment.starts_at.astimezone(zone).date()
    return milestone.by_on or date.max


def _application(facts: Facts) -> Milestone:
    held = facts.application
    said = partial(Milestone, Step.APPLICATION, target=Target.APPLICATION, target_ref=held.ref)
    if held.state == "draft":
        return said(Status.NOW, "application.draft", yours=True)
    if held.state == "returned":
        late = held.by_on is not None and facts.at.astimezone(facts.zone).date() > held.by_on
        hint = "application.mend_late" if late else "application.mend"
        return said(Status.NOW, hint, yours=True, by_on=held.by_on)
    if held.state == "withdrawn":
        return said(Status.BLOCKED, "application.withdrawn")
    return said(Status.DONE, "application.handed_in", reached_at=held.since)


def _review(facts: Facts) -> Milestone:
    held, step = facts.application, Step.REVIEW
    answered = facts.review.since if facts.review else None
    if held.state in PASSED:
        return Milestone(step, Status.DONE, "review.accepted", reached_at=answered)
    if held.state == "rejected":
        return Milestone(
            step,
            Status.BLOCKED,
            "review.rejected",
            reached_at=answered,
            target=Target.APPLICATION,
            target_ref=held.ref,
        )
    if held.state == "submitted":
        is_open = facts.review is not None and facts.review.state == "open"
        hint = "review.open" if is_open else "review.waiting"
        waiting = Milestone(step, Status.NOW, hint)
        return _promised(waiting, facts, Service.VERIFICATION, held.since, spent=facts.spent_days)
    return Milestone(step, Status.NEXT, "review.next")


def _preparation(facts: Facts) -> Milestone:
    step, place = Step.PREPARATION, facts.place
    if place is not None and place.state == "attended":
        return _done(step, "preparation.attended", place)
    if place is not None and place.state == "enrolled":
        over = place.appointment is not None and place.appointment.ends_at <= facts.at
        hint = "preparation.over" if over else "preparation.attend"
        return _now(step, hint, place, Target.SESSION, yours=not over)
    if not facts.is_preparation_required and _is_examined(facts):
        return Milestone(step, Status.SKIPPED, "preparation.skipped")
    hint = "preparation.required" if facts.is_preparation_required else "preparation.advised"
    return Milestone(step, Status.NEXT, hint)


def _portfolio(facts: Facts) -> Milestone:
    step, dossier = Step.PORTFOLIO, facts.dossier
    if dossier is None:
        return Milestone(step, Status.NEXT, "portfolio.next")
    if dossier.state in {"draft", "returned"}:
        hint = "portfolio.write" if dossier.state == "draft" else "portfolio.revise"
        return _now(step, hint, dossier, Target.DOSSIER, yours=True, by_on=dossier.by_on)
    if dossier.state == "handed_in":
        reading = _now(step, "portfolio.reading", dossier, Target.DOSSIER)
        return _promised(reading, facts, Service.READING, dossier.since)
    return _done(step, "portfolio.accepted", dossier, Target.DOSSIER)


def _cognitive(facts: Facts) -> Milestone:
    step, entry = Step.COGNITIVE, facts.entry
    state = entry.state if entry else ""
    if entry is not None and state in {"seated", "started"}:
        hint = "cognitive.sit" if state == "seated" else "cognitive.go_on"
        return _now(step, hint, entry, Target.ENTRY, yours=True)
    if entry is not None and state in {"handed_in", "scored"}:
        hint = "cognitive.handed_in" if state == "handed_in" else "cognitive.scored"
        return _done(step, hint, entry, Target.ENTRY)
    if state == "interrupted":
        return Milestone(step, Status.BLOCKED, "cognitive.interrupted")
    if state == "absent":
        return Milestone(step, Status.NEXT, "cognitive.again")
    waiting = Milestone(step, Status.NEXT, _wait(facts, "cognitive.wait"))
    return _promised(waiting, facts, Service.EXAM, _ready_at(facts))


def _performance(facts: Facts, step: Step) -> Milestone:
    slot = facts.slots.get(ON_ROUTE[step])
    if slot is None:
        waiting = Milestone(step, Status.NEXT, _wait(facts, "performance.wait"))
        return _promised(waiting, facts, Service.PERFORMANCE, _ready_at(facts))
    if slot.state == "booked":
        return _now(step, "performance.come", slot, Target.SLOT, yours=True)
    return _done(step, "performance.rated", slot, Target.SLOT)


def _decision(facts: Facts) -> Milestone:
    step, decision = Step.DECISION, facts.decision
    if decision is not None and decision.state in {"granted", "deferred"}:
        return _done(step, f"decision.{decision.state}", decision, Target.DECISION)
    if facts.sheet is not None:
        waiting = Milestone(step, Status.NOW, "decision.waiting")
        return _promised(waiting, facts, Service.DECISION, facts.sheet.since)
    ended_at = _ended_at(facts)
    if ended_at is not None:
        composing = Milestone(step, Status.NOW, "decision.composing")
        return _promised(composing, facts, Service.RESULT, ended_at)
    return Milestone(step, Status.NEXT, "decision.next")


# What a published certificate is today, in the words of the way.
_OUT = {
    "published": "certificate.ready",
    "suspended": "certificate.suspended",
    "withdrawn": "certificate.withdrawn",
    "replaced": "certificate.replaced",
}


def _certificate(facts: Facts) -> Milestone:
    step, decision, certificate = Step.CERTIFICATE, facts.decision, facts.certificate
    if certificate is not None and certificate.state in _OUT:
        hint = _OUT[certificate.state]
        done = _done(step, hint, certificate, Target.CERTIFICATE)
        return done if hint == "certificate.ready" else replace(done, status=Status.BLOCKED)
    if certificate is not None and certificate.state == "held":
        return Milestone(step, Status.NOW, "certificate.held")
    if decision is not None and decision.state == "granted":
        issuing = Milestone(step, Status.NOW, "certificate.issuing")
        return _promised(issuing, facts, Service.CERTIFICATE, decision.since)
    if decision is not None and decision.state == "deferred":
        return Milestone(step, Status.BLOCKED, "certificate.not_yet")
    return Milestone(step, Status.NEXT, "certificate.next")


def _promised(
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


def _ready_at(facts: Facts) -> datetime | None:
    """Return since when nothing but a seat is lacking for an exam, or None."""
    if Component.PORTFOLIO in facts.components:
        return facts.accepted_at
    is_accepted = facts.application.state in PASSED and facts.review is not None
    return facts.review.since if is_accepted and facts.review else None


def _ended_at(facts: Facts) -> datetime | None:
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


def _wait(facts: Facts, hint: str) -> str:
    """Return `hint`, or that the portfolio has to be accepted before."""
    ready = facts.dossier is not None and facts.dossier.state in {"accepted", "assessed"}
    if Component.PORTFOLIO in facts.components and not ready:
        return "exam.after_portfolio"
    return hint


def _is_examined(facts: Facts) -> bool:
    """Say whether an exam is behind the candidate: then a session to prepare for it is, too."""
    sat = facts.entry is not None and facts.entry.state in {"handed_in", "scored"}
    return sat or any(s.state in {"rated", "settled"} for s in facts.slots.values())


def _now(
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


def _done(step: Step, hint: str, held: Record, target: Target | None = None) -> Milestone:
    ref = held.ref if target else ""
    reached_at = held.since
    return Milestone(step, Status.DONE, hint, reached_at=reached_at, target=target, target_ref=ref)


READERS: dict[Step, Callable[[Facts], Milestone]] = {
    Step.APPLICATION: _application,
    Step.REVIEW: _review,
    Step.PREPARATION: _preparation,
    Step.PORTFOLIO: _portfolio,
    Step.COGNITIVE: _cognitive,
    Step.PRACTICE: lambda facts: _performance(facts, Step.PRACTICE),
    Step.INTERVIEW: lambda facts: _performance(facts, Step.INTERVIEW),
    Step.DECISION: _decision,
    Step.CERTIFICATE: _certificate,
}
