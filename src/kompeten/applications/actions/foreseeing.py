"""What would become of a list if it were taken now? Nothing is written."""

from dataclasses import replace
from datetime import datetime

from kompeten.applications import queries
from kompeten.applications.actions.collective import judge
from kompeten.applications.terms import Roster, Row, Verdict
from kompeten.people import queries as people
from kompeten.schemes import queries as schemes


def foresee(content: bytes, *, at: datetime) -> Roster:
    """Return the list with the verdict that each line would get: whoever has applied opens nothing.

    What `judge` says holds for the list alone; here the house is asked too, so that whoever sends it
    is promised what they get. Two queries per 500 people.

    :raises ListUnreadable: the file is no list (`file.*`)
    """
    judged = judge(content, at=at)
    niks = (row.entry.nik for row in judged.rows if row.verdict is Verdict.GOOD)
    keys = people.persons_by_nik(nik for nik in niks if nik)
    settled = queries.settled_pairs(list(keys.values()), on=at.date())
    versions = schemes.versions_in_force(on=at.date())

    def foreseen(row: Row) -> Row:
        entry = row.entry
        if row.verdict is not Verdict.GOOD or entry.profession is None or entry.nik not in keys:
            return row
        code = versions[entry.profession, entry.level].scheme_code
        why = settled.get((keys[entry.nik], code))
        return replace(row, verdict=Verdict.DUPLICATE, reasons=(why,)) if why else row

    return replace(judged, rows=tuple(foreseen(row) for row in judged.rows))
