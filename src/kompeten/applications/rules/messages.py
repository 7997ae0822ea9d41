"""Who is named in a message? People written line by line, or field by field, as in a chat.

Nothing is guessed of a line that names nobody: greetings, thanks and signatures are left out because
they hold no NIK. What a line's parts mean is told by their label, else by their content (`unnamed`).
"""

import re
from collections import Counter
from collections.abc import Sequence

from kompeten.applications.rules.columns import field_of
from kompeten.applications.terms import Cell

# "[12/03/26 10.15] Bu Ani: ", "12/03/26 10.15 - Bu Ani: " and the like, as chats are copied out.
_SENDER = re.compile(
    r"^\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[AP]M)?\]?"
    r"(?: [-–])? [^:]{1,60}: ?",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NUMBERED = re.compile(r"^\s*(\d{1,5})\s?[.)\]:-]+\s*(?=\D|\d{16}\b)")
_BULLET = re.compile(r"^\s*[-–•*▪●►✓]+\s+")
_LABELLED = re.compile(r"^([A-Za-z][^:=\d]{0,40}?)\s*[:=]\s*(.*)$")
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){11,19}(?!\d)")
PARTS = (
    re.compile(r"\t"),
    re.compile(r"[ ]*;[ ]*"),
    re.compile(r"[ ]*\|[ ]*"),
    re.compile(r"\s+[-–—]\s+"),
    re.compile(r"\s+/\s+"),
    re.compile(r"\s*,\s*"),
    re.compile(r"\s*/\s*|\s*,\s*"),
)
"""From the sign that hardly stands in a name or a date to those that do."""

FEWEST_PARTS = 2
EVENLY = 0.6
LOOK_AT = 200
FEWEST_LABELS = 2


def rows(text: str) -> list[list[Cell]]:
    """Return the people of a message as rows: below a row of labels, or bare, or none.

    >>> rows("Nama: Dewi\\nNIK: 3271956701920001")
    [['Nama', 'NIK'], ['Dewi', '3271956701920001']]
    >>> rows("Yth. Bapak\\n1. Dewi - 3271956701920001 - Bogor")
    [['1', 'Dewi', '3271956701920001', 'Bogor']]
    """
    lines = [_line(line) for line in text.split("\n")]
    return _labelled(lines) or _bare(lines)


def _line(line: str) -> str:
    """Return a line without who sent it, unseen signs, and the stars of bold letters."""
    line = _SENDER.sub("", _UNSEEN.sub("", line).replace("\u00a0", " ").replace("\u202f", " "))
    return line.replace("*", "").strip() if line.count("*") > 1 else line.rstrip()


def _labelled(lines: Sequence[str]) -> list[list[Cell]]:
    """Return people written field by field; a label that comes again begins the next person."""
    labels: list[str] = []
    people: list[dict[str, str]] = []
    for line in lines:
        found = _LABELLED.match(_BULLET.sub("", _NUMBERED.sub("", line)))
        if found is None:
            continue
        label = " ".join(found[1].split())
        if not people and field_of(label) is None:
            continue  # "Yth: Bapak Kepala" before the first person
        if not people or label in people[-1]:
            people.append({})
        people[-1][label] = found[2].strip()
        if label not in labels:
            labels.append(label)
    people = [person for person in people if len(person) >= FEWEST_LABELS]
    fields = {field_of(label) for label in labels}
    if not people or not fields & {"nik", "name"} or len(fields - {None}) < FEWEST_LABELS:
        return []
    named: list[list[Cell]] = [[person.get(label, "") for label in labels] for person in people]
    return [[*labels], *named]


def _bare(lines: Sequence[str]) -> list[list[Cell]]:
    """Return lines that hold a number as long as a NIK, parted by the sign that parts them evenly."""
    named = [line for line in lines if _LONG_NUMBER.search(line)]
    parted = [_parted(line, sign) for sign in [_sign(named)] if sign for line in named]
    return parted if len(parted) == len(named) else []


def _sign(lines: Sequence[str]) -> re.Pattern[str] | None:
    """Return the first sign that parts most lines into as many parts; None: there is none."""
    look = lines[:LOOK_AT]
    for sign in PARTS:
        widths = Counter(len(_parted(line, sign)) for line in look)
        even = max((n for width, n in widths.items() if width > FEWEST_PARTS), default=0)
        if even and even >= EVENLY * len(look):
            return sign
    return None


def _parted(line: str, sign: re.Pattern[str]) -> list[Cell]:
    """Return the running number, empty where there is none, and the parts of a line."""
    number = _NUMBERED.match(line)
    rest = _BULLET.sub("", line[number.end() if number else 0 :]).strip(" |;")
    return [number[1] if number else "", *(part.strip() for part in sign.split(rest))]
