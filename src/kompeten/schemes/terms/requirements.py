"""What a route asks of an applicant: education, age, practice, training, letters, documents."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from kompeten.schemes.terms.instruments import Bilingual
from kompeten.schemes.terms.limits import Between, Code, Items, MediaType, Months
from kompeten.schemes.terms.words import (
    Component,
    Need,
    Recommender,
    Stage,
    Standing,
    StudyField,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationRule:
    """One education that opens a route.

    `within_months` limits how long ago a graduate finished; None sets no limit.
    """

    stage: Stage
    field: StudyField = StudyField.ANY
    standing: Standing = Standing.GRADUATE
    within_months: Months | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRule:
    """Practice in months, in hours, or both; `need` says whether one of the two suffices."""

    months: Months | None = None
    hours: Annotated[int, Between(1, 100_000)] | None = None
    need: Need = Need.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRule:
    """Who must recommend: any one of `by`, or all of them."""

    by: Annotated[tuple[Recommender, ...], Items(1)]
    need: Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What opens a route; a requirement that is absent is not asked.

    Of `education` any one entry suffices.
    """

    education: tuple[EducationRule, ...] = ()
    min_age_years: Annotated[int, Between(1, 99)] | None = None
    practice: PracticeRule | None = None
    training_hours: Annotated[int, Between(1, 2000)] | None = None
    recommendation: RecommendationRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """A document that an application may carry, as the shared catalogue describes it."""

    code: Code
    title: Bilingual
    help: Bilingual
    media_types: Annotated[tuple[MediaType, ...], Items(1)]
    max_bytes: Annotated[int, Between(1_000, 50_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRules:
    """Which documents a route asks for, by their codes in the catalogue.

    Nothing is submitted without those in `required` and one of each group in `one_of`.
    """

    required: tuple[Code, ...] = ()
    one_of: Mapping[Code, Annotated[tuple[Code, ...], Items(2)]] = field(default_factory=dict)
    optional: tuple[Code, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code, required ones first."""
        grouped = [code for group in self.one_of.values() for code in group]
        return (*self.required, *grouped, *self.optional)

    def missing(self, present: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Return what is still missing beside the codes `present`, in the order of the file.

        Each entry lists the codes of which one would do: a single code for a required document,
        several for a group.
        """
        held = set(present)
        asked = [*((code,) for code in self.required), *self.one_of.values()]
        return tuple(codes for codes in asked if held.isdisjoint(codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRules:
    """One route of a scheme: who may take it, what they hand in, how they are assessed."""

    components: Annotated[tuple[Component, ...], Items(1)]
    requirements: Requirements
    documents: DocumentRules
