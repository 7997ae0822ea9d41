"""How much would an OpenDocument sheet take up when laid out? Counted while reading, never laid out.

Such a file says `this row again 1,048,576 times` in thirty bytes. Programs say so of empty rows at the
end, which take nothing; whoever says it of a filled one asks for more memory than there is.
"""

from xml.parsers import expat

from kompeten.applications.terms import ListUnreadable

MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MOST_TEXT_REPEATED = 4_000_000
"""Characters that repeated cells may hold together, each copy counted."""


def laid_out_cells(content: bytes) -> int:
    """Return the cells of all sheets from A1 to the last cell that holds something. Never too few.

    :raises ListUnreadable: `file.broken`: not well formed, or it declares entities of its own
    """
    measure = _Measure()
    # What a file says of its encoding is overruled: the reader takes UTF-8 too.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = measure.start
    parser.EndElementHandler = measure.end
    parser.CharacterDataHandler = measure.said
    parser.StartDoctypeDeclHandler = _no_entities
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ListUnreadable("file.broken", str(error)) from error
    return measure.cells


def _no_entities(*_: object) -> None:
    raise ListUnreadable("file.broken", "a document type of its own")


class _Measure:
    """Where the sheet that is being read has come to, and how far it holds something."""

    def __init__(self) -> None:
        self.cells = 0
        self._row = self._column = self._last_row = self._last_column = 0
        self._rows_again = self._columns_again = 1
        self._filled = self._row_filled = False
        self._repeated = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self._row = self._last_row = self._last_column = 0
            case "table:table-row":
                self._rows_again = _times(attributes, "table:number-rows-repeated")
                self._column, self._row_filled = 0, False
            case "table:table-cell" | "table:covered-table-cell":
                self._columns_again = _times(attributes, "table:number-columns-repeated")
                self._filled = any(":value" in key for key in attributes)
            case _:
                self._filled = True

    def said(self, text: str) -> None:
        self._repeated += len(text) * (self._rows_again * self._columns_again - 1)
        if self._repeated > MOST_TEXT_REPEATED:
            raise ListUnreadable("file.zip_bomb", "one text in many cells")

    def end(self, name: str) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self._column += self._columns_again
                if self._filled:
                    self._row_filled = True
                    self._last_column = max(self._last_column, self._column)
                self._columns_again, self._filled = 1, False
            case "table:table-row":
                self._row += self._rows_again
                self._last_row = self._row if self._row_filled else self._last_row
                self._rows_again = 1
            case "table:table":
                self.cells += self._last_row * self._last_column


def _times(attributes: dict[str, str], key: str) -> int:
    said = attributes.get(key, "1")
    if not said.isascii() or not said.isdecimal() or len(said) > 9:
        raise ListUnreadable("file.broken", f"{key} {said[:20]}")
    return max(int(said), 1)
