"""Is what people write about their schooling read, and left unknown where it says nothing?"""

from datetime import date

import pytest

from kompeten.applications.terms.statement import Statement, WorkSpell
from kompeten.kernel.canonical import plain
from kompeten.schemes.terms import Facts, Recommender, Schooling, Spell, Stage, Standing
from kompeten.verification.rules import hints


@pytest.mark.parametrize(
    ("text", "stage", "welfare"),
    [
        ("S1 Kesejahteraan Sosial", Stage.BACHELOR, True),
        ("S.1 Ilmu Hukum", Stage.BACHELOR, None),
        ("D-IV Pekerjaan Sosial", Stage.BACHELOR, True),
        ("D4/S1 Kesos", Stage.BACHELOR, True),
        ("Sarjana Sosiologi", Stage.BACHELOR, None),
        ("D-III Keperawatan", Stage.DIPLOMA, None),
        ("Diploma 2 PGSD", Stage.DIPLOMA, None),
        ("S2 Pekerjaan Sosial", Stage.MASTER, True),
        ("Magister Ilmu Kesejahteraan Sosial", Stage.MASTER, True),
        ("S-3", Stage.DOCTORATE, None),
        ("SMA sederajat", Stage.SENIOR_SECONDARY, None),
        ("SMK Pekerjaan Sosial", Stage.SENIOR_SECONDARY, True),
        ("SLTP", Stage.JUNIOR_SECONDARY, None),
        ("SD", Stage.PRIMARY, None),
    ],
)
def test_schooling_reads_the_usual_ways_to_write_it(
    text: str, stage: Stage, welfare: bool | None
) -> None:
    assert hints.schooling(text) == Schooling(stage=stage, welfare=welfare)


@pytest.mark.parametrize("text", ["", "-", "Kesejahteraan Sosial", "sosial 1", "lulus 2010"])
def test_schooling_stays_unknown_where_no_stage_is_named(text: str) -> None:
    assert hints.schooling(text) is None


def test_a_student_writing_the_thesis_is_in_the_final_semester() -> None:
    school = hints.schooling("S1 Kesejahteraan Sosial (sedang skripsi)")

    assert school == Schooling(stage=Stage.BACHELOR, welfare=True, standing=Standing.FINAL_SEMESTER)


def test_facts_of_an_empty_statement_are_all_unknown() -> None:
    assert hints.facts({}, born_on=None) == Facts(spells_complete=False)


def test_facts_carry_what_is_stated() -> None:
    statement = {
        "education": "S1 Kesos",
        "employer": "Dinas Sosial",
        "started_on": "2019-02-01",
        "practice_hours": 1500,
        "training_hours": None,
        "recommended_by": ["workplace"],
    }

    assert hints.facts(statement, born_on=date(1985, 4, 17)) == Facts(
        born_on=date(1985, 4, 17),
        education=(Schooling(stage=Stage.BACHELOR, welfare=True),),
        spells=(Spell(start=date(2019, 2, 1)),),
        spells_complete=False,
        practice_hours=1500,
        recommendations=frozenset({Recommender.WORKPLACE}),
    )


def test_spells_that_are_listed_are_all_there_are() -> None:
    said = Statement(
        education="S1 Kesejahteraan Sosial",
        schooling=Schooling(stage=Stage.BACHELOR, finished_on=date(2014, 9, 1)),
        spells=(
            WorkSpell(from_on=date(2019, 2, 1), hours_a_week=38),
            WorkSpell(from_on=date(2015, 7, 1), last_on=date(2018, 12, 31)),
        ),
    )

    assert hints.facts(plain(said), born_on=None) == Facts(
        education=(Schooling(stage=Stage.BACHELOR, welfare=True, finished_on=date(2014, 9, 1)),),
        spells=(
            Spell(start=date(2019, 2, 1), hours_a_week=38),
            Spell(start=date(2015, 7, 1), end=date(2019, 1, 1)),
        ),
        spells_complete=True,
    )
