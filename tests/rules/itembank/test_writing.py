"""Is what enters the bank judged the same for every format, with all problems at once?"""

from dataclasses import replace

import pytest

from kompeten.itembank.rules import sheet, writing
from kompeten.itembank.terms import (
    BankInvalid,
    EssayTask,
    Problem,
    RawCase,
    RawEssay,
    RawItem,
    WrittenItem,
)
from kompeten.schemes.terms import Difficulty, Domain

ITEM = RawItem(
    line=4,
    code="K01-1",
    stem="Langkah pertama ialah",
    options=("mendengar", "pergi"),
    keys=(0,),
    domain="skill",
    difficulty="sedang",
    unit="asesmen",
)
CASE = RawCase(line=2, code="K01", vignette="Bu R. datang.", items=(ITEM,))
ESSAY = replace(
    ITEM,
    options=(),
    keys=(),
    essay=RawEssay(guidance="Sebutkan tujuan.", points="20", longest="2000", marking="Tujuan 8 …"),
)
HEAD = ("Kode kasus", "Vinyet", "Kode soal", "Pertanyaan", "Pilihan A", "Pilihan B", "Pilihan C")
TAIL = ("Kunci", "Ranah", "Tingkat kesulitan", "Unit")


def found(*cases: RawCase) -> list[tuple[int, str]]:
    with pytest.raises(BankInvalid) as caught:
        writing.admit(cases)
    return [(problem.line, problem.code) for problem in caught.value.problems]


def test_an_essay_enters_with_its_task_and_guide() -> None:
    (case,) = writing.admit([replace(CASE, items=(ESSAY,))])
    (item,) = case.items

    assert (item.options, item.key) == ((), "")
    assert item.essay == EssayTask("Sebutkan tujuan.", 20, 2000)
    assert item.marking == "Tujuan 8 …"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"points": ""}, "essay.points"),
        ({"points": "0"}, "essay.points"),
        ({"points": "101"}, "essay.points"),
        ({"points": "2,5"}, "essay.points"),
        ({"longest": "99"}, "essay.longest"),
        ({"longest": "4001"}, "essay.longest"),
        ({"marking": ""}, "essay.no_marking"),
        ({"marking": "a" * 6001}, "itemtext.too_long"),
        ({"guidance": "a\x00"}, "itemtext.unreadable"),
    ],
)
def test_what_keeps_an_essay_out(changes: dict[str, str], code: str) -> None:
    assert ESSAY.essay is not None
    item = replace(ESSAY, essay=replace(ESSAY.essay, **changes))

    assert found(replace(CASE, items=(item,))) == [(4, code)]


def test_a_case_has_choice_items_or_essays() -> None:
    mixed = replace(CASE, items=(ITEM, replace(ESSAY, code="K01-2")))

    assert found(mixed) == [(2, "case.mixed")]


def test_words_of_files_become_words_of_the_house() -> None:
    (case,) = writing.admit([CASE])

    assert case.items == (
        WrittenItem(
            code="K01-1",
            stem="Langkah pertama ialah",
            options=("mendengar", "pergi"),
            key="a",
            domain=Domain.SKILLS,
            difficulty=Difficulty.MEDIUM,
            unit="asesmen",
        ),
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": ""}, "item.code"),
        ({"code": "K 1"}, "item.code"),
        ({"stem": ""}, "item.no_stem"),
        ({"stem": "a" * 6001}, "itemtext.too_long"),
        ({"stem": "a\x00b"}, "itemtext.unreadable"),
        ({"options": ("satu",)}, "options.count"),
        ({"options": tuple("abcdefg")}, "options.count"),
        ({"options": ("satu", "")}, "options.empty"),
        ({"options": ("Satu", "satu ")}, "options.alike"),
        ({"keys": ()}, "key.count"),
        ({"keys": (0, 1)}, "key.count"),
        ({"keys": (5,)}, "key.count"),
        ({"domain": "sikap"}, "domain.unknown"),
        ({"difficulty": ""}, "difficulty.unknown"),
        ({"unit": "Kerja Kelompok"}, "unit.code"),
    ],
)
def test_an_item_is_refused_for_one_reason(changes: dict[str, object], code: str) -> None:
    item = replace(ITEM, **changes)

    assert found(replace(CASE, items=(item,))) == [(4, code)]


def test_problems_of_all_cases_come_together_by_line() -> None:
    twin = replace(CASE, line=9, items=(replace(ITEM, line=11, keys=()),))
    bare = replace(CASE, line=20, code="K02", vignette="", items=())

    assert found(CASE, twin, bare) == [
        (9, "case.twice"),
        (11, "item.twice"),
        (11, "key.count"),
        (20, "case.empty"),
    ]


def test_several_items_need_a_vignette() -> None:
    items = (ITEM, replace(ITEM, line=5, code="K01-2"))

    assert found(replace(CASE, vignette="", items=items)) == [(2, "case.no_vignette")]


def test_a_file_without_items_is_refused() -> None:
    assert found() == [(0, "itemfile.no_items")]


def test_a_sheet_is_read_under_letterheads_and_by_other_names_of_columns() -> None:
    rows = [
        (1, ("BANK SOAL 2026",)),
        (3, ("KASUS", *HEAD[1:], "Jawaban", "Aspek", "Kesulitan", "Topik")),
        (4, ("K01", "Bu R.", "K01-1", "Apa?", "satu", "dua", "", "b", "nilai", "mudah", "Asesmen")),
        (5, ("", "", "K01-2", "Siapa?", "satu", "dua", "tiga", "C", "nilai", "sukar", "")),
        (7, ("K02", "Pak S.", "K02-1", "Di mana?", "satu", "dua", "", "A", "nilai", "sedang")),
    ]

    cases, problems = sheet.read(rows)

    assert problems == ()
    written = writing.admit(cases)
    assert [(c.code, c.vignette, len(c.items)) for c in written] == [
        ("K01", "Bu R.", 2),
        ("K02", "Pak S.", 1),
    ]
    assert [item.key for case in written for item in case.items] == ["b", "c", "a"]
    assert written[0].items[0].options == ("satu", "dua")


def test_a_sheet_without_headings_or_columns_says_which() -> None:
    assert sheet.read([(1, ("apa", "saja"))]) == ((), (Problem(0, "itemfile.no_header"),))
    assert sheet.read([(2, (*HEAD, "Kunci", "Ranah"))]) == (
        (),
        (Problem(2, "itemfile.column_missing", "tingkat kesulitan"),),
    )


def test_a_second_vignette_in_a_case_is_a_problem_of_its_row() -> None:
    row = ("K01-1", "Apa?", "satu", "dua", "", "A", "nilai", "mudah", "")
    rows = [(1, (*HEAD, *TAIL)), (2, ("K01", "Bu R.", *row)), (3, ("K01", "Pak S.", *row))]

    assert sheet.read(rows)[1] == (Problem(3, "vignette.differs", "K01"),)
