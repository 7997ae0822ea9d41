"""What a scheme version says, whole: everything that later rooms read, pinned and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from kompeten.schemes.terms.instruments import (
    Bilingual,
    CurriculumVitae,
    Named,
    Rubric,
    SelfDescription,
)
from kompeten.schemes.terms.limits import Between, Code, Days, Items, Line, Months, Pattern
from kompeten.schemes.terms.limits import Percent, Prose, Years
from kompeten.schemes.terms.requirements import DocumentKind, RouteRules
from kompeten.schemes.terms.words import (
    Component,
    Difficulty,
    Domain,
    Level,
    PassMode,
    Profession,
    Restart,
    Route,
    Settle,
    ValidFrom,
)


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
class Blueprint:
    """The make-up of a written form: shares in percent, applied as marginal quotas."""

    items: Annotated[int, Between(1, 500)]
    domains: Mapping[Domain, Percent]
    difficulties: Mapping[Difficulty, Percent]

    @property
    def per_domain(self) -> dict[Domain, int]:
        """Return how many items of each domain a form has."""
        return {domain: share * self.items // 100 for domain, share in self.domains.items()}

    @property
    def per_difficulty(self) -> dict[Difficulty, int]:
        """Return how many items of each difficulty a form has."""
        return {grade: share * self.items // 100 for grade, share in self.difficulties.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Raters:
    """How many assessors rate one candidate, and when another is called.

    A third is called when two marks of one item differ by more than `third_over`, or (with
    `third_on_verdict`) when one says competent and the other not yet.
    """

    count: Annotated[int, Between(1, 3)]
    third_over: Annotated[int, Between(0, 10)]
    third_on_verdict: bool
    settle: Settle

    def third_needed(
        self, first: Mapping[str, int], second: Mapping[str, int], *, verdicts_differ: bool
    ) -> bool:
        """Say whether the marks of two assessors, by item, call for a third; a blank is mark 0."""
        codes = first.keys() | second.keys()
        apart = any(abs(first.get(c, 0) - second.get(c, 0)) > self.third_over for c in codes)
        return apart or (self.third_on_verdict and verdicts_differ)


@dataclass(frozen=True, slots=True, kw_only=True)
class CognitiveRules:
    """The written test."""

    minutes: Annotated[int, Between(1, 600)]
    pass_percent: Percent
    blueprint: Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRules:
    """The reading of a dossier; a blank answer counts `blank_points`."""

    pass_percent: Percent
    raters: Raters
    blank_points: Annotated[int, Between(0, 1)]
    blank_blocks_acceptance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceRules:
    """A practice exam or an interview before assessors."""

    minutes: Annotated[int, Between(1, 600)]
    pass_percent: Percent
    raters: Raters


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """The instrument versions that this scheme version is bound to, whole."""

    curriculum_vitae: CurriculumVitae
    self_description: SelfDescription
    practice: Rubric
    interview: Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRule:
    """How component outcomes become competent or not yet competent.

    `weights` sum to 100 over the four components; a route that has fewer shares them out again
    in proportion. `total_percent` and `floor_percent` bind only in the compensatory mode.
    """

    mode: PassMode
    weights: Mapping[Component, Percent]
    total_percent: Percent
    floor_percent: Percent


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRules:
    """Term and number of the certificate.

    `template` may use {serial}, {scheme}, {month} (Roman) and {year}; `series` is the gap-free
    series that the serial is taken from.
    """

    validity_years: Years
    valid_from: ValidFrom
    series: Code
    restart: Restart
    template: Line
    names_program: bool

    def number(self, serial: int, *, scheme: str, on: date) -> str:
        """Return the certificate number for `serial`, issued on the day `on`."""
        month = ROMAN_MONTHS[on.month - 1]
        return self.template.format(serial=serial, scheme=scheme, month=month, year=on.year)

    def ends_on(self, starts_on: date) -> date:
        """Return the first day on which a certificate is no longer valid.

        A term from 29 February ends on 1 March where the year has no such day.
        """
        year = starts_on.year + self.validity_years
        try:
            return starts_on.replace(year=year)
        except ValueError:
            return date(year, 3, 1)


ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationRules:
    """Whether the preparation session must be attended before an exam."""

    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeRules:
    """Who decides, and how long training keeps a trainer from assessing."""

    min_members: Annotated[int, Between(1, 20)]
    trainer_wall_months: Months


@dataclass(frozen=True, slots=True, kw_only=True)
class RetakeRules:
    """What somebody who is not yet competent may do; `max_attempts` None sets no limit."""

    max_attempts: Annotated[int, Between(1, 99)] | None
    failed_components_only: bool
    results_kept_months: Months


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRules:
    """Days for an appeal, in working days, and how often one application may appeal."""

    file_days: Days
    answer_days: Days
    reassess_days: Days
    times: Annotated[int, Between(1, 9)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDays:
    """Calendar days a candidate has for a step."""

    correction: Days
    portfolio: Days
    portfolio_revision: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDays:
    """Calendar days the body promises for a step."""

    verification: Days
    reading: Days
    exam: Days
    performance: Days
    result: Days
    decision: Days
    certificate: Days


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
    unverified: Mapping[Line, Prose]

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
        rules = {
            Component.PORTFOLIO: self.portfolio,
            Component.COGNITIVE: self.cognitive,
            Component.PRACTICE: self.practice,
            Component.INTERVIEW: self.interview,
        }
        return rules[component].pass_percent

    def is_passed(self, component: Component, *, points: int, out_of: int) -> bool:
        """Say whether `points` of `out_of` pass `component`; whole numbers, so nothing is rounded."""
        return points * 100 >= self.pass_percent(component) * out_of
