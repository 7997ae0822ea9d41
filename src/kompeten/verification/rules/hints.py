"""What is known of an applicant, as the scheme's requirements read it? For hints only, never for a decision.

What people write about their schooling is free text; what cannot be read stays unknown.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kompeten.applications.terms.statement import Statement
from kompeten.schemes.terms import Facts, Recommender, Schooling, Stage, Standing

# Tried in this order: "D4/S1" is a bachelor's stage, "S2" comes before "S1" in "S1, S2 Kesos".
STAGES = (
    (Stage.DOCTORATE, r"s\.?\s?3|doktor(?:al)?"),
    (Stage.MASTER, r"s\.?\s?2|magister|master|pasca\s?sarjana"),
    (Stage.BACHELOR, r"s\.?\s?1|d\.?\s?(?:4|iv)|sarjana|strata\s?(?:1|satu)|bachelor"),
    (Stage.DIPLOMA, r"d\.?\s?(?:[123]|i{1,3})|diploma"),
    (Stage.SENIOR_SECONDARY, r"sma|smk|smu|slta|stm|smea|smps|aliyah|ma|paket\s?c"),
    (Stage.JUNIOR_SECONDARY, r"smp|sltp|mts|tsanawiyah|paket\s?b"),
    (Stage.PRIMARY, r"sd|mi|ibtidaiyah|paket\s?a"),
)
WELFARE = re.compile(r"\b(?:ke?sejahteraan\s+sosial|pekerja(?:an)?\s+sosial|kesos|peksos)\b", re.I)
STUDYING = re.compile(r"\b(?:semester\s+akhir|mahasiswa|skripsi|tugas\s+akhir)\b", re.I)


def facts(
    statement: Mapping[str, Any],
    *,
    born_on: date | None,
    signed: Collection[Recommender] = (),
) -> Facts:
    """Return what the statement of an application says, in the shape requirements are judged by.

    `signed` are those who have recommended by a signature, whatever the statement says of it.

    Spells that somebody has listed are all there are. The start of the present post, as lists of
    offices give it, is practice that is known; there may be more before it.
    """
    told = Statement.of(statement)
    school, spells = _schooled(told), tuple(post.span for post in told.posts())
    return Facts(
        born_on=born_on,
        education=None if school is None else (school,),
        spells=spells or None,
        spells_complete=bool(told.spells),
        practice_hours=told.practice_hours,
        training_hours=told.training_hours,
        recommendations=frozenset({*map(Recommender, told.recommended_by), *signed}) or None,
    )


def schooling(text: str) -> Schooling | None:
    """Return the education that free text names, or None when it names none.

    A field of study that is not social welfare by name is not known to be another.

    >>> schooling("S1 Kesejahteraan Sosial").stage
    <Stage.BACHELOR: 'bachelor'>
    >>> schooling("D-III Keperawatan").welfare is None
    True
    >>> schooling("-") is None
    True
    """
    plain = text.replace("-", " ").replace("/", " ").lower()
    for stage, words in STAGES:
        if re.search(rf"\b(?:{words})\b", plain):
            standing = Standing.FINAL_SEMESTER if STUDYING.search(plain) else Standing.GRADUATE
            welfare = True if WELFARE.search(plain) else None
            return Schooling(stage=stage, welfare=welfare, standing=standing)
    return None


def _schooled(told: Statement) -> Schooling | None:
    """Return the schooling as chosen, with what the text adds to it; else what the text names."""
    if told.schooling is None:
        return schooling(told.education)
    if told.schooling.welfare is None and WELFARE.search(told.education):
        return replace(told.schooling, welfare=True)
    return told.schooling
