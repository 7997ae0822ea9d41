"""Is what applicants say read back as it was kept, whichever version wrote it?"""

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.rules import experience
from kompeten.applications.terms.statement import Letter, Statement, WorkSpell
from kompeten.kernel.canonical import plain
from kompeten.schemes.terms import Schooling, Spell, Stage, Standing

ON = date(2026, 11, 30)
LETTER = Letter(
    number="800/114/Dinsos",
    dated_on=date(2026, 2, 2),
    signatory="Dra. Sri Hartati, Kepala Dinas",
    document="experience_letter",
)
PRESENT = WorkSpell(
    employer="Dinas Sosial Kota Bogor",
    position="Pendamping PKH",
    from_on=date(2019, 2, 1),
    hours_a_week=38,
    letter=LETTER,
)
EARLIER = WorkSpell(
    employer="LKS Bina Insani", from_on=date(2015, 7, 1), last_on=date(2018, 12, 31)
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1))
LETTERS = st.builds(
    Letter,
    number=st.text(max_size=9),
    dated_on=st.none() | DAYS,
    signatory=st.text(max_size=9),
    document=st.sampled_from(["", "experience_letter"]),
)
SPELLS = st.builds(
    WorkSpell,
    employer=st.text(max_size=9),
    position=st.text(max_size=9),
    from_on=DAYS,
    last_on=st.none() | DAYS,
    hours_a_week=st.none() | st.integers(min_value=1, max_value=80),
    letter=LETTERS,
)
SCHOOLS = st.builds(
    Schooling,
    stage=st.sampled_from(Stage),
    welfare=st.none() | st.booleans(),
    standing=st.sampled_from(Standing),
    finished_on=st.none() | DAYS,
)
STATEMENTS = st.builds(
    Statement,
    education=st.text(max_size=9),
    started_on=st.none() | DAYS,
    practice_hours=st.none() | st.integers(min_value=0, max_value=9000),
    recommended_by=st.lists(st.sampled_from(["workplace", "profession"]), max_size=2).map(tuple),
    schooling=st.none() | SCHOOLS,
    spells=st.lists(SPELLS, max_size=3).map(tuple),
)


@given(STATEMENTS)
def test_what_is_kept_reads_back(said: Statement) -> None:
    assert Statement.of(plain(said)) == said


def test_what_is_kept_of_a_statement_without_spells_is_as_it_was_before_there_were_any() -> None:
    said = Statement(education="S1 Kesos", started_on=date(2019, 2, 1))

    assert set(plain(said)) == set(asdict(said)) - {"schooling", "spells"}


def test_a_statement_from_before_reads_and_its_post_counts_as_one_time() -> None:
    kept = {
        "education": "S1 Kesos",
        "employer": "Dinas Sosial",
        "position": "",
        "started_on": "2019-02-01",
        "practice_hours": 1500,
        "training_hours": None,
        "recommended_by": ["workplace"],
    }

    said = Statement.of(kept)

    assert said.posts() == (WorkSpell(employer="Dinas Sosial", from_on=date(2019, 2, 1)),)
    assert Statement.of({}) == Statement()
    assert Statement().posts() == ()


def test_the_newest_spell_is_the_present_post() -> None:
    said = Statement(education="S1").with_spells((EARLIER, PRESENT))

    assert said.spells == (PRESENT, EARLIER)
    assert (said.employer, said.position, said.started_on) == (
        "Dinas Sosial Kota Bogor",
        "Pendamping PKH",
        date(2019, 2, 1),
    )


def test_the_last_day_served_counts() -> None:
    assert EARLIER.span == Spell(start=date(2015, 7, 1), end=date(2019, 1, 1))
    assert PRESENT.span == Spell(start=date(2019, 2, 1), hours_a_week=38)


@pytest.mark.parametrize(
    ("spell", "codes"),
    [
        (PRESENT, ()),
        (EARLIER, ("spell.load_missing", "letter.missing")),
        (
            WorkSpell(
                from_on=date(2019, 1, 1),
                last_on=date(2019, 2, 1),
                hours_a_week=60,
                letter=Letter(number="1", dated_on=date(2019, 1, 31)),
            ),
            ("spell.overlaps", "spell.load_heavy", "letter.early", "letter.unsigned"),
        ),
        (
            WorkSpell(
                from_on=date(1999, 4, 16),
                last_on=date(2000, 1, 1),
                hours_a_week=58,
                letter=Letter(dated_on=date(2026, 12, 1)),
            ),
            ("spell.too_young", "letter.to_come"),
        ),
    ],
)
def test_what_a_reader_would_ask_is_named(spell: WorkSpell, codes: tuple[str, ...]) -> None:
    spells = (spell, PRESENT) if spell != PRESENT else (PRESENT, EARLIER)

    assert experience.doubts(spells, 0, born_on=date(1984, 4, 17), on=ON) == codes


def test_times_that_only_meet_do_not_overlap() -> None:
    before = WorkSpell(from_on=date(2018, 1, 1), last_on=date(2019, 1, 31), hours_a_week=20)

    asked = experience.doubts((before, PRESENT), 0, born_on=None, on=ON)

    assert "spell.overlaps" not in asked
