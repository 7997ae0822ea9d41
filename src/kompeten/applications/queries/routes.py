"""Which routes stand open to a person of a list who names none?"""

from datetime import date

from kompeten.applications.terms import Entry
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Facts, Route, Spell, Verdict


def routes_open(entry: Entry, *, on: date) -> tuple[Route, ...]:
    """Return the routes that the rules leave to this person; empty where the scheme is not known.

    First those that the line itself opens; where it opens none, those it does not close, since a list
    tells little of schooling and letters. At most two queries in a process.
    """
    versions = schemes.versions_in_force(on=on)
    version = versions.get((entry.profession, entry.level)) if entry.profession else None
    if version is None:
        return ()
    found = schemes.eligible(version.id, _facts(entry), on=on)
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
