"""Who is on this line, and what is missing? One line of cells becomes an entry with its reasons."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kompeten.applications.rules import cells, dates, names, nik, places, swaps, words
from kompeten.applications.rules.lines import Line
from kompeten.applications.terms import Entry, Known
from kompeten.kernel import lettering
from kompeten.schemes.terms import Level, Profession, Route

YOUNGEST_YEARS = 17
"""From this age on people have an identity card; who is younger cannot be on a list. Source: UU
23/2006, article 63. A later birth date is a slip of the keyboard, most often the year of the list."""

MOST_HOURS = 200_000
"""More than a working life has, and what the form of an applicant takes."""

# Longer than any honest cell, and what the house keeps of it; a longer name is refused, not cut.
LONGEST = {
    "name": 120, "title_before": 40, "title_after": 80, "birth_place": 80, "address": 200,
    "education": 120, "employer": 160, "position": 120, "program": 40, "region_code": 80,
}  # fmt: skip


@dataclass(frozen=True)
class Judge:
    """What a list is judged by: what the house knows, and the day of the judgement."""

    known: Known
    on: date

    @cached_property
    def districts(self) -> frozenset[str]:
        """Return the regions as a NIK writes them."""
        return frozenset(code.replace(".", "") for code in self.known.regions)

    @cached_property
    def programs(self) -> dict[str, str]:
        """Return the known programmes by their bare words."""
        return {words.words(name): name for name in sorted(self.known.programs)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read: the entry, how its NIK was read, and why it cannot go on (empty: it can)."""

    entry: Entry
    nik: nik.Nik
    reasons: tuple[str, ...]


def read(line: Line, judge: Judge) -> Reading:
    """Read one person's line; every reason and every warning is named, not only the first."""
    notes = _Notes()
    line, exchanged = swaps.righted(line)
    notes.ask(*exchanged)
    number = nik.read(line.cell("nik"))
    notes.refuse(number.reason)
    name = _name(line, notes)
    born, birth_place = _birth(line, judge.on, notes)
    sex = words.sex(line.text("sex"))
    region, why = places.region(line, judge.known)
    notes.refuse(why)
    profession, level, route = _scheme(line, judge.known, notes)
    started = _started(line, born, judge.on, notes)
    notes.ask(*nik.questions(number, birth_on=born, sex=sex, districts=judge.districts))
    entry = Entry(
        nik=number.digits[: number.sure],
        name=name.name,
        title_before=notes.title("title_before", name.before),
        title_after=notes.title("title_after", name.after),
        sex=sex,
        birth_place=notes.printed("birth_place", birth_place),
        birth_on=born,
        region_code=notes.cut("region_code", region),
        address=notes.printed("address", line.text("address")),
        phone=notes.clear("phone", cells.phone(line.cell("phone"))),
        email=notes.clear("email", cells.email(line.cell("email"))),
        education=notes.printed("education", line.text("education")),
        employer=notes.printed("employer", line.text("employer")),
        position=notes.printed("position", line.text("position")),
        program=notes.cut("program", _program(line.text("program"), judge, notes)),
        started_on=started,
        practice_hours=_hours(line, notes),
        profession=profession,
        level=level,
        route=route,
        warnings=tuple(notes.warnings),
    )
    return Reading(entry, number, tuple(notes.reasons))


class _Notes:
    """Reasons and warnings, gathered while a line is read."""

    __slots__ = ("reasons", "warnings")

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.warnings: list[str] = []

    def refuse(self, code: str) -> None:
        if code:
            self.reasons.append(code)

    def ask(self, *codes: str) -> None:
        self.warnings.extend(codes)

    def cut(self, field: str, value: str) -> str:
        """Return the text, shortened to what the house keeps; that is asked about."""
        if len(value) <= LONGEST[field]:
            return value
        self.ask("text.cut")
        return value[: LONGEST[field]].rstrip()

    def printed(self, field: str, value: str) -> str:
        """Return the text as `cut` does; one that our papers could not print is refused."""
        self.refuse("" if lettering.is_printable(value) else f"{field}.letters")
        return self.cut(field, value)

    def title(self, field: str, value: str) -> str:
        """Return a title as `cut` does; one that is no title in Latin letters is refused."""
        self.refuse("" if lettering.is_title(value) else f"{field}.letters")
        return self.cut(field, value)

    def clear(self, field: str, value: str | None) -> str:
        """Return the value; None, something unclear, is asked about and becomes empty."""
        if value is None:
            self.ask(f"{field}.unclear")
        return value or ""


def _name(line: Line, notes: _Notes) -> names.Name:
    """Read the name; titles may stand in it, in columns of their own, or in both."""
    written = line.text("name")
    if cells.is_formula(written):
        notes.refuse("name.formula")
        return names.Name(written)
    name = names.parse(written)
    flaw = lettering.name_flaw(name.name)
    notes.refuse(flaw or ("name.too_long" if len(name.name) > LONGEST["name"] else ""))
    before, after = _united(name.before, line.text("title_before")), line.text("title_after")
    own = line.text("title")
    if own and own.split()[0].lower().strip(".") in names.BEFORE:
        before = _united(before, own)
    else:
        after = _united(after, own)
    return names.Name(name.name, before, _united(name.after, after))


def _united(one: str, other: str) -> str:
    if not one or not other:
        return one or other
    return one if names.key(other) in names.key(one) else f"{one}, {other}"


def _birth(line: Line, on: date, notes: _Notes) -> tuple[date | None, str]:
    place, cell = line.text("birth_place"), line.cell("birth_on")
    if line.text("birth"):
        together, written = dates.split_birth(line.cell("birth"))
        place, cell = place or together, cell if cells.text(cell) else written
    born, sight = dates.birth(cell, on=on)
    if sight is dates.Sight.EMPTY:
        notes.refuse("birth_date.missing")
    elif sight is dates.Sight.IMPOSSIBLE:
        notes.refuse("birth_date.impossible")
    elif sight is dates.Sight.SHORT_YEAR:
        notes.ask("birth_date.short_year")
    if born is not None and not _years_passed(born, YOUNGEST_YEARS, on=on):
        notes.refuse("birth_date.too_young")
    return born, place


def _years_passed(since: date, years: int, *, on: date) -> bool:
    return (since.year + years, since.month, since.day) <= (on.year, on.month, on.day)


def _scheme(
    line: Line, known: Known, notes: _Notes
) -> tuple[Profession | None, Level | None, Route | None]:
    """Read profession, level and route; the level may stand beside the profession in one cell."""
    written = line.text("profession")
    profession = words.profession(written)
    stated = line.text("level")
    level = words.level(stated or written)
    routes = known.schemes.get((profession, level)) if profession else None
    if routes is None or (stated and level is None):
        notes.refuse("scheme.unknown")
    route = words.route(line.text("route"))
    if not line.text("route"):
        notes.refuse("route.missing")
    elif route is None:
        notes.refuse("route.unknown")
    elif routes is not None and route not in routes:
        notes.refuse("route.not_offered")
    return profession, level, route


def _started(line: Line, born: date | None, on: date, notes: _Notes) -> date | None:
    started, sight = dates.day(line.cell("started_on"), on=on)
    alive = born or date(on.year - dates.LONGEST_LIFE_YEARS, 1, 1)
    if sight is dates.Sight.IMPOSSIBLE or (started and not alive < started <= on):
        notes.ask("started_on.unclear")
        return None
    if sight is dates.Sight.YEAR_ONLY:
        notes.ask("started_on.year_only")
    return started


def _program(written: str, judge: Judge, notes: _Notes) -> str:
    if not written or not judge.programs:
        return written
    named = judge.programs.get(words.words(written))
    if named is None:
        notes.ask("program.unknown")
    return named or written


def _hours(line: Line, notes: _Notes) -> int | None:
    counted = cells.hours(line.cell("practice_hours"))
    if counted is not None and counted > MOST_HOURS:
        counted = None
    if counted is None and line.text("practice_hours"):
        notes.ask("practice_hours.unclear")
    return counted
