"""What does a collective list say? Sheets of cells become people with verdicts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kompeten.applications.rules import duplicates, entries, headings, lines, rounding
from kompeten.applications.rules.cells import text
from kompeten.applications.rules.columns import NO_MEANINGS, Header, Meanings
from kompeten.applications.rules.entries import Judge, Reading
from kompeten.applications.terms import Grid, Known, ListUnreadable, Place, Roster, Row, Verdict


def judge(
    grids: Iterable[Grid], *, known: Known, on: date, meanings: Meanings = NO_MEANINGS
) -> Roster:
    """Return every person on the list with a verdict, in the order of sheets and rows.

    Of several lines that name one person the first good one is kept, else the first with the
    fewest reasons; the others are duplicates of it. A duplicate names its own faults as well.
    `meanings` is what the office has said of headings, and of everybody (`=level`).

    :raises ListUnreadable: no sheet has a header (`file.no_header`), or nobody stands below one
        (`file.no_people`)
    """
    places: list[Place] = []
    readings: list[Reading] = []
    unread: list[str] = []
    told: list[tuple[Grid, Header]] = []
    below_headers = 0
    judging = Judge(known, on)
    header: Header | None = None
    for grid in grids:
        found = lines.start(grid, header, meanings, on=on)
        if found is None:
            unread.extend([grid.name] if _holds_something(grid) else [])
            continue
        header = found
        told.append((grid, header))
        below_headers += len(grid.rows) - header.below
        for number, line in lines.people(grid, header, meanings):
            places.append(Place(grid.name, number))
            readings.append(entries.read(line, judging))
    if header is None:
        raise ListUnreadable("file.no_header")
    if not readings:
        raise ListUnreadable("file.no_people")
    rounding.mark(places, readings)
    rows = _verdicts(places, readings)
    return Roster(
        rows=rows,
        skipped=below_headers - len(rows),
        unread=tuple(unread),
        headings=headings.told(told, meanings, on=on),
        missing=headings.missing(header for _, header in told),
        unsaid=headings.unsaid((header for _, header in told), meanings),
    )


def report(roster: Roster, *, warnings: bool = False) -> dict[str, object]:
    """Return the list as a check prints it; the keys are a contract with other programs.

    With `warnings` each row also tells what somebody should look at though it refuses nothing, and
    the counts how many good rows have something of that kind.
    """
    rows = [
        {
            "sheet": row.place.sheet,
            "row": row.place.row,
            "name": row.entry.name,
            "nik": row.entry.nik,
            "verdict": row.verdict.value,
            "reasons": list(row.reasons),
            **({"warnings": list(row.entry.warnings)} if warnings else {}),
        }
        for row in roster.rows
    ]
    told = {"warned": warned(roster)} if warnings else {}
    return {"rows": rows, "counts": counts(roster) | told}


def warned(roster: Roster) -> int:
    """Return how many rows go on with something that somebody should look at."""
    return sum(row.verdict is Verdict.GOOD and bool(row.entry.warnings) for row in roster.rows)


def counts(roster: Roster) -> dict[str, int]:
    """Return rows, rows by verdict, skipped lines, and rows by each reason that occurs."""
    verdicts = Counter(row.verdict for row in roster.rows)
    reasons = Counter(reason for row in roster.rows for reason in row.reasons)
    return {
        "rows": len(roster.rows),
        **{verdict.value: verdicts[verdict] for verdict in Verdict},
        "skipped": roster.skipped,
        **dict(sorted(reasons.items())),
    }


def _verdicts(places: Sequence[Place], readings: list[Reading]) -> tuple[Row, ...]:
    groups = duplicates.same_people(readings)
    for index in duplicates.sharing_a_nik(readings, groups):
        reading = readings[index]
        readings[index] = replace(reading, reasons=(*reading.reasons, "nik.shared"))
    questions = (
        ("person.resembles", duplicates.resembling(readings, groups)),
        ("person.twins", duplicates.twins(readings, groups)),
    )
    for code, asked in questions:
        for index in asked:
            entry = readings[index].entry
            warned = replace(entry, warnings=(*entry.warnings, code))
            readings[index] = replace(readings[index], entry=warned)
    kept = {
        index: min(group, key=lambda line: (len(readings[line].reasons), line))
        for group in groups
        for index in group
    }
    return tuple(
        _row(places, reading, index, kept[index]) for index, reading in enumerate(readings)
    )


def _row(places: Sequence[Place], reading: Reading, index: int, kept: int) -> Row:
    place, entry = places[index], reading.entry
    if index == kept:
        verdict = Verdict.REPAIR if reading.reasons else Verdict.GOOD
        return Row(place=place, entry=entry, verdict=verdict, reasons=reading.reasons)
    return Row(
        place=place,
        entry=entry,
        verdict=Verdict.DUPLICATE,
        reasons=("person.duplicate", *reading.reasons),
        duplicate_of=places[kept],
    )


def _holds_something(grid: Grid) -> bool:
    return any(text(cell) for row in grid.rows for cell in row)
