"""The words and shapes of applications; other rooms import them from here."""

from kompeten.applications.terms.roster import (
    Cell,
    Entry,
    Grid,
    Heading,
    Known,
    ListUnreadable,
    Merge,
    Place,
    Roster,
    Row,
    Sex,
    Source,
    Verdict,
)

__all__ = [
    "Cell",
    "Entry",
    "Grid",
    "Heading",
    "Known",
    "ListUnreadable",
    "Merge",
    "Place",
    "Roster",
    "Row",
    "Sex",
    "Source",
    "Verdict",
]
