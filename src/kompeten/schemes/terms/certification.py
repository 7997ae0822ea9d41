"""What frames an assessment: certificate, committee, retakes, appeals, and days for each step."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from kompeten.schemes.terms.limits import Between, Code, Days, Line, Months, Years
from kompeten.schemes.terms.words import Restart, ValidFrom

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


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


class Service(StrEnum):
    """What the body promises to do within so many working days, in the order of the way.

    The clock of `verification` goes on with each handing in and stops when something is to be mended;
    `exam` and `performance` are the days until somebody who is ready is examined; `result` those from
    the last component to the result, `decision` those from there, `certificate` those from the decision.
    """

    VERIFICATION = "verification"
    READING = "reading"
    EXAM = "exam"
    PERFORMANCE = "performance"
    RESULT = "result"
    DECISION = "decision"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDays:
    """Working days the body promises for a step, by `Service`."""

    verification: Days
    reading: Days
    exam: Days
    performance: Days
    result: Days
    decision: Days
    certificate: Days
