"""The instruments of a scheme: what candidates write and what assessors rate."""

from dataclasses import dataclass
from typing import Annotated

from kompeten.schemes.terms.limits import Between, Code, Items, Line, Prose, Words
from kompeten.schemes.terms.words import Domain, FieldKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """The same words in Indonesian and in English."""

    id: Prose
    en: Prose

    def of(self, language: str) -> str:
        """Return the words in `language` ("id", "en-us" …); any other language reads Indonesian."""
        return self.en if language.lower().startswith("en") else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A code and the words people read for it."""

    code: Code
    title: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The marks a rater may give, whole numbers from `least` to `most`."""

    least: Annotated[int, Between(0, 10)]
    most: Annotated[int, Between(1, 10)]

    @property
    def marks(self) -> range:
        """Return every mark, lowest first."""
        return range(self.least, self.most + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item of a self-description, answered in the candidate's own words.

    `min_words` is needed to hand in (0: none); an answer under `full_score_words` cannot get the
    highest mark (0: no such rule). `group` is the case it belongs to, where there are cases.
    """

    code: Code
    group: Code | None = None
    domain: Domain
    prompt: Bilingual
    help: Bilingual | None = None
    required: bool = True
    min_words: Words = 0
    full_score_words: Words = 0

    def highest_mark(self, scale: Scale, *, words: int) -> int:
        """Return the best mark that an answer of `words` words can get."""
        return scale.most - 1 if words < self.full_score_words else scale.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that are read together, such as one case."""

    code: Code
    title: Bilingual
    guidance: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfDescription:
    """Deskripsi diri: essays that a candidate writes and two assessors read and mark."""

    code: Code
    title: Bilingual
    guidance: Bilingual
    scale: Scale
    groups: Annotated[tuple[Group, ...], Items(0, "code")] = ()
    items: Annotated[tuple[Question, ...], Items(1, "code")]

    def item(self, code: str) -> Question:
        """Return the question called `code`.

        :raises KeyError: there is none
        """
        return {item.code: item for item in self.items}[code]

    @property
    def highest_total(self) -> int:
        """Return the points of a dossier with the best mark on each item."""
        return self.scale.most * len(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerField:
    """One field of a part of the curriculum vitae; `choices` only for kind `choice`."""

    code: Code
    label: Bilingual
    kind: FieldKind
    required: bool = False
    choices: Annotated[tuple[Named, ...], Items(0, "code")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One lettered part of the curriculum vitae; `many` says that it holds a list of entries."""

    code: Code
    letter: Annotated[str, Line]
    title: Bilingual
    help: Bilingual | None = None
    many: bool
    required: bool = False
    fields: Annotated[tuple[AnswerField, ...], Items(1, "code")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurriculumVitae:
    """The curriculum vitae of a portfolio. Source: PORT17 (eleven parts, a to k)."""

    code: Code
    title: Bilingual
    guidance: Bilingual
    parts: Annotated[tuple[Part, ...], Items(1, "code")]

    def part(self, code: str) -> Part:
        """Return the part called `code`.

        :raises KeyError: there is none
        """
        return {part.code: part for part in self.parts}[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What an assessor rates in a performance; `anchors` describe the marks, lowest first."""

    code: Code
    domain: Domain
    title: Bilingual
    look_for: Bilingual
    anchors: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a candidate is asked to do or to tell."""

    code: Code
    text: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """How a performance is rated: tasks or questions to choose from, and criteria."""

    code: Code
    title: Bilingual
    guidance: Bilingual
    scale: Scale
    tasks: Annotated[tuple[Task, ...], Items(1, "code")]
    criteria: Annotated[tuple[Criterion, ...], Items(1, "code")]

    def criterion(self, code: str) -> Criterion:
        """Return the criterion called `code`.

        :raises KeyError: there is none
        """
        return {criterion.code: criterion for criterion in self.criteria}[code]

    @property
    def highest_total(self) -> int:
        """Return the points of a performance with the best mark on each criterion."""
        return self.scale.most * len(self.criteria)
