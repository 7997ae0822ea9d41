"""Whatever way parcels go, the same is kept in the end: split, merged, permuted, repeated, cut off."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.terms.vault import Row, RowKind, Unreadable, Via
from kompeten.node.rules import contents, frames, returns
from kompeten.node.terms import Note, NoteKind, ParcelRefused, Piece, Way

HEAD = frames.header(Way.BACK, parcel="P" * 10, node="N" * 10, sitting="S" * 10, made=7)
ATTEMPTS = ("A" * 10, "B" * 10)
Vault = dict[returns.Place, Row]


@st.composite
def kept(draw: st.DrawFn) -> Row:
    """Return a row as a node keeps it: of a few attempts and chains, so that places meet."""
    attempt, chain = draw(st.sampled_from(ATTEMPTS)), draw(st.sampled_from(("1" * 16, "2" * 16)))
    first = draw(st.integers(1, 6))
    # At one node a place has one content and one instant: the vault keeps the first.
    return Row(
        RowKind.SEGMENT, attempt, chain, first, first, f"{first:064x}", b'{"links":[]}',
        1_000 * first + len(attempt), Via.NODE,
    )  # fmt: skip


@st.composite
def files(draw: st.DrawFn, rows: list[Row]) -> list[bytes]:
    """Return `rows` as files: overlapping shares in blocks, some repeated, some cut off, in any order;
    every row is in at least one file that is whole."""
    made = [written(draw, rows)]
    for _ in range(draw(st.integers(0, 4))):
        share = draw(st.lists(st.sampled_from(rows), max_size=8)) if rows else []
        content = written(draw, share)
        made.append(content[: draw(st.integers(len(HEAD) + 8, len(content)))])
    made += draw(st.lists(st.sampled_from(made), max_size=3))
    return draw(st.permutations(made))


def written(draw: st.DrawFn, rows: list[Row]) -> bytes:
    """Return a file with `rows` in some order, cut into blocks somewhere."""
    rows = draw(st.permutations(rows))
    cuts = sorted(draw(st.sets(st.integers(0, len(rows)), max_size=3)) | {0, len(rows)})
    pieces = [Piece(7, tuple(rows[a:b])) for a, b in pairwise(cuts)]
    note = Note(len(rows), 7, NoteKind.CLOCK, {})
    pieces.append(Piece(7, notes=(note,), last=True))
    return frames.joined(HEAD, [contents.packed(piece) for piece in pieces])


def take(vault: Vault, content: bytes, check: Callable[[Row], None] = lambda row: None) -> int:
    """Take a file into `vault` as the house does; return how many rows were new."""
    pieces = [contents.piece(block) for block in frames.cut(content).blocks]
    found = returns.sort(pieces, attempts=ATTEMPTS, known=vault.keys(), check=check)
    for row in found.rows:
        vault.setdefault(contents.row_key(row), row)
    return found.fresh


@given(st.data())
def test_any_parcels_in_any_order_end_in_the_same_vault(data: st.DataObject) -> None:
    rows = data.draw(st.lists(kept(), max_size=15))
    expected = {contents.row_key(row): row for row in rows}

    vault: Vault = {}
    new = sum(take(vault, content) for content in data.draw(files(rows)))

    assert vault == expected
    assert new == len(expected)


@given(st.data(), st.integers(0, 2_000))
def test_a_file_cut_anywhere_gives_a_part_and_nothing_else(data: st.DataObject, at: int) -> None:
    rows = data.draw(st.lists(kept(), max_size=10))
    content = written(data.draw, rows)
    cut = content[: min(at, len(content))]

    if len(cut) < len(frames.opening(HEAD)):
        with pytest.raises(ParcelRefused, match=r"parcel\.shape"):
            frames.cut(cut)
        return
    vault: Vault = {}
    take(vault, cut)

    assert set(vault.values()) <= set(rows)
    assert frames.cut(content).whole
    assert cut == content or len(frames.cut(cut).blocks) < len(frames.cut(content).blocks)


def test_a_row_of_somebody_else_and_one_that_does_not_hold_are_set_aside() -> None:
    row = Row(RowKind.SEGMENT, ATTEMPTS[0], "1" * 16, 1, 1, "0" * 64, b"{}", 5, Via.NODE)
    other = Row(RowKind.SEGMENT, "C" * 10, "1" * 16, 1, 1, "0" * 64, b"{}", 5, Via.NODE)
    bad = Row(RowKind.SEGMENT, ATTEMPTS[1], "1" * 16, 1, 1, "0" * 64, b"{}", 5, Via.NODE)

    def check(looked: Row) -> None:
        if looked is bad:
            raise Unreadable("message.hash")

    found = returns.sort([Piece(1, (other, bad, row))], attempts=ATTEMPTS, known=set(), check=check)

    assert (found.rows, found.fresh) == ((row,), 1)
    assert found.refused == {"row.other_attempt": 1, "message.hash": 1}


@pytest.mark.parametrize(
    ("way", "node", "sitting", "code"),
    [
        (Way.OUT, "N" * 10, "S" * 10, "parcel.other_way"),
        (Way.BACK, "M" * 10, "S" * 10, "parcel.other_node"),
        (Way.BACK, "N" * 10, "T" * 10, "parcel.other_sitting"),
    ],
)
def test_a_parcel_of_others_is_refused(way: Way, node: str, sitting: str, code: str) -> None:
    framed = frames.cut(frames.opening(HEAD))

    with pytest.raises(ParcelRefused, match=code):
        returns.belongs(framed, way=way, node=node, sitting=sitting)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "parcel.shape"),
        (b"KPP1", "parcel.shape"),
        (b"PK\x03\x04" + b"0" * 90, "parcel.shape"),
        (frames.opening(b"{}"), "parcel.shape"),
        (frames.opening(HEAD.replace(b'"v":1', b'"v":2')), "parcel.version"),
        (frames.opening(HEAD) + b"\xff\xff\xff\xff", "parcel.changed"),
    ],
)
def test_what_is_no_parcel_is_refused_with_words(content: bytes, code: str) -> None:
    with pytest.raises(ParcelRefused, match=code):
        frames.cut(content)


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b no gzip", contents.packed(Piece(1))[:-9]])
def test_a_block_that_says_nothing_is_refused(content: bytes) -> None:
    with pytest.raises(ParcelRefused, match=r"parcel\.content"):
        contents.piece(content)
