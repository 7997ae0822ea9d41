"""What is known of an applicant, as the scheme's requirements read it? For hints only, never for a decision.

What people write about their schooling is free text; what cannot be read stays unknown.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kompeten.schemes.terms import Facts, Recommender, Schooling, Spell, Stage, Standing

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


def facts(statement: Mapping[str, Any], *, born_on: date | None) -> Facts:
    """Return what the statement of an application says, in the shape requirements are judged by.

    The start of the present post is practice that is known; there may be more before it.
    """
    school = schooling(str(statement.get("education") or ""))
    started = _day(statement.get("started_on"))
    letters = statement.get("recommended_by") or ()
    return Facts(
        born_on=born_on,
        education=None if school is None else (school,),
        spells=None if started is None else (Spell(start=started),),
        spells_complete=False,
        practice_hours=statement.get("practice_hours"),
        training_hours=statement.get("training_hours"),
        recommendations=frozenset(Recommender(who) for who in letters) if letters else None,
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


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
