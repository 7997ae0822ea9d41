"""Is each entry of a status list where W3C puts it, and nothing else believed?"""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.vc import multibase, status
from kompeten.foundation.vc.status import ListInvalid

INDEXES = st.sets(st.integers(0, status.SMALLEST - 1), max_size=40)
# W3C Bitstring Status List v1.0, example 3 (a list in which nothing is set).
PUBLISHED_EMPTY = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


def test_the_published_list_is_read() -> None:
    bits = status.decode(PUBLISHED_EMPTY)

    assert bits == bytes(16 * 1024)


@given(INDEXES)
def test_what_was_set_is_set_and_nothing_else(indexes: set[int]) -> None:
    bits = status.decode(status.encode(indexes))

    assert {n for n in range(status.SMALLEST) if bits[n // 8] & 0x80 >> n % 8} == indexes
    assert all(status.is_set(bits, index) for index in indexes)


@given(INDEXES, st.integers(0, status.SMALLEST - 1))
def test_one_entry_does_not_touch_another(indexes: set[int], one: int) -> None:
    before = status.decode(status.encode(indexes - {one}))
    after = status.decode(status.encode(indexes | {one}))

    differing = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert differing == [one // 8]
    assert before[one // 8] ^ after[one // 8] == 0x80 >> one % 8


def test_the_first_entry_is_the_leftmost_bit() -> None:
    assert status.decode(status.encode([0]))[0] == 0b1000_0000
    assert status.decode(status.encode([131_071]))[-1] == 0b0000_0001


def test_the_same_entries_give_the_same_text() -> None:
    assert status.encode([5, 1, 9]) == status.encode([9, 5, 1, 1])


@pytest.mark.parametrize("index", [-1, status.SMALLEST])
def test_an_index_outside_is_refused(index: int) -> None:
    with pytest.raises(ListInvalid, match="outside"):
        status.encode([index])
    with pytest.raises(ListInvalid, match="outside"):
        status.is_set(status.decode(status.encode([])), index)


@pytest.mark.parametrize("size", [0, 131_071, 131_073])
def test_a_list_is_never_shorter_than_the_herd(size: int) -> None:
    with pytest.raises(ListInvalid):
        status.encode([], size=size)


def packed(raw: bytes) -> str:
    """Return bytes as the text of a list."""
    return multibase.encode_url(gzip.compress(raw, mtime=0))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "z11",
        "uAAAA",
        PUBLISHED_EMPTY[1:],
        PUBLISHED_EMPTY[:-8],
        packed(bytes(16 * 1024 - 1)),
        packed(bytes(status.LARGEST_BYTES + 1)),
    ],
)
def test_what_is_no_list_is_refused(text: object) -> None:
    with pytest.raises(ListInvalid):
        status.decode(text)


@pytest.mark.parametrize("text", [True, 1, "", "-1", "01", "+1", " 1", "1.0", "٣", "9" * 13, None])
def test_an_index_has_one_form(text: object) -> None:
    with pytest.raises(ListInvalid):
        status.read_index(text)


def test_an_index_is_read() -> None:
    assert [status.read_index(text) for text in ("0", "131071")] == [0, 131_071]
