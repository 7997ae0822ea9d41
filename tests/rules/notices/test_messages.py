"""Is a message's text judged before it is sent, and counted as networks count it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.notices import rules
from kompeten.notices.terms import MessageKind, Parts, Placeholder

VALUES = {place: f"<{place}>" for place in Placeholder}


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("{tautan}", ()),
        ("Yth. {nama}, buka {tautan} sampai {tanggal}. {kantor}", ()),
        ("Yth. {nama}", ("message.no_link",)),
        ("{tautan} {NIK}", ("message.unknown_placeholder",)),
        ("{tautan} {}", ("message.unknown_placeholder",)),
        ("{tautan} {nama", ("message.loose_brace",)),
        ("{{tautan}}", ("message.loose_brace",)),
        ("{tautan}" + "a" * 600, ("message.too_long",)),
    ],
)
def test_a_text_is_fit_or_says_why_not(text: str, flaws: tuple[str, ...]) -> None:
    assert rules.flaws(text, MessageKind.CONFIRM) == flaws


def test_only_who_has_an_application_has_a_code_to_be_told() -> None:
    text = "{tautan}, kode status {kode}"
    assert rules.flaws(text, MessageKind.CONFIRM) == ()
    assert rules.flaws(text, MessageKind.MEND) == ("message.unknown_placeholder",)


@given(st.lists(st.sampled_from(["a", " ", "{", "}", "{tautan}", "{nama}", "{lain}"]), max_size=9))
def test_whatever_has_no_flaw_is_filled_without_a_brace_left(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not rules.flaws(text, MessageKind.CONFIRM):
        assert "{" not in rules.filled(text, VALUES)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", Parts(1, 0, True)),
        ("a" * 160, Parts(1, 160, True)),
        ("a" * 161, Parts(2, 161, True)),
        ("a" * 306, Parts(2, 306, True)),
        ("a" * 307, Parts(3, 307, True)),
        ("€" * 80, Parts(1, 160, True)),
        # An escaped character is never cut: 152 + 2 do not fit into the first part.
        ("a" * 152 + "€" + "a" * 151, Parts(2, 305, True)),
        ("a" * 152 + "€" + "a" * 152, Parts(3, 306, True)),
        ("“" * 70, Parts(1, 70, False)),
        ("“" * 71, Parts(2, 71, False)),
        ("🙏" * 35, Parts(1, 70, False)),
        ("🙏" * 36, Parts(2, 72, False)),
        # 67 units hold 33 pairs only.
        ("🙏" * 67, Parts(3, 134, False)),
    ],
)
def test_parts_are_counted_as_the_standard_does(text: str, parts: Parts) -> None:
    assert rules.sms_parts(text) == parts


@given(st.text(max_size=700))
def test_one_letter_more_never_costs_less(text: str) -> None:
    assert rules.sms_parts(text + "a").parts >= rules.sms_parts(text).parts
