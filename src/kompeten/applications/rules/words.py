"""Which code do the words of a list mean? Professions, levels, routes and sex.

Source: the four kinds of social-welfare workforce and their names, Permensos 16/2017; the routes,
technical guide for welfare workers and volunteers of 2022.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from kompeten.applications.terms import Sex
from kompeten.schemes.terms import Level, Profession, Route

Code = TypeVar("Code", bound=StrEnum)

# A community social worker (pekerja sosial masyarakat, PSM) is a volunteer, though two of the
# three words say "social worker". District workers (TKSK) and community educators are left
# unread: sources disagree on what they are, so somebody has to say.
_PROFESSIONS = {
    Profession.SOCIAL_WORKER: r"\bpekerja sosial\b(?! masyarakat)|\bpeksos\b",
    Profession.WELFARE_WORKER: r"\btenaga (kesejahteraan sosial|kesos)\b(?! kecamatan)|\btks\b",
    Profession.SOCIAL_EDUCATOR: r"\bpenyuluh\b(?!( sosial)? masyarakat)|\bpensos\b",
    Profession.SOCIAL_VOLUNTEER: r"\brelawan\b|\bpekerja sosial masyarakat\b|\bpsm\b",
}
_LEVELS = {
    Level.ASSISTANT: r"\basist?en\b",
    Level.GENERALIST: r"\bgeneralist?\b",
    Level.SPECIALIST: r"\bspesialist?\b",
}
_ROUTES = {
    Route.DIRECT_CERTIFICATION: r"\bsertifikasi langsung\b",
    Route.DIRECT_ASSESSMENT: r"\b(penilaian|asesmen) langsung\b",
    Route.TRAINING: r"\bpelatihan\b|\bdiklat\b",
    Route.EDUCATION: r"\bpendidikan\b(?! dan pelatihan)",
}
_SEXES = {
    Sex.FEMALE: r"^(p|pr|perempuan|wanita)$",
    Sex.MALE: r"^(l|lk|laki|laki laki|lakilaki|pria)$",
}


def words(text: str) -> str:
    """Return the text as lower-case words, one space apart, without signs.

    >>> words(" S1 Kesejahteraan-Sosial. ")
    's1 kesejahteraan sosial'
    """
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("_", " ")))


@lru_cache(maxsize=2048)
def profession(text: str) -> Profession | None:
    """Return the profession named, or None when none or more than one is.

    >>> profession("Peksos"), profession("Peksos / TKS")
    (<Profession.SOCIAL_WORKER: 'social_worker'>, None)
    """
    return _only_one(_PROFESSIONS, words(text))


@lru_cache(maxsize=2048)
def level(text: str) -> Level | None:
    """Return the level named, or None when none or more than one is."""
    return _only_one(_LEVELS, words(text))


@lru_cache(maxsize=2048)
def route(text: str) -> Route | None:
    """Return the route named, or None when none or more than one is."""
    return _only_one(_ROUTES, words(text))


@lru_cache(maxsize=512)
def sex(text: str) -> Sex | None:
    """Return the sex named, or None."""
    return _only_one(_SEXES, words(text))


def _only_one(meanings: Mapping[Code, str], spoken: str) -> Code | None:
    named = [
        code
        for code, pattern in meanings.items()
        if spoken == words(code) or re.search(pattern, spoken)
    ]
    return named[0] if len(named) == 1 else None
