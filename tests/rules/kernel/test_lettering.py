"""Is everything that people are called let through, and everything else told apart?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.lettering import is_printable, is_title, name_flaw, tidy

NAMES = [
    "Suharto",
    "O",
    "Nur'aini",
    "Nur\u2019aini",
    "Ma\u02bbruf \u02bfAbd",
    "A. Rahman",
    "M.Nur",
    "Siti-Aminah",
    "Andi Mappanyukki (Petta)",
    "Ahmad / Liem Sioe",
    "José Ñuñez d'Arc",
    "Nguyễn Thị Hồng",
    "Muḥammad Ṣāliḥ",
    "Ştefan Șerban Łukasz Øyvind ẞ",
    "Raden Mas Ke 7",
]


@pytest.mark.parametrize("name", NAMES)
def test_what_people_are_called_is_a_name(name: str) -> None:
    assert name_flaw(tidy(name)) == ""


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("محمد علي", "name.letters"),
        ("ꦱꦶꦠꦶ", "name.letters"),
        ("Мария", "name.letters"),
        ("Ελένη", "name.letters"),
        ("社会", "name.letters"),
        ("Ａｎｉ", "name.letters"),  # full width
        ("Ani 😊", "name.letters"),
        ("Ani\u202eiladuB", "name.letters"),
        ("Ani\u2066", "name.letters"),
        ("Ani\x07", "name.letters"),
        ("Ani\x00", "name.letters"),
        ("M\u0304\u0332uh", "name.letters"),  # marks that no letter has of its own
        ("Ani <b>", "name.letters"),
        ("=Ani", "name.letters"),
        ("3271011234567890", "name.digits"),
        ("Ani 3271 0112 3456 7890", "name.digits"),
        ("Ani 32.71.01-12", "name.digits"),
        (".", "name.missing"),
        ("'-.", "name.missing"),
        ("1234", "name.missing"),
        ("", "name.missing"),
    ],
)
def test_what_cannot_be_printed_as_a_name_says_why(name: str, flaw: str) -> None:
    assert name_flaw(tidy(name)) == flaw


def test_a_name_that_was_not_tidied_is_not_taken_for_tidy() -> None:
    assert {
        name_flaw(n) for n in ("Jose\u0301", "Ani\u200b", "Ani\tRahayu", "Ani\u00a0Rahayu")
    } == {"name.letters"}


def test_what_shows_nothing_is_left_out_and_accents_become_one_with_their_letter() -> None:
    assert tidy("\ufeff Jose\u0301 \u200bd\u00adArc\u00a0\n Ani\u200e ") == "José dArc Ani"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
def test_every_name_is_a_text_and_a_title(text: str) -> None:
    if not name_flaw(text):
        assert is_title(text)
        assert is_printable(text)
        assert tidy(text) == text.strip() or "  " in text


def test_titles_are_written_as_names_are() -> None:
    assert [
        t for t in ("", "S.Sos., M.Si.", "Drs. H.", "M.Si (Han)", "Ph.D") if not is_title(t)
    ] == []
    assert [t for t in ("🎓", "---", "12", "س.") if is_title(t)] == []


def test_a_text_may_hold_the_signs_of_prose_and_no_other_script() -> None:
    good = "Dinas Sosial & P3A „Harapan” – Kab. Bogor, RT 01/02 #3 (50 %) “Jl. d'Arc” € ≥ 5 …"

    assert is_printable(good)
    assert [t for t in ("محمد", "Bogor\u202e", "a\nb", "😊", "\x00") if is_printable(t)] == []
