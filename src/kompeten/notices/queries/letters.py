"""What are people to be told because of these events, and who?

One gatherer for each kind of record turns its events into drafts, in a constant number of queries;
what all letters need is read for the whole batch at the end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.decisions import queries as decisions
from kompeten.exams import queries as exams
from kompeten.foundation.models import Event
from kompeten.journey.terms import Target
from kompeten.notices.terms import Code, Letter, Moment
from kompeten.people import queries as people
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import queries as practicals
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Service
from kompeten.training import queries as training

if TYPE_CHECKING:
    from kompeten.applications.models import Application


@dataclass(frozen=True, slots=True)
class _Draft:
    """A letter that still lacks what the application says: whose it is, and under which scheme."""

    event: Event
    application_id: int
    target: Target
    target_ref: str = ""
    values: Mapping[str, Any] | None = None


Gatherer = Callable[[Sequence[Event]], Iterator[_Draft]]


def letters(events: Iterable[Event]) -> list[Letter]:
    """Return the letters that `events` give cause to, in the order of the events.

    At most a dozen queries for any number of events.
    """
    grouped = dict(_by_subject(events))
    breached = _breached(grouped.pop("concerned", []))
    drafts = [draft for subject, mine in grouped.items() for draft in GATHERERS[subject](mine)]
    held = applications.by_ids({draft.application_id for draft in drafts})
    said = schemes.contents({a.scheme_version_id for a in held.values()})
    found = []
    for draft in sorted(drafts, key=lambda d: d.event.pk):
        application = held[draft.application_id]
        content = said[application.scheme_version_id]
        values = {
            "application": application.ref,
            "scheme": content.title.id,
            "answer_by": _answer_by(application, draft.event.at),
            "appeal_days": content.appeal.file_days,
            **(draft.values or {}),
        }
        found.append(
            Letter(
                event_id=draft.event.pk,
                kind=draft.event.type,
                person_id=application.person_id,
                values=values,
                target=draft.target,
                target_ref=draft.target_ref or application.ref,
            )
        )
    return sorted([*found, *breached], key=lambda letter: letter.event_id)


def _breached(events: Sequence[Event]) -> list[Letter]:
    """Return the letters on a breach of personal data: they concern a person, with or without an application."""
    if not events:
        return []
    held = people.concerned_by_ids(event.subject_id for event in events)
    found = []
    for event in events:
        concerned = held[event.subject_id]
        breach = concerned.breach
        values = {
            "noticed": Moment(breach.noticed_at, settings.TIME_ZONE),
            "disclosed": breach.disclosed,
            "happened": breach.happened,
            "measures": breach.measures,
        }
        found.append(
            Letter(event.pk, event.type, concerned.person_id, values, Target.HELD, breach.ref)
        )
    return found


def _by_subject(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    grouped: dict[str, list[Event]] = {}
    for event in events:
        grouped.setdefault(event.subject, []).append(event)
    return list(grouped.items())


def _answer_by(application: "Application", handed_in_at: datetime) -> date:
    return schemes.clock(
        application.scheme_version_id,
        Service.VERIFICATION,
        since=handed_in_at,
        at=handed_in_at,
        region=application.person.region_code,
        spent=application.spent_days,
    ).due_on


def _applications(events: Sequence[Event]) -> Iterator[_Draft]:
    for event in events:
        values: dict[str, Any] = {}
        if event.facts.get("at_once"):
            continue  # who sent the file was told on the page
        if event.type == "application.returned":
            until = date.fromisoformat(event.facts["until"])
            values = {"items": event.facts["items"], "until": until}
        if event.type == "application.rejected":
            values = {"grounds": tuple(Code(c) for c in event.facts["reasons"])}
        yield _Draft(event, event.subject_id, Target.APPLICATION, values=values)


def _recommendations(events: Sequence[Event]) -> Iterator[_Draft]:
    """Tell whose application can still use it; what comes later changes nothing for them."""
    held = applications.recommendations_by_ids(e.subject_id for e in events)
    for event in events:
        row = held[event.subject_id]
        if row.application.state not in WANTING:
            continue
        values = {"signatory": applications.signatory(row.referee).name or SOMEBODY}
        yield _Draft(event, row.application_id, Target.APPLICATION, values=values)


def _enrolments(events: Sequence[Event]) -> Iterator[_Draft]:
    held = training.by_ids(e.subject_id for e in events)
    for event in events:
        place = held[event.subject_id]
        # Who gives a place back knows it.
        if event.facts.get("own"):
            continue
        values = _session_values(place.session)
        yield _Draft(event, place.application_id, Target.SESSION, place.session.ref, values)


def _sessions(events: Sequence[Event]) -> Iterator[_Draft]:
    """Tell everybody who has a place, once, of what was last changed."""
    newest = {e.subject_id: e for e in sorted(events, key=lambda e: e.pk)}
    for place in training.enrolled_in(newest):
        event, values = newest[place.session_id], _session_values(place.session)
        yield _Draft(event, place.application_id, Target.SESSION, place.session.ref, values)


def _session_values(session: Any) -> dict[str, Any]:
    return {
        "title": session.title,
        "starts_at": Moment(session.starts_at, session.zone),
        "ends_at": Moment(session.ends_at, session.zone),
        "where": session.place or session.link,
    }


def _dossiers(events: Sequence[Event]) -> Iterator[_Draft]:
    held = portfolios.by_ids(e.subject_id for e in events)
    for event in events:
        dossier = held[event.subject_id]
        values: dict[str, Any] = {"due_on": dossier.due_on}
        if event.type == "dossier.returned":
            until = date.fromisoformat(event.facts["until"])
            values = {"items": len(event.facts["items"]), "until": until}
        yield _Draft(event, dossier.application_id, Target.DOSSIER, dossier.ref, values)


def _entries(events: Sequence[Event]) -> Iterator[_Draft]:
    held = exams.by_ids(e.subject_id for e in events)
    for event in events:
        entry = held[event.subject_id]
        sitting = entry.sitting
        values = {
            "title": sitting.title,
            "starts_at": Moment(sitting.opens_at, sitting.zone),
            "ends_at": Moment(sitting.closes_at, sitting.zone),
            "minutes": sitting.minutes,
            "where": sitting.site.name if sitting.site else None,
        }
        yield _Draft(event, entry.application_id, Target.ENTRY, entry.ref, values)


def _slots(events: Sequence[Event]) -> Iterator[_Draft]:
    held = practicals.by_ids(e.subject_id for e in events)
    for event in events:
        slot = held[event.subject_id]
        values = {
            "component": Component(slot.component),
            "starts_at": Moment(slot.starts_at, slot.zone),
            "where": slot.site.name if slot.site else slot.link,
        }
        yield _Draft(event, slot.application_id, Target.SLOT, slot.ref, values)


def _decisions(events: Sequence[Event]) -> Iterator[_Draft]:
    held = decisions.by_ids(e.subject_id for e in events)
    for event in events:
        decision = held[event.subject_id]
        values = {"components": tuple(Component(code) for code in decision.not_met)}
        yield _Draft(event, decision.application_id, Target.DECISION, decision.ref, values)


def _certificates(events: Sequence[Event]) -> Iterator[_Draft]:
    held = certificates.by_ids(e.subject_id for e in events)
    told = [e.subject_id for e in events if e.type in STATUS_NOTES]
    notes = certificates.notes(told) if told else {}
    for event in events:
        certificate = held[event.subject_id]
        values: dict[str, Any] = {"number": certificate.number, "until": certificate.valid_until}
        if event.type in STATUS_NOTES:
            values["note"] = notes[event.subject_id][STATUS_NOTES[event.type]]
        values |= _status(event)
        target = Target.CERTIFICATE
        yield _Draft(event, certificate.application_id, target, certificate.ref, values)


def _status(event: Event) -> dict[str, Any]:
    """Return what an event says of a certificate in force, for its letter."""
    facts = event.facts
    if event.type == "certificate.suspended":
        # The last day, where the body sits: the end itself is midnight.
        ends = datetime.fromisoformat(facts["ends_at"]) - timedelta(seconds=1)
        return {"cause": SuspensionCause(facts["cause"]), "ends": timezone.localdate(ends)}
    if event.type == "certificate.withdrawn":
        return {"cause": WithdrawalCause(facts["cause"])}
    return {"by": facts["by"]} if event.type == "certificate.replaced" else {}


# While an application stands so, a recommendation still matters to who applies.
WANTING = frozenset({"draft", "returned", "submitted"})
SOMEBODY = Code("referee.forgotten")
# Where the note of a letter stands in `certificates.notes`.
STATUS_NOTES = {"certificate.suspended": 0, "certificate.withdrawn": 1}
GATHERERS: dict[str, Gatherer] = {
    "application": _applications,
    "recommendation": _recommendations,
    "enrolment": _enrolments,
    "session": _sessions,
    "dossier": _dossiers,
    "entry": _entries,
    "slot": _slots,
    "decision": _decisions,
    "certificate": _certificates,
}
KINDS = (
    "concerned.told",
    "application.submitted",
    "application.quarantined",
    "application.returned",
    "application.accepted",
    "application.rejected",
    "recommendation.given",
    "recommendation.declined",
    "recommendation.lapsed",
    "enrolment.opened",
    "enrolment.withdrawn",
    "session.revised",
    "dossier.opened",
    "dossier.returned",
    "dossier.accepted",
    "entry.opened",
    "entry.missed",
    "entry.interrupted",
    "entry.reseated",
    "slot.opened",
    "slot.missed",
    "slot.interrupted",
    "slot.cancelled",
    "decision.granted",
    "decision.deferred",
    "certificate.published",
    "certificate.suspended",
    "certificate.lifted",
    "certificate.withdrawn",
    "certificate.replaced",
)
