"""How does each step of the way stand? Each has its own function, to be changed without reading the others."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kompeten.journey.rules.standing import (
    ON_ROUTE,
    PASSED,
    done,
    ended_at,
    is_examined,
    now,
    promised,
    ready_at,
    wait,
)
from kompeten.journey.terms import Facts, Milestone, Status, Step, Target
from kompeten.schemes.terms import Service


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
        return promised(waiting, facts, Service.VERIFICATION, held.since, spent=facts.spent_days)
    return Milestone(step, Status.NEXT, "review.next")


def _preparation(facts: Facts) -> Milestone:
    step, place = Step.PREPARATION, facts.place
    if place is not None and place.state == "attended":
        return done(step, "preparation.attended", place)
    if place is not None and place.state == "enrolled":
        over = place.appointment is not None and place.appointment.ends_at <= facts.at
        hint = "preparation.over" if over else "preparation.attend"
        return now(step, hint, place, Target.SESSION, yours=not over)
    if not facts.is_preparation_required and is_examined(facts):
        return Milestone(step, Status.SKIPPED, "preparation.skipped")
    hint = "preparation.required" if facts.is_preparation_required else "preparation.advised"
    return Milestone(step, Status.NEXT, hint)


def _portfolio(facts: Facts) -> Milestone:
    step, dossier = Step.PORTFOLIO, facts.dossier
    if dossier is None:
        return Milestone(step, Status.NEXT, "portfolio.next")
    if dossier.state in {"draft", "returned"}:
        hint = "portfolio.write" if dossier.state == "draft" else "portfolio.revise"
        return now(step, hint, dossier, Target.DOSSIER, yours=True, by_on=dossier.by_on)
    if dossier.state == "handed_in":
        reading = now(step, "portfolio.reading", dossier, Target.DOSSIER)
        return promised(reading, facts, Service.READING, dossier.since)
    return done(step, "portfolio.accepted", dossier, Target.DOSSIER)


def _cognitive(facts: Facts) -> Milestone:
    step, entry = Step.COGNITIVE, facts.entry
    state = entry.state if entry else ""
    if entry is not None and state in {"seated", "started"}:
        hint = "cognitive.sit" if state == "seated" else "cognitive.go_on"
        return now(step, hint, entry, Target.ENTRY, yours=True)
    if entry is not None and state in {"handed_in", "scored"}:
        hint = "cognitive.handed_in" if state == "handed_in" else "cognitive.scored"
        return done(step, hint, entry, Target.ENTRY)
    if state == "interrupted":
        return Milestone(step, Status.BLOCKED, "cognitive.interrupted")
    if state == "absent":
        return Milestone(step, Status.NEXT, "cognitive.again")
    waiting = Milestone(step, Status.NEXT, wait(facts, "cognitive.wait"))
    return promised(waiting, facts, Service.EXAM, ready_at(facts))


def _performance(facts: Facts, step: Step) -> Milestone:
    slot = facts.slots.get(ON_ROUTE[step])
    if slot is None:
        waiting = Milestone(step, Status.NEXT, wait(facts, "performance.wait"))
        return promised(waiting, facts, Service.PERFORMANCE, ready_at(facts))
    if slot.state == "booked":
        return now(step, "performance.come", slot, Target.SLOT, yours=True)
    return done(step, "performance.rated", slot, Target.SLOT)


def _decision(facts: Facts) -> Milestone:
    step, decision = Step.DECISION, facts.decision
    if decision is not None and decision.state in {"granted", "deferred"}:
        return done(step, f"decision.{decision.state}", decision, Target.DECISION)
    if facts.sheet is not None:
        waiting = Milestone(step, Status.NOW, "decision.waiting")
        return promised(waiting, facts, Service.DECISION, facts.sheet.since)
    behind = ended_at(facts)
    if behind is not None:
        composing = Milestone(step, Status.NOW, "decision.composing")
        return promised(composing, facts, Service.RESULT, behind)
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
        told = done(step, hint, certificate, Target.CERTIFICATE)
        return told if hint == "certificate.ready" else replace(told, status=Status.BLOCKED)
    if certificate is not None and certificate.state == "held":
        return Milestone(step, Status.NOW, "certificate.held")
    if decision is not None and decision.state == "granted":
        issuing = Milestone(step, Status.NOW, "certificate.issuing")
        return promised(issuing, facts, Service.CERTIFICATE, decision.since)
    if decision is not None and decision.state == "deferred":
        return Milestone(step, Status.BLOCKED, "certificate.not_yet")
    return Milestone(step, Status.NEXT, "certificate.next")


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
