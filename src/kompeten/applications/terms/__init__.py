"""The words and shapes of applications; other rooms import them from here."""

from kompeten.applications.terms.roster import (
    Cell,
    Entry,
    Grid,
    Known,
    ListUnreadable,
    Merge,
    Place,
    Roster,
    Row,
    Sex,
    Verdict,
)

__all__ = [
    "Cell",
    "Entry",
    "Grid",
    "Known",
    "ListUnreadable",
    "Merge",
    "Place",
    "Roster",
    "Row",
    "Sex",
    "Verdict",
]
