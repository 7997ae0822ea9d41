"""What was each column of a list taken for, and what has somebody still to say?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from kompeten.applications.rules import lines, unnamed
from kompeten.applications.rules.cells import text
from kompeten.applications.rules.columns import Header, Meanings, field_of, is_needless, key
from kompeten.applications.terms import Cell, Grid, Heading, Source

SAMPLES = 3
UNNAMED = "#"
SAMPLE_CHARACTERS = 60
LOOK_AT = 200

NEEDED = ("nik", "name", "birth_on")
"""What nobody can do without; a birth date may stand in one cell with its place."""

FOR_EVERYBODY = ("profession", "level", "route", "region_code")
"""What a letterhead often says once for all, so that no column does."""

FIELDS = (
    "nik", "name", "title_before", "title_after", "title", "sex", "birth_place", "birth_on", "birth",
    "region_code", "region", "address", "phone", "email", "education", "employer", "position",
    "program", "started_on", "practice_hours", "profession", "level", "route",
)  # fmt: skip
"""What somebody may say that a column holds."""


def told(
    sheets: Iterable[tuple[Grid, Header]], meanings: Meanings, *, on: date
) -> tuple[Heading, ...]:
    """Return the columns of each sheet that has a header, from left to right."""
    return tuple(
        heading for grid, header in sheets for heading in _of_sheet(grid, header, meanings, on=on)
    )


def missing(headers: Iterable[Header]) -> tuple[str, ...]:
    """Return the needed fields that some sheet has no column of."""
    lacking = {field for header in headers for field in NEEDED if not _holds(header, field)}
    return tuple(field for field in NEEDED if field in lacking)


def unsaid(headers: Iterable[Header], meanings: Meanings) -> tuple[str, ...]:
    """Return the fields that one answer for everybody could give, and nobody has given it."""
    all_headers, said = list(headers), lines.everybody(meanings)
    return tuple(
        field
        for field in FOR_EVERYBODY
        if field not in said and not all(_holds(header, field) for header in all_headers)
    )


def lasts(key: str) -> bool:
    """Return whether what is said under this key can hold for other lists too."""
    return bool(key) and not key.startswith((UNNAMED, lines.EVERYBODY))


def _holds(header: Header, field: str) -> bool:
    stands_in = {"birth_on": "birth", "region_code": "region", "level": "profession"}
    return field in header.columns or stands_in.get(field) in header.columns


def _of_sheet(grid: Grid, header: Header, meanings: Meanings, *, on: date) -> Iterator[Heading]:
    people = grid.rows[header.below : header.below + LOOK_AT]
    fields = {column: field for field, column in header.columns.items()}
    guessed: Mapping[int, str] | None = None
    for column, label in sorted(header.labels.items()):
        field, kept_as = fields.get(column, ""), _key(label)
        source = _source(header, column, kept_as, meanings)
        proposed = ""
        if source is Source.UNKNOWN:
            if guessed is None:
                guessed = unnamed.fields(people[: unnamed.LOOK_AT], on=on)
            proposed = guessed.get(column, "")
        yield Heading(
            sheet=grid.name,
            column=column,
            label=label,
            key=kept_as,
            source=source,
            field=field,
            proposed=proposed if proposed not in header.columns else "",
            samples=_samples(people, column),
        )


def _key(label: str) -> str:
    return label if label.startswith(UNNAMED) else key(label)


def _source(header: Header, column: int, kept_as: str, meanings: Meanings) -> Source:
    if kept_as in meanings:
        return Source.OFFICE
    if column in header.guessed:
        return Source.CONTENT
    if column in header.columns.values():
        return Source.NAME
    label = header.labels[column]
    # A second column of one field, like a nickname beside the name, is none that we do not know.
    known = is_needless(label) or field_of(label) is not None
    return Source.NEEDLESS if known else Source.UNKNOWN


def _samples(people: Sequence[Sequence[Cell]], column: int) -> tuple[str, ...]:
    said = (text(row[column]) for row in people if column < len(row))
    return tuple(islice((cell[:SAMPLE_CHARACTERS] for cell in said if cell), SAMPLES))
