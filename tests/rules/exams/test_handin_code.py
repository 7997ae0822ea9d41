"""Does a code say the same when it is read as when it was made, and nothing at all when it was changed?"""

import json
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kompeten.exams.rules import handin
from kompeten.exams.terms.vault import Stated, Unreadable
from kompeten.kernel.refs import ALPHABET

KEY = bytes(range(16))
VECTORS = Path(__file__).parents[2] / "make" / "handin_vectors.json"

refs = st.text(ALPHABET, min_size=10, max_size=10)
choices = st.one_of(
    st.text("-abcd", max_size=255), st.text("-abcdef", max_size=255), st.just("-" * 100)
)
states = st.builds(
    Stated,
    attempt=refs,
    count=st.integers(0, 4000),
    seconds=st.integers(0, 2**32 - 1),
    head=st.text("0123456789abcdef", min_size=16, max_size=16),
    choices=choices,
    partial=st.booleans(),
)
HUNDRED = Stated("ABCDEFGHJK", 140, 1_770_000_000, "00ff" * 4, "abcd-" * 20)


def key_of(attempt: str) -> bytes:
    """Return a key that is another for each attempt."""
    return KEY[:6] + attempt.encode("ascii")


def made(stated: Stated) -> bytes:
    return handin.pack(stated, key=key_of(stated.attempt))


def why(code: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        handin.unpack(code, key_of=key_of)
    return caught.value.code


def why_text(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        handin.unpack(handin.read(text), key_of=key_of)
    return caught.value.code


@given(states)
def test_what_is_packed_is_read_again(stated: Stated) -> None:
    text = handin.written(made(stated))

    assert handin.unpack(handin.read(text), key_of=key_of) == stated


@given(states)
@example(HUNDRED)
def test_how_it_was_typed_does_not_matter(stated: Stated) -> None:
    text = handin.written(made(stated))
    groups = [text[at : at + 5] for at in range(0, len(text), 5)]

    typed = "  " + "\n".join(groups).lower() + " \r\n"

    assert handin.unpack(handin.read(typed), key_of=key_of) == stated


def test_a_hundred_items_fit_one_sms() -> None:
    four, six = made(HUNDRED), made(Stated("ABCDEFGHJK", 1, 2, "0" * 16, "f" * 100))

    assert (len(four), len(handin.written(four))) == (61, 92)
    assert (len(six), len(handin.written(six))) == (67, 101)


def test_an_address_and_an_sms_leave_its_signs_alone() -> None:
    text = handin.written(bytes(range(256)))

    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_$=*+-./:")


@given(states, st.data())
def test_a_code_with_another_byte_is_refused(stated: Stated, data: st.DataObject) -> None:
    code = bytearray(made(stated))
    place = data.draw(st.integers(0, len(code) - 1))
    code[place] ^= data.draw(st.integers(1, 255))

    assert why(bytes(code)) in {"handin.version", "handin.length", "handin.tag"}


@given(states, st.data())
def test_a_code_with_another_sign_is_refused(stated: Stated, data: st.DataObject) -> None:
    text = handin.written(made(stated))
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_$=*+-./:"))
    assume(other != text[place])

    refused = why_text(text[:place] + other + text[place + 1 :])

    assert refused in {"handin.version", "handin.length", "handin.tag"}


@given(states, st.data())
def test_a_code_with_a_sign_more_or_less_is_refused(stated: Stated, data: st.DataObject) -> None:
    text = handin.written(made(stated))
    place = data.draw(st.integers(0, len(text) - 1))

    assert why_text(text[:place] + text[place + 1 :]) in {
        "handin.version", "handin.length", "handin.tag",
    }  # fmt: skip
    assert why_text(text[:place] + "A" + text[place:]) in {
        "handin.version", "handin.length", "handin.tag",
    }  # fmt: skip


@given(states, refs)
def test_a_code_of_another_attempt_is_refused(stated: Stated, other: str) -> None:
    assume(other != stated.attempt)

    assert why(handin.pack(stated, key=key_of(other))) == "handin.tag"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "handin.length"),
        ("   \n", "handin.length"),
        ("A" * 5000, "handin.length"),
        ("A", "handin.length"),
        (":::", "handin.length"),
        ("jawaban saya?", "handin.signs"),
        ("ÄÖÜ", "handin.signs"),
        ("00", "handin.version"),
        ("20", "handin.length"),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert why_text(text) == reason


def test_a_number_too_large_for_its_items_is_refused() -> None:
    body = made(HUNDRED)[: handin.HEAD.stop] + b"\xff" * 30

    assert why(body + handin.tag(body, key=key_of("ABCDEFGHJK"))) == "handin.length"


def test_four_words_stand_for_what_was_handed_in() -> None:
    first, other = handin.words("ABCDEFGHJK", "0" * 64), handin.words("ABCDEFGHJK", "1" * 64)

    assert len(first) == 4
    assert first != other
    assert len(set(handin.WORDS)) == 64


@pytest.mark.parametrize("vector", json.loads(VECTORS.read_text(encoding="utf-8"))["codes"])
def test_codes_are_those_that_devices_make(vector: dict[str, object]) -> None:
    stated = Stated(**vector["stated"])  # type: ignore[arg-type]

    code = handin.pack(stated, key=bytes.fromhex(str(vector["key"])))

    assert handin.written(code) == vector["written"]
    assert list(handin.words(stated.attempt, stated.head)) == vector["words"]
