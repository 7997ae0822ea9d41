"""Whose seat is it, how does its time stand, what is answered, and who has no seat yet?"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import State
from kompeten.exams.models import Entry
from kompeten.exams.queries.records import counting, joined
from kompeten.exams.rules import answers as folding
from kompeten.exams.rules import clock
from kompeten.exams.rules.paper import personal
from kompeten.exams.terms import (
    MAKEUP_AFTER,
    EntryRow,
    EntryState,
    Paper,
    Phase,
    Progress,
)
from kompeten.itembank import queries as itembank
from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window
from kompeten.kernel.roles import Role
from kompeten.portfolios import queries as portfolios
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Component, Route

if TYPE_CHECKING:
    from kompeten.applications.models import Application

WATCHES = frozenset({Role.INVIGILATOR, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN})
CHUNK = 500
# States in which the house still owes an exam, and those in which one has been sat.
OWED = (EntryState.SEATED, EntryState.INTERRUPTED)
SAT = (EntryState.HANDED_IN, EntryState.SCORED)


def own(ref: str, actor: Actor) -> Entry | None:
    """Return the actor's own entry with its sitting; another's looks like none. One query."""
    if actor.person_id is None:
        return None
    found = Entry.objects.filter(ref=ref, person_id=actor.person_id)
    return found.select_related("sitting").first()


def entry(ref: str, actor: Actor) -> Entry | None:
    """Return an entry with its sitting, for those who watch over sittings. One query."""
    if not actor.may(WATCHES):
        return None
    return Entry.objects.filter(ref=ref).select_related("sitting").first()


def mine(actor: Actor) -> list[EntryRow]:
    """Return the actor's own entries, the next sitting first. One query."""
    if actor.person_id is None:
        return []
    return _rows(Entry.objects.filter(person_id=actor.person_id).order_by("-sitting__opens_at"))


def of_applications(ids: Iterable[int]) -> dict[int, EntryRow]:
    """Return the newest entry of each application, by its key. One query per 500."""
    keys, found = list(ids), {}
    for start in range(0, len(keys), CHUNK):
        held = Entry.objects.filter(application_id__in=keys[start : start + CHUNK])
        for row in _rows(held.order_by("id")):
            found[row.application_id] = row
    return found


def by_ids(ids: Iterable[int]) -> dict[int, Entry]:
    """Return entries with their sittings and sites, by key. One query."""
    return Entry.objects.select_related("sitting__site").in_bulk(list(ids))


def in_states(*states: EntryState) -> QuerySet[Entry]:
    """Return the entries that stand in one of `states`."""
    return Entry.objects.filter(state__in=[s.value for s in states])


def phase(entry: Entry, *, at: datetime) -> Phase:
    """Return how the time of an entry stands at the instant `at`."""
    return clock.phase(
        window(entry),
        minutes=entry.sitting.minutes,
        started_at=entry.started_at,
        extra_minutes=entry.extra_minutes,
        at=at,
    )


def window(entry: Entry) -> Window:
    """Return the window of the entry's sitting."""
    return Window(entry.sitting.opens_at, entry.sitting.closes_at)


def answers(entry: Entry) -> dict[int, str | None]:
    """Return the choice that counts for each item answered so far, by its number. One query."""
    return counting(entry, joined(entry))


def progress(entry: Entry) -> Progress:
    """Return how many items are answered and how many are blank. One query."""
    items = sum(len(case.items) for case in itembank.paper(entry.form_digest))
    return folding.progress(answers(entry), items=items)


def paper(entry: Entry, *, at: datetime) -> Paper:
    """Return what a candidate who has started sits before; the same on every device. One query.

    :raises ValueError: the entry has not been started
    """
    if entry.started_at is None:
        raise ValueError(f"entry {entry.ref} has not been started")
    sitting = entry.sitting
    return Paper(
        entry_ref=entry.ref,
        title=sitting.title,
        cases=personal(itembank.paper(entry.form_digest), seed=entry.order_seed),
        answers=answers(entry),
        started_at=entry.started_at,
        ends_at=clock.ends_at(
            window(entry),
            minutes=sitting.minutes,
            started_at=entry.started_at,
            extra_minutes=entry.extra_minutes,
        ),
        server_at=at,
    )


def inbox(among: "Iterable[Application] | None" = None) -> "list[Application]":
    """Return candidates who have no entry yet and whose route has a written exam, in their order.

    `among` are the applications to look at, all accepted ones if None. What else must be ready
    first, a portfolio for instance, is for the caller to know. A query per 500 applications.
    """
    found = list(applications.accepted() if among is None else among)
    said = schemes.contents({a.scheme_version_id for a in found})
    seated = states_of(a.pk for a in found)
    return [
        a
        for a in found
        if a.pk not in seated
        and Component.COGNITIVE in said[a.scheme_version_id].routes[Route(a.route)].components
    ]


def waiting(version_ids: Iterable[int] | None = None) -> "QuerySet[Application]":
    """Return the candidates who can be seated for the first time, the oldest first.

    Their route has a written exam, their portfolio was accepted where it has one, and they have no
    entry. Of the scheme versions named, of all if None; one query to learn their routes.
    """
    wanted = [row.id for row in schemes.versions()] if version_ids is None else list(version_ids)
    seated = Entry.objects.filter(application_id=OuterRef("pk"))
    return _ready(wanted).filter(~Exists(seated))


def _ready(wanted: Iterable[int]) -> "QuerySet[Application]":
    asked = {True: Q(pk__in=()), False: Q(pk__in=())}  # with a portfolio on the route, and without
    for key, content in schemes.contents(wanted).items():
        for route, rules in content.routes.items():
            if Component.COGNITIVE in rules.components:
                known = Q(scheme_version_id=key, route=route.value)
                asked[Component.PORTFOLIO in rules.components] |= known
    ready = asked[True] & Q(pk__in=portfolios.ready_keys()) | asked[False]
    return applications.accepted().filter(ready)


def unexamined() -> "QuerySet[Application]":
    """Return the candidates whose first written exam the house still owes them, seated or not.

    As `waiting`, but a seat is not yet an exam, and one that broke off was none. Who stayed away has
    had theirs.
    """
    had = Entry.objects.filter(application_id=OuterRef("pk")).exclude(state__in=OWED)
    return _ready(row.id for row in schemes.versions()).filter(~Exists(had))


def handing_in() -> Subquery:
    """Return when each of many applications handed a written exam in, as a subquery."""
    held = Entry.objects.filter(application_id=OuterRef("pk"), state__in=SAT)
    return Subquery(held.order_by("-id").values("handed_in_at")[:1])


def makeups() -> "list[Application]":
    """Return candidates who were absent or interrupted and hold no other seat. Two queries and more."""
    missed = Entry.objects.filter(state__in=MAKEUP_AFTER).values_list("application_id", flat=True)
    states = states_of(missed)
    open_to = [key for key, held in states.items() if set(held) <= set(MAKEUP_AFTER)]
    waiting = applications.by_ids(sorted(open_to))
    return [a for a in waiting.values() if a.state == State.ACCEPTED]


def states_of(application_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the states of the entries of each application, oldest first. One query per 500."""
    keys = list(dict.fromkeys(application_ids))
    found: dict[int, list[str]] = {}
    for start in range(0, len(keys), CHUNK):
        held = Entry.objects.filter(application_id__in=keys[start : start + CHUNK])
        for key, state in held.order_by("id").values_list("application_id", "state"):
            found.setdefault(key, []).append(state)
    return found


def _rows(entries: QuerySet[Entry]) -> list[EntryRow]:
    return [
        EntryRow(
            ref=e.ref,
            title=e.sitting.title,
            state=e.state,
            sitting_state=e.sitting.state,
            opens_at=e.sitting.opens_at,
            closes_at=e.sitting.closes_at,
            zone=e.sitting.zone,
            minutes=e.sitting.minutes,
            site=e.sitting.site.name if e.sitting.site else "",
            application_id=e.application_id,
            started_at=e.started_at,
            handed_in_at=e.handed_in_at,
        )
        for e in entries.select_related("sitting__site")
    ]


def person_of(ref: str) -> int | None:
    """Return the key of the person whose place in a test has this reference, or None. One query."""
    return Entry.objects.filter(ref=ref).values_list("person_id", flat=True).first()
