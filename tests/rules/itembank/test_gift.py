"""Does the GIFT reader read what a case bank needs, and refuse the rest by line?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.itembank.rules import gift
from kompeten.itembank.terms import Problem, RawCase, RawEssay, RawItem
from tests.make.demobank import demo_files

CASE = r"""$CATEGORY: kasus/K01

::K01::Bu R. berkata\: “saya lelah”.
Ia tinggal sendiri.

// [id:K01-1] [tag:domain:skill] [tag:difficulty:easy] [tag:unit:asesmen]
::K01-1::Langkah pertama ialah {
~pergi
=mendengar \= menyimak, \{bukan\} menilai
~5 \~ 6 \# 7
}
"""


def question(answers: str) -> str:
    return f"$CATEGORY: K01\n\nVinyet.\n\n// [id:K01-1]\nTanya {answers}\n"


def test_a_case_is_read_with_its_vignette_tags_and_escaped_signs() -> None:
    cases, problems = gift.read(CASE)

    assert problems == ()
    assert cases == (
        RawCase(
            line=1,
            code="K01",
            vignette="Bu R. berkata: “saya lelah”. Ia tinggal sendiri.",
            items=(
                RawItem(
                    line=7,
                    code="K01-1",
                    stem="Langkah pertama ialah",
                    options=("pergi", "mendengar = menyimak, {bukan} menilai", "5 ~ 6 # 7"),
                    keys=(1,),
                    domain="skill",
                    difficulty="easy",
                    unit="asesmen",
                ),
            ),
        ),
    )


def test_answers_may_stand_on_one_line() -> None:
    cases, _ = gift.read(question("{=satu ~dua ~tiga}"))

    assert cases[0].items[0].options == ("satu", "dua", "tiga")


def test_a_question_outside_every_category_is_a_case_of_its_own() -> None:
    cases, problems = gift.read("::S1::Apa? {=a ~b}\n\n::S2::Siapa? {~a =b}\n")

    assert problems == ()
    assert [(c.code, c.vignette, len(c.items)) for c in cases] == [("S1", "", 1), ("S2", "", 1)]


@pytest.mark.parametrize(
    ("answers", "code", "line"),
    [
        ("{\n#3.14\n}", "gift.number", 6),
        ("{T}", "gift.true_false", 6),
        ("{FALSE#salah}", "gift.true_false", 6),
        ("{=satu =dua}", "gift.short_answer", 6),
        ("{\n=Jakarta -> Indonesia\n=Paris -> Prancis\n}", "gift.matching", 7),
        ("{\n=satu\n~dua#bukan\n}", "gift.feedback", 8),
        ("{=satu ~%50%dua}", "gift.weight", 6),
        ("{satu ~dua}", "gift.answer_unmarked", 6),
        ("{=satu ~dua} sisa", "gift.missing_word", 6),
        ("{=satu ~dua", "gift.brace", 6),
        ("{\n=satu\n\n~dua\n}", "gift.brace", 6),
    ],
)
def test_what_is_not_supported_is_refused_by_line(answers: str, code: str, line: int) -> None:
    _, problems = gift.read(question(answers))

    assert (problems[0].line, problems[0].code) == (line, code)


def test_a_question_without_answers_is_an_essay() -> None:
    text = question("{ }").replace(
        "[id:K01-1]", r"[id:K01-1] [tag:points:10] [tag:marking:Tujuan 4\nLangkah 6]"
    )

    cases, problems = gift.read(text)

    (item,) = cases[0].items
    assert problems == ()
    assert (item.options, item.keys) == ((), ())
    assert item.essay == RawEssay(points="10", marking="Tujuan 4\nLangkah 6")


def test_every_problem_is_found_at_once() -> None:
    text = "$CATEGORY: K1\n\n[html]<p>Vinyet</p>\n\nLagi {T}\n\n$CATEGORY: K2\n\nV.\n\nV.\n"

    _, problems = gift.read(text)

    assert problems == (
        Problem(3, "gift.format", "html"),
        Problem(5, "gift.true_false"),
        Problem(11, "gift.vignette_late", "K2"),
    )


def test_the_packaged_bank_is_read_without_a_problem() -> None:
    read = [gift.read(text) for text in demo_files()]

    assert [problems for _, problems in read if problems] == []
    assert sum(len(cases) for cases, _ in read) == 64
    assert sum(len(case.items) for cases, _ in read for case in cases) == 210


@given(st.text(alphabet="ab ~=#{}:\\\n%->/$[]T"))
def test_no_text_breaks_the_reader(text: str) -> None:
    cases, problems = gift.read("$CATEGORY: K01\n\n" + text)

    assert [case.code for case in cases if case.line == 1] == ["K01"]
    assert all(problem.line > 0 for problem in problems)


PLAIN = st.text(alphabet="abc ~=#{}:\\", min_size=1).map(str.strip).filter(bool)


@given(PLAIN, PLAIN)
def test_escaped_text_comes_back_as_it_was(stem: str, option: str) -> None:
    def escaped(text: str) -> str:
        return "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)

    cases, problems = gift.read(f"::S1::{escaped(stem)} {{={escaped(option)} ~lain}}")

    assert problems == ()
    assert cases[0].items[0].stem == " ".join(stem.split())
    assert cases[0].items[0].options == (" ".join(option.split()), "lain")
