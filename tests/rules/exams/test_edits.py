"""Does a text come to the same however it was written, and is what cannot be read refused?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules import chain, edits
from kompeten.exams.terms.vault import Unreadable
from tests.make.chains import ATTEMPT, Device

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def units(text: str) -> bytes:
    return text.encode("utf-16-le")


def change(old: str, new: str) -> list[str]:
    """Return the edits from one text to another, as a device that knows both makes them."""
    return [*edits.written(0, len(units(old)) // 2, new)]


@given(st.lists(words, max_size=8))
def test_the_last_of_several_texts_stands(drafts: list[str]) -> None:
    made = [e for old, new in zip(["", *drafts], drafts, strict=False) for e in change(old, new)]

    assert edits.fold(made) == (drafts[-1] if drafts else "")
    assert all(map(edits.is_edit, made))


@given(words, st.integers(0, 70), st.integers(0, 70), words)
def test_an_edit_takes_out_and_puts_in_by_units_of_utf_16(
    old: str, place: int, removed: int, new: str
) -> None:
    whole = units(old)
    expected = whole[: 2 * place] + units(new) + whole[2 * (place + removed) :]

    found = edits.fold([*edits.written(0, 0, old), *edits.written(place, removed, new)])

    assert found == expected.decode("utf-16-le", "replace").replace("\0", "")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=400, max_size=900), words)
def test_a_long_edit_counts_whole_or_not_at_all(long: str, old: str) -> None:
    parts = change(old, long)

    assert len(parts) > 1
    assert all(len(part) <= edits.LONGEST for part in parts)
    for missing in range(1, len(parts)):
        assert edits.fold(change("", old) + parts[:missing]) == old


@given(st.lists(st.text("0123456789.:YWQé_-", max_size=12), max_size=6))
def test_whatever_is_an_edit_has_an_answer(details: list[str]) -> None:
    edits.fold([detail for detail in details if edits.is_edit(detail)])


@pytest.mark.parametrize(
    "detail",
    ["", "a", "1.2", "1.2.3.4", "-1.0.YQ", "01.0.YQ", "1.0.Y", "1.0._w", "1.0." + "YWFh" * 128],
)
def test_what_is_no_edit_is_not_taken_in(detail: str) -> None:
    said = Device("a" * 16).keep("o", choice="line", minute=0).keep("e", 101, detail, minute=1)
    segment = said.segment()
    message = {
        "chain": segment.chain,
        "parent": "",
        "first": 1,
        "before": segment.before,
        "links": [["o", 0, "line", 0, said.links[0].wall], ["e", 101, detail, 60_000, 0]],
    }

    with pytest.raises(Unreadable, match=r"message\.links"):
        chain.read(message, attempt=ATTEMPT)


def test_other_links_stay_as_short_as_they_were() -> None:
    message = {
        "chain": "a" * 16,
        "parent": "",
        "first": 1,
        "before": chain.root(ATTEMPT, "a" * 16, "").hex(),
        "links": [["a", 1, "a" * 65, 0, 0]],
    }

    with pytest.raises(Unreadable, match=r"message\.links"):
        chain.read(message, attempt=ATTEMPT)
