"""How long is an answer, how is it kept, and what may tell who a client is?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.portfolios.rules.words import count, hints, tidy
from kompeten.portfolios.terms import Hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("satu", 1),
        ("Anak-anak bermain", 2),
        ("kata , lalu kata .", 3),
        ("... -- !!! ….", 0),
        ("tahun 2019 (dua ribu)", 4),
        ("«Ya»", 1),
        ("satu\ndua\u00a0tiga", 3),
    ],
)
def test_count(text: str, words: int) -> None:
    assert count(text) == words


@given(st.text(), st.text())
def test_words_of_two_texts_add_up(one: str, other: str) -> None:
    assert count(f"{one} {other}") == count(one) + count(other)


@given(st.text())
def test_what_is_kept_is_tidy_already_and_has_as_many_words_as_before(text: str) -> None:
    kept = tidy(text)

    assert tidy(kept) == kept
    assert not set(kept) & {"\x00", "\r", "\x1b"}


def test_tidy_keeps_paragraphs_and_joins_line_ends() -> None:
    assert tidy("  Satu.\r\n\r\nDua.\rTiga.\x00\x07 ") == "Satu.\n\nDua.\nTiga."


@pytest.mark.parametrize(
    ("text", "code", "sample"),
    [
        ("NIK 1218905704850001", "hint.nik", "1218…"),
        ("NIK 1218 9057 0485 0001.", "hint.nik", "1218…"),
        ("hubungi 0812-3456-7890", "hint.phone", "0812…"),
        ("WA +62 812 3456 789", "hint.phone", "+62 …"),
        ("tulis ke ani.rahayu@contoh.example", "hint.email", "ani.…"),
        ("tinggal di RT 03/RW 05", "hint.address", "RT 0…"),
        ("rt. 3 rw. 5", "hint.address", "rt. …"),
    ],
)
def test_hints_name_the_kind_and_show_only_the_beginning(text: str, code: str, sample: str) -> None:
    assert hints({"k1": text}) == (Hint("k1", code, sample),)


@pytest.mark.parametrize(
    "text",
    [
        "Pada 17 Agustus 2019 kami mendampingi 25 keluarga selama 6 bulan.",
        "Permensos 16/2017 pasal 5; UU 14/2019",
        "bantuan Rp 12.500.000 untuk 3 keluarga",
        "nomor 12189057048500012345 bukan NIK",
        "081",
        "start 10.30, selesai 12.00",
    ],
)
def test_ordinary_figures_are_no_hint(text: str) -> None:
    assert hints({"k1": text}) == ()


def test_each_kind_is_told_once_for_a_place() -> None:
    found = hints({"k1": "0812-3456-7890 dan 0813-3456-7890", "k2": "a@b.id 0812 3456 7890"})

    assert [(hint.place, hint.code) for hint in found] == [
        ("k1", "hint.phone"),
        ("k2", "hint.phone"),
        ("k2", "hint.email"),
    ]


@pytest.mark.parametrize("filler", ["a", "1", "1 ", "0", "a.", "RT 1 ", "0 8", "@", "-"])
def test_a_text_made_to_keep_the_patterns_busy_is_read_to_its_end(filler: str) -> None:
    # With a pattern that tries all ways this test would not end within the hour.
    text = filler * (30_000 // len(filler)) + " a@b.id"

    found = hints({"k1": text})

    assert {hint.place for hint in found} <= {"k1"}
