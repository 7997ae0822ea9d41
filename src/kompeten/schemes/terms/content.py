"""What a scheme version says, whole: what later rooms read, pinned and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from kompeten.schemes.terms.assessment import (
    CognitiveRules,
    PassRule,
    PerformanceRules,
    PortfolioRules,
)
from kompeten.schemes.terms.certification import (
    AppealRules,
    CandidateDays,
    CertificateRules,
    CommitteeRules,
    PreparationRules,
    RetakeRules,
    ServiceDays,
)
from kompeten.schemes.terms.instruments import (
    Bilingual,
    CurriculumVitae,
    Named,
    Rubric,
    SelfDescription,
)
from kompeten.schemes.terms.limits import Between, Code, Items, Line, Pattern, Prose
from kompeten.schemes.terms.requirements import DocumentKind, RouteRules
from kompeten.schemes.terms.words import Component, Level, Profession, Route, VersionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who certifies under this scheme, as named on the day the version is published."""

    body: Bilingual
    short: Line
    signatory: Bilingual
    license_number: Line | None = None
    licensed_on: date | None = None
    licensed_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A law, regulation or decree on which the scheme rests."""

    code: Line
    subject: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A ministry programme in which people serve; `aliases` are the words lists use for it."""

    code: Code
    title: Bilingual
    aliases: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of competence, printed on the back of the certificate."""

    code: Line
    title: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """The instrument versions that this scheme version is bound to, whole."""

    curriculum_vitae: CurriculumVitae
    self_description: SelfDescription
    practice: Rubric
    interview: Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeContent:
    """A scheme version, complete in itself: instruments, documents and programmes are inside.

    `sources` and `unverified` map dotted paths to where a value was found or why it is not
    confirmed; every rule value is covered by one of the two, the longest path speaking.
    """

    schema: Annotated[int, Between(1, 1)] = 1
    code: Code
    short: Annotated[str, Pattern(r"[A-Z][A-Z0-9-]*", "capital letters, digits and hyphens")]
    title: Bilingual
    profession: Profession
    level: Level | None
    authority: Authority
    legal_basis: Annotated[tuple[LegalBasis, ...], Items(1, "code")]
    programs: Annotated[tuple[Program, ...], Items(1, "code")]
    practice_fields: Annotated[tuple[Named, ...], Items(1, "code")]
    units: Annotated[tuple[Unit, ...], Items(1, "code")]
    documents: Annotated[tuple[DocumentKind, ...], Items(1, "code")]
    routes: Mapping[Route, RouteRules]
    instruments: Instruments
    cognitive: CognitiveRules
    portfolio: PortfolioRules
    practice: PerformanceRules
    interview: PerformanceRules
    pass_rule: PassRule
    certificate: CertificateRules
    preparation: PreparationRules
    committee: CommitteeRules
    retake: RetakeRules
    appeal: AppealRules
    candidate_days: CandidateDays
    service_days: ServiceDays
    sources: Mapping[Line, Prose]
    unverified: Mapping[Line, Bilingual]

    def document(self, code: str) -> DocumentKind:
        """Return the document called `code`.

        :raises KeyError: the scheme knows none
        """
        return {document.code: document for document in self.documents}[code]

    def documents_of(self, route: Route) -> tuple[DocumentKind, ...]:
        """Return the documents that `route` asks for or accepts, in the order it names them."""
        return tuple(self.document(code) for code in self.routes[route].documents.codes)

    def pass_percent(self, component: Component) -> int:
        """Return the least share of its points, in percent, that passes `component`."""
        rules: dict[Component, CognitiveRules | PortfolioRules | PerformanceRules] = {
            Component.PORTFOLIO: self.portfolio,
            Component.COGNITIVE: self.cognitive,
            Component.PRACTICE: self.practice,
            Component.INTERVIEW: self.interview,
        }
        return rules[component].pass_percent

    def is_passed(self, component: Component, *, points: int, out_of: int) -> bool:
        """Say whether `points` of `out_of` pass `component`; in whole numbers, unrounded."""
        return points * 100 >= self.pass_percent(component) * out_of


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme file, read: what it says, and when it can be applied for, `[from, until)`."""

    name: str
    content: SchemeContent
    digest: str
    in_force_from: date
    in_force_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version of a scheme, as lists and later rooms know it."""

    id: int
    ref: str
    scheme_code: str
    number: int
    state: VersionState
    in_force_from: date
    in_force_until: date | None
    digest: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pinned:
    """What an application is pinned to: one version of a scheme, in what never changes of it."""

    id: int
    ref: str
    scheme_code: str
    number: int
    digest: str
    title: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be applied for: one version, by its key, with what a list may say of it."""

    id: int
    scheme_code: str
    title: Bilingual
    profession: Profession
    level: Level | None
    routes: tuple[Route, ...]
    programs: tuple[Program, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unverified:
    """A value that is not confirmed: its dotted path, and why."""

    path: str
    why: Bilingual
