"""A seat code is typed by nervous people: one wrong sign, or two that changed places, is found."""

import hmac
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.refs import ALPHABET
from kompeten.node.rules import seatcodes

BARE = st.text(ALPHABET, min_size=4, max_size=4)


@given(BARE, st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found(bare: str, place: int, sign: str) -> None:
    code = seatcodes.checked(bare)
    wrong = code[:place] + sign + code[place + 1 :]

    assert seatcodes.read(wrong) == (code if wrong == code else None)


@given(BARE, st.integers(0, 4), st.integers(0, 4))
def test_two_signs_that_changed_places_are_found(bare: str, one: int, other: int) -> None:
    code = list(seatcodes.checked(bare))
    turned = code.copy()
    turned[one], turned[other] = turned[other], turned[one]

    assert (seatcodes.read("".join(turned)) is None) == (turned != code)


@given(BARE)
def test_a_code_is_read_as_people_write_it(bare: str) -> None:
    code = seatcodes.checked(bare)
    written = f" {code[:2].lower()}-{code[2:].lower().replace('0', 'o').replace('1', 'l')} "

    assert seatcodes.read(written) == code


KEYS = st.dictionaries(
    st.text(ALPHABET, min_size=10, max_size=10), st.binary(min_size=16, max_size=16)
)


@given(KEYS, st.integers(0, 20))
def test_everybody_has_a_code_of_their_own_and_who_comes_later_changes_none(
    keys: dict[str, bytes], count: int
) -> None:
    codes = seatcodes.given(keys)
    before = seatcodes.given(dict(islice(keys.items(), count)))

    assert before == dict(islice(codes.items(), count))
    assert len(set(codes.values())) == len(keys)
    assert all(seatcodes.read(code) == code for code in codes.values())


def test_of_two_that_draw_the_same_the_one_who_came_first_keeps_it() -> None:
    alike = hmac.digest(b"alike", b"", "sha256")

    codes = seatcodes.given({"ZZZZZZZZZZ": alike, "0000000000": alike})

    assert codes["ZZZZZZZZZZ"] == seatcodes.given({"ZZZZZZZZZZ": alike})["ZZZZZZZZZZ"]
    assert codes["0000000000"] != codes["ZZZZZZZZZZ"]


def test_too_many_too_few_and_foreign_signs_are_no_code() -> None:
    assert [seatcodes.read(text) for text in ("", "7KM2", "7KM2DD", "7KM2Ü", "7KM2U")] == [None] * 5
