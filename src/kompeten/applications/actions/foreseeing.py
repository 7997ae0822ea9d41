"""What would become of a list if it were taken now? Nothing is written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.actions.judging import judge
from kompeten.applications.rules import duplicates
from kompeten.applications.rules.columns import NO_MEANINGS
from kompeten.applications.terms import Roster, Row, Verdict
from kompeten.people import queries as people
from kompeten.schemes import queries as schemes


def foresee(
    content: bytes,
    *,
    organization_id: int,
    at: datetime,
    meanings: Mapping[str, str] = NO_MEANINGS,
) -> Roster:
    """Return the list with the verdict that each line would get: whoever has applied opens nothing.

    What `judge` says holds for the list alone; here the house is asked too, so that whoever sends it
    is promised what they get. It tells only of people whose NIK, name and birth date the list gives as
    we know them: a NIK alone, made up or found somewhere, is answered as if nobody bore it. (When
    such a list is taken, with the sender's name under it, its line waits: `nik.held`.) Some three
    queries per 500 people.

    :raises ListUnreadable: the file is no list (`file.*`)
    """
    judged = judge(content, at=at, meanings=queries.list_meanings(organization_id) | dict(meanings))
    bearers = people.bearers(
        row.entry.nik for row in judged.rows if row.verdict is Verdict.GOOD and row.entry.nik
    )
    today = timezone.localdate(at)
    settled = queries.settled_pairs(
        [bearer.id for bearer in bearers.values()], on=today, organization_id=organization_id
    )
    versions = schemes.versions_in_force(on=today)

    def foreseen(row: Row) -> Row:
        entry = row.entry
        bearer = bearers.get(entry.nik)
        if row.verdict is not Verdict.GOOD or entry.profession is None or bearer is None:
            return row
        if not duplicates.bears(entry, name=bearer.name, birth_on=bearer.birth_on):
            return row
        why = settled.get((bearer.id, versions[entry.profession, entry.level].scheme_code))
        return replace(row, verdict=Verdict.DUPLICATE, reasons=(why,)) if why else row

    return replace(judged, rows=tuple(foreseen(row) for row in judged.rows))
