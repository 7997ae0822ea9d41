"""Can entries of the curriculum vitae be kept? Every field is judged, and every problem is named."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kompeten.portfolios.rules.words import tidy
from kompeten.portfolios.terms.dossier import Entry, Problem
from kompeten.schemes.terms import AnswerField, FieldKind, Part

MAX_ENTRIES = 100
MAX_TEXT = 300
MAX_LONG_TEXT = 4_000
FIRST_YEAR = 1930
YEARS_AHEAD = 10  # an end that is agreed on, such as that of a contract

ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)

Judged = tuple[str, str]  # the value as kept, and a problem's code or ""


def judge(
    part: Part, entries: Sequence[Mapping[str, str]], *, on: date
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries as they would be kept, and what is wrong; entries left empty are dropped.

    Problems count entries as they were sent, from 0.
    """
    kept: list[Entry] = []
    problems: list[Problem] = []
    for place, sent in enumerate(entries[: MAX_ENTRIES + 1]):
        texts = {code: tidy(text) for code, text in sent.items()}
        if not any(texts.values()):
            continue
        entry, found = _entry(part, texts, place, on)
        kept.append(entry)
        problems += found
    if len(kept) > (MAX_ENTRIES if part.many else 1):
        problems.append(Problem(part.code, len(entries) - 1, "", "entries.many"))
    return tuple(kept), tuple(problems)


def _entry(
    part: Part, texts: Mapping[str, str], place: int, on: date
) -> tuple[Entry, list[Problem]]:
    known = {field.code for field in part.fields}
    faults = [(code, "field.unknown") for code in texts if code not in known]
    entry: dict[str, str] = {}
    for field in part.fields:
        value, code = _field(field, texts.get(field.code, ""), on)
        if code:
            faults.append((field.code, code))
        if value:
            entry[field.code] = value
    return entry, [Problem(part.code, place, field, code) for field, code in faults]


def _field(field: AnswerField, text: str, on: date) -> Judged:
    if not text:
        return "", "field.missing" if field.required else ""
    match field.kind:
        case FieldKind.DATE:
            return _day(text, on)
        case FieldKind.YEAR:
            return _year(text, on)
        case FieldKind.NUMBER:
            value = text.replace(",", ".")
            return value, "" if NUMBER.fullmatch(text) else "number.invalid"
        case FieldKind.CHOICE:
            chosen = any(choice.code == text for choice in field.choices)
            return text, "" if chosen else "choice.unknown"
        case FieldKind.TEXT:
            return text, "" if len(text) <= MAX_TEXT else "text.long"
        case FieldKind.LONG_TEXT:
            return text, "" if len(text) <= MAX_LONG_TEXT else "text.long"


def _year(text: str, on: date) -> Judged:
    if not YEAR.fullmatch(text):
        return text, "year.invalid"
    return text, "" if _is_near(int(text), on) else "year.range"


def _day(text: str, on: date) -> Judged:
    """Read a day as `2019-08-17` or, as written in Indonesia, `17/8/2019`."""
    if match := ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := LOCAL_DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        return text, "date.invalid"
    try:
        value = date(year, month, day)
    except ValueError:
        return text, "date.invalid"
    return value.isoformat(), "" if _is_near(year, on) else "date.range"


def _is_near(year: int, on: date) -> bool:
    return FIRST_YEAR <= year <= on.year + YEARS_AHEAD
