"""Which tables does a web page hold? Many offices' programs save one and call it .xls.

Read by its tags alone, in one pass: nothing is fetched, no script is run, no entity is looked up but
those that every page knows. Faulty pages are read as browsers do: a cell ends where the next begins.
Excel's own XML of 2003, called .xls as well, is read the same way under its own names.
"""

import re
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from html import unescape

from kompeten.applications.terms import Cell, Grid, ListUnreadable, Merge

MOST_SPAN = 1000
"""Columns or rows that one cell may cover, as browsers have it."""

_PIECE = re.compile(r"<!--|<(/?)(?:ss:)?([a-z][a-z0-9]*)((?:\s|/)[^<>]*)?>", re.IGNORECASE)
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,9})", re.IGNORECASE)
_TABLE = re.compile(r"<(?:ss:)?(table|html|body|tr|workbook)[\s>]", re.IGNORECASE)
_OTHER_NAMES = {"row": "tr", "cell": "td"}
_INDEX = re.compile(r"\bss:index\s*=\s*[\"'](\d{1,5})[\"']", re.IGNORECASE)
_MERGED = re.compile(r"\bss:merge(across|down)\s*=\s*[\"'](\d{1,5})[\"']", re.IGNORECASE)
_MIME = re.compile(r"\s*(mime-version|from):", re.IGNORECASE)
_SILENT = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("style", "script", "title", "noscript")
}
_COMMENT_END = re.compile("-->")
_BREAKS = frozenset(("br", "p", "div", "li"))
_LOOK_CHARACTERS = 100_000


def is_page(text: str) -> bool:
    """Return whether the text is a web page, alone or in the envelope that Excel can save it in."""
    look = text[:_LOOK_CHARACTERS].lstrip()
    return _MIME.match(look) is not None or (look[:1] == "<" and _TABLE.search(look) is not None)


def read(text: str, *, cells: int) -> tuple[Grid, ...]:
    """Return the tables of a page in their order, those in a cell of another after it.

    :raises ListUnreadable: `file.sprawling`: they have more than `cells` cells
    """
    reading = _Reading(room=cells)
    for page in _pages(text):
        reading.page(page)
    found = [table for table in reading.done if table.rows]
    return tuple(
        Grid(f"Tabel {number}", table.rows, tuple(table.merges))
        for number, table in enumerate(found, start=1)
    )


def _pages(text: str) -> list[str]:
    if not _MIME.match(text):
        return [text]
    parts = message_from_string(text.lstrip()).walk()
    return [_content(part) for part in parts if part.get_content_type() == "text/html"]


def _content(part: Message) -> str:
    body = part.get_payload(decode=True)
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else ""


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)  # column to rows it is still covered for
    row: list[Cell] | None = None
    text: list[str] | None = None
    columns: int = 1
    down: int = 1


class _Reading:
    """The tables that are open, innermost last, and those that are done."""

    def __init__(self, *, room: int) -> None:
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._room = room

    def page(self, text: str) -> None:
        place = 0
        while found := _PIECE.search(text, place):
            self._say(text[place : found.start()])
            place = found.end()
            name = (found[2] or "").lower()
            if not name or (name in _SILENT and not found[1]):
                end = _SILENT.get(name, _COMMENT_END).search(text, place)
                place = end.end() if end else len(text)
            else:
                self._tag(name, found[3] or "", ends=bool(found[1]))
        while self._open:
            self._end_table()

    def _say(self, text: str) -> None:
        if self._open and self._open[-1].text is not None and text:
            self._open[-1].text.append(text)

    def _tag(self, name: str, attributes: str, *, ends: bool) -> None:
        name = _OTHER_NAMES.get(name, name)
        if name == "table" and not ends:
            self._open.append(_Table())
            self.done.append(self._open[-1])
        elif not self._open:
            return
        elif name == "table":
            self._end_table()
        elif name == "tr":
            self._end_row()
            if not ends:
                self._begin_row(attributes)
        elif name in ("td", "th"):
            self._end_cell()
            if not ends:
                self._begin_cell(attributes)
                if attributes.endswith("/"):
                    self._end_cell()
        elif name in _BREAKS:
            self._say(" ")

    def _begin_row(self, attributes: str) -> None:
        table = self._open[-1]
        if place := _INDEX.search(attributes):
            empty = int(place[1]) - 1 - len(table.rows)
            self._spend(max(empty, 0))
            table.rows += [[] for _ in range(empty)]
        table.row = []

    def _begin_cell(self, attributes: str) -> None:
        table = self._open[-1]
        table.row = [] if table.row is None else table.row
        if place := _INDEX.search(attributes):
            empty = int(place[1]) - 1 - len(table.row)
            self._spend(max(empty, 0))
            table.row += [""] * empty
        spans = {kind.lower(): int(number) for kind, number in _SPAN.findall(attributes)}
        spans |= {kind.lower(): int(number) + 1 for kind, number in _MERGED.findall(attributes)}
        table.columns = min(max(spans.get("col", 1), spans.get("across", 1), 1), MOST_SPAN)
        table.down = min(max(spans.get("row", 1), spans.get("down", 1), 1), MOST_SPAN)
        table.text = []

    def _end_cell(self) -> None:
        table = self._open[-1]
        if table.text is None or table.row is None:
            return
        self._cover()
        left, top = len(table.row), len(table.rows)
        self._spend(table.columns)
        table.row += [unescape("".join(table.text)).strip(), *[""] * (table.columns - 1)]
        if table.columns > 1 or table.down > 1:
            table.merges.append(Merge(top, left, top + table.down - 1, left + table.columns - 1))
        if table.down > 1:
            table.open |= {left + more: table.down for more in range(table.columns)}
        table.text = None

    def _cover(self) -> None:
        """Pass over the columns that a cell of a row above still covers."""
        table = self._open[-1]
        assert table.row is not None  # a cell is in a row
        while table.open.get(len(table.row), 0) > 0:
            self._spend(1)
            table.row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row is None:
            return
        self._cover()
        table.rows.append(table.row)
        table.open = {column: left - 1 for column, left in table.open.items() if left > 1}
        table.row = None

    def _end_table(self) -> None:
        self._end_row()
        self._open.pop()

    def _spend(self, cells: int) -> None:
        self._room -= cells
        if self._room < 0:
            raise ListUnreadable("file.sprawling", "a page with too many cells")
