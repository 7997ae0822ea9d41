"""Which routes stand open to a person of a list who names none?"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from kompeten.applications.models import Repair
from kompeten.applications.queries.inviting import written
from kompeten.applications.queries.lists import known
from kompeten.applications.rules import mending
from kompeten.applications.terms import Entry
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Facts, Route, Spell, Verdict

K = TypeVar("K", bound=Hashable)
# Why a line has no route to go on with.
ROUTE_FAULTS = frozenset({"route.missing", "route.unknown", "route.not_offered"})


def routes_proposed(repairs: Iterable[Repair], *, on: date) -> dict[int, tuple[Route, ...]]:
    """Return the routes that the rules leave to people whose waiting line names none that will do, by repair.

    Each line is read again as it stands. Three queries for any number, none where no line lacks a route.
    """
    asked = [r for r in repairs if r.entry_sealed and not ROUTE_FAULTS.isdisjoint(r.line.reasons)]
    if not asked:
        return {}
    house = known(on=on)
    lines = {r.pk: mending.read_again(written(r), known=house, on=on).entry for r in asked}
    return routes_open(lines, on=on)


def route_words(routes: Iterable[Route]) -> tuple[str, ...]:
    """Return what the routes are called in a line, as `list_words` calls them."""
    return tuple(mending.SAID[route] for route in routes)


def routes_open(entries: Mapping[K, Entry], *, on: date) -> dict[K, tuple[Route, ...]]:
    """Return the routes that the rules leave to each of these people; empty where the scheme is not known.

    First those that the line itself opens; where it opens none, those it does not close, since a list
    tells little of schooling and letters. Two queries for any number.
    """
    versions = schemes.versions_in_force(on=on)
    found: dict[K, tuple[Route, ...]] = {}
    for key, entry in entries.items():
        version = versions.get((entry.profession, entry.level)) if entry.profession else None
        found[key] = _open(version.id, entry, on=on) if version else ()
    return found


def _open(version_id: int, entry: Entry, *, on: date) -> tuple[Route, ...]:
    found = schemes.eligible(version_id, _facts(entry), on=on)
    by_verdict = {
        verdict: tuple(route for route, said in found.items() if said.verdict is verdict)
        for verdict in Verdict
    }
    return by_verdict[Verdict.OPEN] or by_verdict[Verdict.UNKNOWN]


def _facts(entry: Entry) -> Facts:
    started = entry.started_on
    return Facts(
        born_on=entry.birth_on,
        spells=None if started is None else (Spell(start=started),),
        spells_complete=False,
        practice_hours=entry.practice_hours,
    )
