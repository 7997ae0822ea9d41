"""May what a file holds enter the bank? The same judgement for every format, all problems at once."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from kompeten.itembank.terms import (
    LONGEST_ESSAY,
    OPTION_CODES,
    BankInvalid,
    EssayTask,
    Problem,
    RawCase,
    RawEssay,
    RawItem,
    WrittenCase,
    WrittenItem,
)
from kompeten.schemes.terms import Difficulty, Domain

DOMAINS: Mapping[str, Domain] = {
    "knowledge": Domain.KNOWLEDGE,
    "pengetahuan": Domain.KNOWLEDGE,
    "value": Domain.VALUES,
    "values": Domain.VALUES,
    "nilai": Domain.VALUES,
    "skill": Domain.SKILLS,
    "skills": Domain.SKILLS,
    "keterampilan": Domain.SKILLS,
}
DIFFICULTIES: Mapping[str, Difficulty] = {
    "easy": Difficulty.EASY,
    "mudah": Difficulty.EASY,
    "medium": Difficulty.MEDIUM,
    "sedang": Difficulty.MEDIUM,
    "hard": Difficulty.HARD,
    "sulit": Difficulty.HARD,
    "sukar": Difficulty.HARD,
}
MIN_OPTIONS = 2
MAX_TEXT = 6000  # signs of a vignette or a stem
MAX_OPTION = 1000
MOST_POINTS = 100  # of one essay
LEAST_LONGEST = 100  # signs; a shorter answer is no essay
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_UNIT = re.compile(r"([a-z0-9][a-z0-9-]{0,47})?")
_NUMBER = re.compile(r"[0-9]{1,4}")
_UNREADABLE = frozenset({"Cc", "Co", "Cs", "Cn"})


def admit(cases: Iterable[RawCase], found: Iterable[Problem] = ()) -> tuple[WrittenCase, ...]:
    """Return the cases as they may enter the bank.

    :raises BankInvalid: with every problem, those already `found` while reading among them
    """
    cases = tuple(cases)
    problems = [*found, *_alike(cases)]
    for case in cases:
        problems += [Problem(case.line, code, case.code) for code in _case_problems(case)]
        for item in case.items:
            problems += [Problem(item.line, code, word) for code, word in _item_problems(item)]
    if not problems and not cases:
        problems.append(Problem(0, "itemfile.no_items"))
    if problems:
        raise BankInvalid(tuple(problems))
    return tuple(
        WrittenCase(code=c.code, vignette=c.vignette, items=tuple(_written(i) for i in c.items))
        for c in cases
    )


def _written(item: RawItem) -> WrittenItem:
    essay = item.essay
    return WrittenItem(
        code=item.code,
        stem=item.stem,
        options=item.options,
        key="" if essay else OPTION_CODES[item.keys[0]],
        domain=DOMAINS[item.domain.casefold()],
        difficulty=DIFFICULTIES[item.difficulty.casefold()],
        unit=item.unit,
        essay=_task(essay) if essay else None,
        marking=essay.marking if essay else "",
    )


def _task(essay: RawEssay) -> EssayTask:
    longest = int(essay.longest) if essay.longest else LONGEST_ESSAY
    return EssayTask(essay.guidance, int(essay.points), longest)


def _alike(cases: tuple[RawCase, ...]) -> Iterator[Problem]:
    """Give a problem for each code that stands twice in the file."""
    seen: set[str] = set()
    for case in cases:
        if case.code in seen:
            yield Problem(case.line, "case.twice", case.code)
        seen.add(case.code)
    seen = set()
    for item in (item for case in cases for item in case.items):
        if item.code and item.code in seen:
            yield Problem(item.line, "item.twice", item.code)
        seen.add(item.code)


def _case_problems(case: RawCase) -> Iterator[str]:
    if not _CODE.fullmatch(case.code):
        yield "case.code"
    if not case.items:
        yield "case.empty"
    if len({item.essay is None for item in case.items}) > 1:
        yield "case.mixed"
    if len(case.items) > 1 and not case.vignette:
        yield "case.no_vignette"
    if len(case.vignette) > MAX_TEXT:
        yield "itemtext.too_long"
    if _unreadable(case.vignette):
        yield "itemtext.unreadable"


def _item_problems(item: RawItem) -> Iterator[tuple[str, str]]:
    if not _CODE.fullmatch(item.code):
        yield "item.code", item.code
    if not item.stem:
        yield "item.no_stem", item.code
    if len(item.stem) > MAX_TEXT or any(len(text) > MAX_OPTION for text in item.options):
        yield "itemtext.too_long", item.code
    if _unreadable(item.stem, *item.options):
        yield "itemtext.unreadable", item.code
    yield from _choice_problems(item) if item.essay is None else _essay_problems(item.essay, item)
    if item.domain.casefold() not in DOMAINS:
        yield "domain.unknown", item.domain
    if item.difficulty.casefold() not in DIFFICULTIES:
        yield "difficulty.unknown", item.difficulty
    if not _UNIT.fullmatch(item.unit):
        yield "unit.code", item.unit


def _choice_problems(item: RawItem) -> Iterator[tuple[str, str]]:
    if not MIN_OPTIONS <= len(item.options) <= len(OPTION_CODES):
        yield "options.count", str(len(item.options))
    if not all(item.options):
        yield "options.empty", item.code
    if len({" ".join(text.casefold().split()) for text in item.options}) < len(item.options):
        yield "options.alike", item.code
    if len(item.keys) != 1 or item.keys[0] >= len(item.options):
        yield "key.count", item.code


def _essay_problems(essay: RawEssay, item: RawItem) -> Iterator[tuple[str, str]]:
    if not _is_between(essay.points, 1, MOST_POINTS):
        yield "essay.points", essay.points
    if essay.longest and not _is_between(essay.longest, LEAST_LONGEST, LONGEST_ESSAY):
        yield "essay.longest", essay.longest
    if not essay.marking:
        yield "essay.no_marking", item.code
    if max(len(essay.guidance), len(essay.marking)) > MAX_TEXT:
        yield "itemtext.too_long", item.code
    if _unreadable(essay.guidance, essay.marking):
        yield "itemtext.unreadable", item.code


def _is_between(text: str, least: int, most: int) -> bool:
    return bool(_NUMBER.fullmatch(text)) and least <= int(text) <= most


def _unreadable(*texts: str) -> bool:
    """Say whether a text holds control, private or unassigned signs; a line end is none of them."""
    signs = {sign for text in texts for sign in text} - {"\n"}
    return any(unicodedata.category(sign) in _UNREADABLE for sign in signs)
