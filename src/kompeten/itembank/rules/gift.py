r"""What does a GIFT file hold? Our reader of the part of the format that a case bank needs.

Read: `$CATEGORY: …/CODE` opens a case; a text without answers is its vignette; each question after
it has one best answer (`=`) among wrong ones (`~`); `// [id:…] [tag:domain:…] [tag:difficulty:…]
[tag:unit:…]` above a question says what it is. `{}` makes it an essay, of which the comment also says
`[tag:points:…] [tag:longest:…] [tag:guidance:…] [tag:marking:…]`, in lines with `\n`. Escapes: `\~ \= \#
\{ \} \: \\` and `\n`. Everything else of GIFT (true or false, numbers, matching, weights, feedback,
formats) is refused by line.

Source: Moodle, "GIFT format" (docs.moodle.org/en/GIFT_format).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kompeten.itembank.terms import Problem, RawCase, RawEssay, RawItem

_CATEGORY = "$CATEGORY:"
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
# Escaped signs stand in Unicode's private area while the text is cut up.
_HELD = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:\\")} | {"n": "\ue010"}
_RESTORE = str.maketrans({held: "\n" if sign == "n" else sign for sign, held in _HELD.items()})
_ESSAY_TAGS = ("guidance", "points", "longest", "marking")
_TAGS = "|".join(("domain", "difficulty", "unit", *_ESSAY_TAGS))
_TAG = re.compile(rf"\[(id|tag:(?:{_TAGS})):([^\[\]]*)\]")
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|markdown|moodle|plain)\]")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_TRUTH = frozenset({"T", "F", "TRUE", "FALSE"})


@dataclass(slots=True)
class _Block:
    """Consecutive lines: a category, a vignette or a question; `numbers` are those of `lines`."""

    tags: dict[str, str]
    numbers: list[int]
    lines: list[str]

    @property
    def text(self) -> str:
        return _ESCAPE.sub(lambda found: _HELD[found[1]], "\n".join(self.lines))


@dataclass(slots=True)
class _Case:
    """A case while it is read; without a code it gathers questions outside every category."""

    line: int
    code: str
    vignette: str = ""
    items: list[RawItem] = field(default_factory=list)


def read(text: str) -> tuple[tuple[RawCase, ...], tuple[Problem, ...]]:
    """Return the cases of a GIFT file in their order, and what in it is not understood, by line."""
    cases = [_Case(0, "")]
    problems: list[Problem] = []
    for block in _blocks(text):
        if block.lines[0].startswith(_CATEGORY):
            cases.append(_Case(block.numbers[0], _last_part(block.lines[0])))
        else:
            problems += _read_text(block, cases[-1])
    return tuple(found for case in cases for found in _closed(case)), tuple(problems)


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block({}, [], [])
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare.startswith("//"):
            block.tags |= dict(_TAG.findall(bare))
        elif bare and not bare.startswith(_CATEGORY):
            block.numbers.append(number)
            block.lines.append(bare)
        else:
            if block.lines:
                yield block
                block = _Block({}, [], [])
            if bare:
                yield _Block({}, [number], [bare])
    if block.lines:
        yield block


def _last_part(line: str) -> str:
    return line.removeprefix(_CATEGORY).strip().rpartition("/")[2]


def _closed(case: _Case) -> Iterator[RawCase]:
    """Give the case; questions outside every category are cases of one item each."""
    if case.code:
        items = tuple(case.items)
        yield RawCase(line=case.line, code=case.code, vignette=case.vignette, items=items)
        return
    for item in case.items:
        yield RawCase(line=item.line, code=item.code, vignette="", items=(item,))


def _read_text(block: _Block, case: _Case) -> list[Problem]:
    """Add the block's vignette or question to the case; return what is not understood."""
    text = block.text
    first = block.numbers[0]
    title, start = "", 0
    if found := _TITLE.match(text):
        title, start = found[1].strip(), found.end()
    if found := _FORMAT.match(text, start):
        start = found.end()
        if found[1] != "plain":
            return [Problem(first, "gift.format", found[1])]
    opening = text.find("{", start)
    if opening < 0:
        return _read_vignette(text[start:], case, line=first)
    closing = text.find("}", opening)
    if closing < 0:
        return [Problem(_line(block, text, opening), "gift.brace")]
    if text[closing + 1 :].strip():
        return [Problem(_line(block, text, closing), "gift.missing_word")]
    problems = _refused(block, text, opening + 1, closing)
    if not problems:
        answers = _ANSWER.findall(text, opening + 1, closing)
        case.items.append(_item(block, title, text[start:opening], answers))
    return problems


def _read_vignette(text: str, case: _Case, *, line: int) -> list[Problem]:
    if "}" in text:
        return [Problem(line, "gift.brace")]
    if not case.code:
        return [Problem(line, "gift.vignette_alone")]
    if case.items or case.vignette:
        return [Problem(line, "gift.vignette_late", case.code)]
    case.vignette = _clean(text)
    return []


def _item(block: _Block, title: str, stem: str, answers: list[tuple[str, str]]) -> RawItem:
    tags = {name.removeprefix("tag:"): value.strip() for name, value in block.tags.items()}
    return RawItem(
        line=block.numbers[0],
        code=tags.get("id") or _clean(title),
        stem=_clean(stem),
        options=tuple(_clean(answer) for _, answer in answers),
        keys=tuple(place for place, (sign, _) in enumerate(answers) if sign == "="),
        domain=tags.get("domain", ""),
        difficulty=tags.get("difficulty", ""),
        unit=tags.get("unit", ""),
        essay=None if answers else _essay(tags),
    )


def _essay(tags: Mapping[str, str]) -> RawEssay:
    told = {name: tags.get(name, "").replace("\\n", "\n").strip() for name in _ESSAY_TAGS}
    return RawEssay(**told)


def _refused(block: _Block, text: str, start: int, end: int) -> list[Problem]:
    """Return why the answers in `text[start:end]` are no single-best choice; empty when they are."""
    answers = text[start:end].strip()
    line = _line(block, text, start)
    if not answers:
        return []
    if answers[0] == "#":
        return [Problem(line, "gift.number")]
    if answers.partition("#")[0].strip().upper() in _TRUTH:
        return [Problem(line, "gift.true_false")]
    if answers[0] not in "=~":
        return [Problem(line, "gift.answer_unmarked", _clean(answers)[:40])]
    found = []
    for answer in _ANSWER.finditer(text, start, end):
        if code := _part_refused(answer[2]):
            found.append(Problem(_line(block, text, answer.start()), code, _clean(answer[2])[:40]))
    if not found and "~" not in answers:
        found.append(Problem(line, "gift.short_answer"))
    return found


def _part_refused(answer: str) -> str:
    if "->" in answer:
        return "gift.matching"
    if "#" in answer:
        return "gift.feedback"
    return "gift.weight" if answer.lstrip().startswith("%") else ""


def _line(block: _Block, text: str, place: int) -> int:
    return block.numbers[text.count("\n", 0, place)]


def _clean(text: str) -> str:
    r"""Return the text with its signs restored; line ends of the file are blanks, `\n` is one.

    >>> _clean("satu  dua\ntiga")
    'satu dua tiga'
    """
    paragraphs = text.split(_HELD["n"])
    return "\n".join(" ".join(p.split()) for p in paragraphs).translate(_RESTORE).strip()
