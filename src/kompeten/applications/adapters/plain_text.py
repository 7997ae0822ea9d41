"""Which sheets does a text hold: a web page, rows with separators, or a message?"""

from kompeten.applications.adapters import separated, texts, web_tables
from kompeten.applications.rules import messages
from kompeten.applications.rules.columns import find_header
from kompeten.applications.terms import Grid, ListUnreadable

MOST_MESSAGE_CHARACTERS = 2_000_000
LIST, MESSAGE = "Daftar", "Pesan"


def read(content: bytes, *, cells: int) -> tuple[Grid, ...]:
    """Return the tables of a text. Rows with a header stay rows; what is written like a message is one.

    Of rows without a header those that hold a NIK are taken as a message would be, since there the sign
    between the parts is often no separator of tables.

    :raises ListUnreadable: `file.not_a_spreadsheet`, `file.broken`, `file.sprawling`
    """
    text = texts.decode(content)
    if web_tables.is_page(text):
        tables = web_tables.read(text, cells=cells)
        if not tables:
            raise ListUnreadable("file.not_a_spreadsheet", "a page without tables")
        return tables
    rows = separated.rows(text, cells=cells)
    grid = Grid(LIST, rows)
    if find_header(grid) is not None or len(text) > MOST_MESSAGE_CHARACTERS:
        return (grid,)
    if people := messages.rows(text):
        return (Grid(MESSAGE, people),)
    if not rows:
        raise ListUnreadable("file.not_a_spreadsheet", "a text that is no list")
    return (grid,)
