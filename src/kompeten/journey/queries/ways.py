"""Where does one person stand, on every step of the way?

Each room is asked once, for any number of applications; what it answers becomes `terms.Facts`, and
`rules.way` judges them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries as decisions
from kompeten.exams import queries as exams
from kompeten.exams.terms import EntryRow
from kompeten.foundation import holidays
from kompeten.journey import rules
from kompeten.journey.terms import Appointment, Facts, Glance, Milestone, Record, Way
from kompeten.kernel.actors import Actor
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import queries as practicals
from kompeten.practicals.terms import PERFORMANCES, SlotRow
from kompeten.results import queries as results
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Route, SchemeContent, Service
from kompeten.training import queries as training
from kompeten.training.terms import PlaceRow
from kompeten.verification import queries as verification

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.certificates.models import Certificate
    from kompeten.decisions.models import Decision
    from kompeten.portfolios.models import Dossier
    from kompeten.results.models import Sheet
    from kompeten.verification.models import Review


def way(application: "Application", *, at: datetime) -> tuple[Milestone, ...]:
    """Return every step of the application's route and where it stands at `at`. At most twelve queries."""
    return ways([application], at=at)[application.pk].milestones


def glance(application: "Application", *, at: datetime) -> Glance:
    """Return what may be told of an application to whoever has its code. Ten queries."""
    found = ways([application], at=at)[application.pk]
    told = rules.discreet(found.milestones)
    return Glance(
        initials=rules.initials(application.person.name),
        scheme_title=found.scheme_title,
        milestones=told,
        foremost=rules.foremost(told),
    )


def mine(actor: Actor, *, at: datetime) -> list[Way]:
    """Return the ways of the actor's own applications, the newest first. At most twelve queries."""
    own = applications.mine(actor)
    found = ways(own, at=at)
    return [found[application.pk] for application in own]


def ways(held: "Sequence[Application]", *, at: datetime, language: str = "id") -> dict[int, Way]:
    """Return the ways of applications, by their keys. At most twelve queries for any number."""
    said = schemes.contents(a.scheme_version_id for a in held)
    seen = _facts(held, said, at=at)
    found = {}
    for application in held:
        milestones = rules.way(seen[application.pk])
        found[application.pk] = Way(
            application_ref=application.ref,
            scheme_title=said[application.scheme_version_id].title.of(language),
            milestones=milestones,
            foremost=rules.foremost(milestones),
        )
    return found


def _facts(
    held: "Sequence[Application]", said: Mapping[int, SchemeContent], *, at: datetime
) -> dict[int, Facts]:
    keys = [a.pk for a in held]
    reviews, places = verification.newest(keys), training.places(keys)
    dossiers, entries = portfolios.dossiers(keys), exams.of_applications(keys)
    slots = _slots(keys)
    sheets, decided = results.of_applications(keys), decisions.of_applications(keys)
    issued = certificates.of_applications(keys)
    accepted = portfolios.accepted_at(dossiers.values())
    prefetch_related_objects(held, "person")
    calendar = holidays.calendar()
    found = {}
    for a in held:
        content = said[a.scheme_version_id]
        found[a.pk] = Facts(
            at=at,
            components=content.routes[Route(a.route)].components,
            service_days={s: getattr(content.service_days, s) for s in Service},
            zone=schemes.zone(a.person.region_code),
            calendar=calendar,
            spent_days=a.spent_days,
            accepted_at=accepted.get(a.pk),
            is_preparation_required=content.preparation.required,
            application=Record(a.ref, a.state, a.submitted_at, a.correct_by_on),
            review=_review(reviews.get(a.pk)),
            place=_place(places.get(a.pk)),
            dossier=_dossier(dossiers.get(a.pk)),
            entry=_entry(entries.get(a.pk)),
            slots=slots.get(a.ref, {}),
            sheet=_sheet(sheets.get(a.pk)),
            decision=_decision(decided.get(a.pk)),
            certificate=_certificate(issued.get(a.pk)),
        )
    return found


def _review(review: "Review | None") -> Record | None:
    return None if review is None else Record(review.ref, review.state, review.closed_at)


def _place(place: PlaceRow | None) -> Record | None:
    if place is None:
        return None
    s = place.session
    when = Appointment(s.starts_at, s.ends_at, s.zone, s.place, s.link)
    return Record(s.ref, place.state, s.ends_at, appointment=when)


def _dossier(dossier: "Dossier | None") -> Record | None:
    return (
        None
        if dossier is None
        else Record(dossier.ref, dossier.state, dossier.handed_in_at, dossier.due_on)
    )


def _entry(entry: EntryRow | None) -> Record | None:
    if entry is None:
        return None
    when = Appointment(entry.opens_at, entry.closes_at, entry.zone, entry.site)
    return Record(entry.ref, entry.state, entry.handed_in_at, appointment=when)


def _slots(application_ids: Sequence[int]) -> dict[str, dict[Component, Record]]:
    """Return the standing slots by application reference and component. One query."""
    practice, interview = (practicals.standing(component) for component in PERFORMANCES)
    rows = practicals.slot_rows((practice | interview).filter(application__in=application_ids))
    found: dict[str, dict[Component, Record]] = {}
    for row in rows:
        found.setdefault(row.application_ref, {})[row.component] = _slot(row)
    return found


def _slot(row: SlotRow) -> Record:
    where = ", ".join(part for part in (row.site_name, row.site_address) if part)
    when = Appointment(row.starts_at, row.ends_at, row.zone, where, row.link)
    return Record(row.ref, row.state, row.ends_at, appointment=when)


def _sheet(sheet: "Sheet | None") -> Record | None:
    return None if sheet is None else Record(sheet.ref, sheet.state, sheet.sealed_at)


def _decision(decision: "Decision | None") -> Record | None:
    return None if decision is None else Record(decision.ref, decision.state, decision.decided_at)


def _certificate(held: "Certificate | None") -> Record | None:
    return None if held is None else Record(held.ref, held.state, held.published_at)
