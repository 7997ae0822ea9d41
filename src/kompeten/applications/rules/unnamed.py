"""What does a column hold that has no name we know? Guessed from its cells, for somebody to confirm.

Nobody's application rests on a guess alone: a page asks before the list is taken, with the guess
filled in. Only where a list has no column names at all is it read by the guess at once.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise

from kompeten.applications.rules import cells, dates, nik, words
from kompeten.applications.rules.columns import (
    FEWEST_FIELDS,
    HEADER_WITHIN,
    Columns,
    Header,
    Meanings,
    field_of,
    key,
)
from kompeten.applications.terms import Cell, Grid

LOOK_AT = 40
"""People whose cells are looked at; the first ones of the sheet."""

MOST_PARTS = 0.6
"""Share of the filled cells of a column that must look alike."""

_NAME = re.compile(r"[^\W\d_][^\d@/:]{1,79}")
_REGION = re.compile(r"\d{2}[.,]?\d{2}")
_PLACE = re.compile(r"(kab|kabupaten|kota)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(jl|jln|jalan|gg|gang|dusun|dsn|desa|kp|kampung|komplek|perum)\b|\brt\b", re.I
)
_EMPLOYER = re.compile(
    r"(dinas|dinsos|lks|lksa|yayasan|panti|balai|sentra|upt|uptd|kementerian)\b", re.I
)
_SCHOOL = re.compile(r"(sma|smk|smp|ma|d[1-4]|d ?iii|d ?iv|s ?[123]|sarjana|diploma)\b", re.I)
_PHONE = re.compile(r"(\+?62|0)?8\d{8,11}")
_NOT_NAMES = frozenset(
    ("belum", "tidak", "aktif", "islam", "kristen", "katolik", "hindu", "buddha")
)


def header(grid: Grid, meanings: Meanings, *, on: date) -> Header | None:
    """Return columns by their content for a sheet in which no row names enough of them, or None.

    People are found by their NIK. The row above the first of them may hold names that we do not
    know (`Header.labels`); without such a row columns are called `#1`, `#2` and so on.
    """
    column = _column_of_niks(grid.rows[: HEADER_WITHIN + LOOK_AT])
    if column is None:
        return None
    people = [row for row in grid.rows if _is_nik(_cell(row, column))][:LOOK_AT]
    first = next(i for i, row in enumerate(grid.rows) if _is_nik(_cell(row, column)))
    top, labels = _names_above(grid.rows, first)
    guessed = fields(people, on=on)
    columns: Columns = {}
    named = {place: labels.get(place, f"#{place + 1}") for place in range(max(map(len, people)))}
    by_content: set[int] = set()
    for place, label in named.items():
        said = meanings.get(key(label) if place in labels else label)
        name = field_of(label) if said is None else said
        if said is None and name is None and (name := guessed.get(place)):
            by_content.add(place)
        if name and name not in columns:
            columns[name] = place
    if "nik" not in columns or len(columns) < FEWEST_FIELDS:
        return None
    return Header(columns, top, first, named, frozenset(by_content & set(columns.values())))


def fields(people: Sequence[Sequence[Cell]], *, on: date) -> dict[int, str]:
    """Return which field each column looks like, by its place; each field once, the surest first."""
    places = range(max(map(len, people), default=0))
    texts = {place: [cells.text(_cell(row, place)) for row in people] for place in places}
    filled = {place: [text for text in column if text] for place, column in texts.items()}
    found: dict[int, str] = {}
    for name, looks in _LOOKS:
        for place in places:
            if place not in found and name not in found.values() and _mostly(looks, filled[place]):
                found[place] = name
    for place in places:
        counts = [int(text) for text in filled[place] if text.isdecimal() and len(text) < 6]
        if place not in found and counts and _counts_up(counts):
            found[place] = "number"
            break
    _dates(people, filled, found, on=on)
    if (name_at := _column_of_names(filled, found)) is not None:
        found[name_at] = "name"
    return found


def _counts_up(numbers: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    return set(steps) == {1} or list(numbers) == [1]


def _dates(
    people: Sequence[Sequence[Cell]],
    filled: dict[int, list[str]],
    found: dict[int, str],
    *,
    on: date,
) -> None:
    """Tell the birth date from other days: it lies the longest back."""
    earliest: list[tuple[float, int]] = []
    for place, texts in filled.items():
        if place in found or not texts:
            continue
        days = [day for row in people if (day := dates.day(_cell(row, place), on=on)[0])]
        if len(days) >= MOST_PARTS * len(texts):
            earliest.append((sum(day.toordinal() for day in days) / len(days), place))
    for name, (_, place) in zip(("birth_on", "started_on"), sorted(earliest), strict=False):
        found[place] = name


def _column_of_names(filled: dict[int, list[str]], found: dict[int, str]) -> int | None:
    """Return the column that looks most like names of people: letters only, and hardly any twice."""
    best, most = None, 0.0
    for place, texts in filled.items():
        if place in found or not _mostly(lambda text: bool(_NAME.fullmatch(text)), texts):
            continue
        spoken = [text.lower() for text in texts]
        different = len(set(spoken)) / len(spoken)
        if _NOT_NAMES.intersection(spoken) or (len(spoken) > 3 and different < MOST_PARTS):
            continue
        if different > most + 0.2 or best is None:
            best, most = place, different
    return best


def _column_of_niks(rows: Iterable[Sequence[Cell]]) -> int | None:
    counted: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(row):
            if _is_nik(cell):
                counted[place] = counted.get(place, 0) + 1
    return max(counted, key=lambda place: counted[place], default=None)


def _names_above(rows: Sequence[Sequence[Cell]], first: int) -> tuple[int, dict[int, str]]:
    """Return the row of names above the first person, and the names; none: the person's own row."""
    for top in range(first - 1, max(first - 4, -1), -1):
        row = rows[top]
        labels = {
            place: " ".join(cell.split())
            for place, cell in enumerate(row)
            if isinstance(cell, str) and any(map(str.isalpha, cell)) and len(cell) < 70
        }
        if len(labels) >= FEWEST_FIELDS and not any(map(_is_nik, row)):
            return top, labels
    return first, {}


def _is_nik(cell: Cell) -> bool:
    if isinstance(cell, str) and len(cell) < nik.SAFE:
        return False
    if isinstance(cell, str | float | int):
        read = nik.read(cell)
        return len(read.digits) == nik.LENGTH and not read.reason.endswith("length")
    return False


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


def _mostly(looks: Callable[[str], bool], texts: Sequence[str]) -> bool:
    return bool(texts) and sum(map(looks, texts)) >= MOST_PARTS * len(texts)


def _is_place_and_day(text: str) -> bool:
    place, day = dates.split_birth(text)
    return bool(place) and any(map(str.isalpha, place)) and len(re.findall(r"\d", day)) >= 4


_LOOKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("nik", _is_nik),
    ("email", lambda text: "@" in text),
    ("phone", lambda text: _PHONE.fullmatch(re.sub(r"[\s.\-()]", "", text)) is not None),
    ("sex", lambda text: words.sex(text) is not None),
    ("profession", lambda text: words.profession(text) is not None),
    ("level", lambda text: words.level(text) is not None),
    ("route", lambda text: words.route(text) is not None),
    ("region_code", lambda text: _REGION.fullmatch(text) is not None),
    ("region", lambda text: _PLACE.match(text) is not None),
    ("address", lambda text: _ADDRESS.search(text) is not None),
    ("birth", _is_place_and_day),
    ("employer", lambda text: _EMPLOYER.match(text) is not None),
    ("education", lambda text: _SCHOOL.match(text) is not None),
    ("practice_hours", lambda text: text.endswith("jam") and text[:1].isdigit()),
)
