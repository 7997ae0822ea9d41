"""Are the bytes of a record always the same, and the ones the standard asks for?

Source: RFC 8785, sections 3.2.2 to 3.2.4 (examples of the standard itself).
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from kompeten.kernel import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Tone(StrEnum):
    GOOD = "good"


@dataclass(frozen=True)
class Note:
    on: date
    at: datetime
    tone: Tone
    marks: tuple[int, ...]
    tags: frozenset[str]


def test_the_example_of_the_standard_comes_out_as_the_standard_says() -> None:
    example = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }

    assert canonical.dumps(example).hex(" ", 1).startswith("7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b")
    assert canonical.dumps(example).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_as_utf_16() -> None:
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    assert list(json.loads(canonical.dumps(names))) == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]


def test_words_of_the_house_have_one_form_each() -> None:
    note = Note(
        on=date(2028, 2, 29),
        at=datetime(2028, 2, 29, 3, 0, tzinfo=UTC),
        tone=Tone.GOOD,
        marks=(3, 1),
        tags=frozenset({"b", "a"}),
    )

    assert canonical.dumps(note) == (
        b'{"at":"2028-02-29T03:00:00+00:00","marks":[3,1],"on":"2028-02-29",'
        b'"tags":["a","b"],"tone":"good"}'
    )


@pytest.mark.parametrize("value", [b"bytes", object(), Note, {1: b"x"}])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical.dumps(value)


@given(values)
def test_reading_the_bytes_and_writing_them_again_changes_nothing(value: Any) -> None:
    first = canonical.dumps(value)

    assert canonical.dumps(json.loads(first)) == first


@given(st.dictionaries(st.text(), st.integers(-9, 9), min_size=2, max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    turned = dict(reversed(list(value.items())))

    assert digest.of(turned) == digest.of(value)


def test_a_digest_is_written_with_its_method() -> None:
    assert digest.of_bytes(b"") == (
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert digest.of({}) == digest.of_bytes(b"{}")


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@example(1.0)
@example([-0.0, 1e21])
@example({"": (2**53)})
@given(anything)
def test_the_short_way_writes_what_the_library_writes(value: Any) -> None:
    try:
        expected = rfc8785.dumps(value)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            canonical.dumps(value)
    else:
        assert canonical.dumps(value) == expected
