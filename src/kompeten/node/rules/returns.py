"""Which rows of a parcel are ours to take, and which were not there before?

The vault is a set of rows by their place: taking is a union. So parcels may come in any order, as
often as one likes, cut off or not: what was taken in the end is the same.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from kompeten.exams.terms.vault import Row, Unreadable
from kompeten.node.rules.contents import row_key
from kompeten.node.terms import Framed, Note, ParcelRefused, Piece, Way

Place = tuple[str, str, int, int, str]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows to take, how many of them are new, notes, and why how many rows were set aside."""

    rows: tuple[Row, ...]
    fresh: int
    notes: tuple[Note, ...]
    refused: Counter[str] = field(default_factory=Counter)


def belongs(framed: Framed, *, way: Way, node: str = "", sitting: str = "") -> None:
    """Look whether a parcel goes this way, and is of this node and sitting.

    :raises ParcelRefused: `parcel.other_way`, `parcel.other_node`, `parcel.other_sitting`
    """
    said = framed.header
    if said["way"] != way:
        raise ParcelRefused("parcel.other_way")
    if node and said["node"] != node:
        raise ParcelRefused("parcel.other_node")
    if sitting and said["sitting"] != sitting:
        raise ParcelRefused("parcel.other_sitting")


def sort(
    pieces: Iterable[Piece],
    *,
    attempts: Collection[str],
    known: Collection[Place],
    check: Callable[[Row], None],
) -> Sorted:
    """Return what to take of `pieces`; a row that does not hold together stops no other."""
    rows: dict[Place, Row] = {}
    notes: dict[int, Note] = {}
    refused: Counter[str] = Counter()
    for piece in pieces:
        notes |= {note.number: note for note in piece.notes}
        for row in piece.rows:
            place = row_key(row)
            if row.attempt not in attempts:
                refused["row.other_attempt"] += 1
                continue
            try:
                check(row)
            except Unreadable as problem:
                refused[problem.code] += 1
                continue
            rows.setdefault(place, row)
    fresh = sum(place not in known for place in rows)
    return Sorted(tuple(rows.values()), fresh, tuple(notes[n] for n in sorted(notes)), refused)
