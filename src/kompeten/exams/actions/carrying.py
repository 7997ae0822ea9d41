"""How does what an exam site has kept come into our vault? Looked at row by row, then as it is."""

import json
from collections.abc import Sequence

from kompeten.exams.adapters.journal import journal
from kompeten.exams.rules import chain
from kompeten.exams.terms.vault import Row, RowKind, Unreadable, Via


def check(row: Row) -> None:
    """Look whether a row that a site has kept holds together: its form, and its links by their hashes.

    :raises Unreadable: `message.…`
    """
    if row.via is not Via.NODE or not chain.CHAIN.fullmatch(row.chain):
        raise Unreadable("message.chain")
    if row.kind is RowKind.OPENING:
        if (row.first, row.last, row.head) != (0, 0, ""):
            raise Unreadable("message.shape")
        return
    if row.kind is not RowKind.SEGMENT:
        raise Unreadable("message.shape")
    try:
        said = json.loads(row.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("message.shape") from error
    found = chain.read(said, attempt=row.attempt)
    if (found.chain, found.first, found.last, found.head) != (
        row.chain, row.first, row.last, row.head,
    ):  # fmt: skip
        raise Unreadable("message.hash")


def keep(rows: Sequence[Row]) -> None:
    """Keep rows that were looked at, at the instants the site kept them; what is here stays as it is."""
    journal().append(rows)
