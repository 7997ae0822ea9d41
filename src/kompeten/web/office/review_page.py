"""What does the page of one review show? Papers with findings, hints, earlier rounds, what can be done."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kompeten.applications.terms.application import Scan
from kompeten.foundation import words
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Eligibility, Route, Verdict
from kompeten.verification import labels, queries
from kompeten.verification.terms import Answer, Before, Judgement, Sheet, SheetRow, State, Topic
from kompeten.web.office import asking, facts, recommended, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.verification_forms import Findings, Refusal, Remarks
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.verification.models import Review

PAGES_MAX = 30  # of one document beside its finding; the rest is in the file
# As a verifier reads them, who is not the one to whom a route is open.
VERDICT = scheme_labels.VERDICT | {
    Verdict.OPEN: pgettext_lazy("route", "Open to the applicant"),
}
VERDICT_TONE = {Verdict.OPEN: Tone.GOOD, Verdict.UNKNOWN: Tone.WAIT, Verdict.CLOSED: Tone.BAD}
JUDGEMENT_TONE = {
    Judgement.MET: Tone.GOOD,
    Judgement.NOT_MET: Tone.WAIT,
    Judgement.ABSENT: Tone.WAIT,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an earlier round found of a file that is still the same, in words and as the form takes it."""

    judgement: Any
    tone: Tone
    why: Any
    note: str
    round: int
    told_at: datetime
    grade: str
    fault: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with what is said of it: fields for the verifier, words for everybody else.

    `pages` are the addresses of its pictures, one for each page that can be drawn. `letters` is what
    was signed for it by link; `is_scan_only` says that nobody has signed what a scan shows.
    """

    row: SheetRow
    href: str
    pages: tuple[str, ...]
    grade: BoundField
    fault: BoundField
    note: BoundField
    group: str = ""
    before: Proposal | None = None
    letters: "tuple[recommended.Told, ...]" = ()
    is_scan_only: bool = False

    @property
    def judgement(self) -> Any:
        """Return the finding in words, empty when there is none."""
        return labels.JUDGEMENT[self.row.finding.judgement] if self.row.finding else ""

    @property
    def tone(self) -> Tone:
        """Return the tone of the finding."""
        found = self.row.finding
        return JUDGEMENT_TONE[found.judgement] if found else Tone.PLAIN

    @property
    def why(self) -> Any:
        """Return the fault in words, those of the list where the verifier chose some."""
        found = self.row.finding
        said = {r.ref: r.of(asking.language()) for r in self.row.reasons}
        if found is None or found.fault is None:
            return ""
        return said.get(found.reason) or labels.FAULT[found.fault]


@dataclass(frozen=True, slots=True)
class Hint:
    """What a route says to what the applicant states."""

    route: Any
    verdict: Any
    tone: Tone
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """How an earlier review ended."""

    answer: Answer
    state: Any
    tone: Tone
    corrections: tuple[tuple[Any, Any, str], ...]
    grounds: tuple[Any, ...]


class Desk:
    """One review as somebody looks at it; `data` is what its verifier has just said."""

    def __init__(self, request: Request, review: "Review", data: QueryDict | None = None) -> None:
        self.request = request
        self.review = review
        self.refused: tuple[str, ...] = ()
        self.step = data.get("langkah", "") if data else ""
        self.sheet: Sheet = queries.sheet(review, at=request.at, language=asking.language())
        self.findings = Findings(data, rows=self.sheet.rows)
        self.remarks = Remarks(data if self.step == "kembalikan" else None)
        self.refusal = Refusal(data if self.step == "tolak" else None)

    def is_valid(self) -> bool:
        """Say whether the sheet, and the form of the step taken, can be read."""
        asked = {"kembalikan": self.remarks, "tolak": self.refusal}.get(self.step)
        return self.findings.is_valid() and (asked is None or asked.is_valid())

    @cached_property
    def is_mine(self) -> bool:
        """Say whether whoever looks is the verifier at work on it."""
        verifies = self.request.actor.may(frozenset({Role.VERIFIER}))
        mine = self.review.verifier_id == self.request.actor.account_id
        return verifies and mine and self.review.state == State.OPEN

    def context(self, *, saved: bool = False) -> dict[str, Any]:
        """Return what the template shows. A constant number of queries."""
        rounds = {a.ref: ended_as(a) for a in self.sheet.earlier}
        ended = rounds.pop(self.review.ref, None)
        return {
            **self._about(),
            **self._hints(),
            **self._papers(),
            "is_mine": self.is_mine,
            "reads_keys": self.is_mine,
            "may_release": self._may_release(),
            "sheet": self.sheet,
            "findings": self.findings,
            "remarks": self.remarks,
            "topics": _topics(self.remarks),
            "refusal": self.refusal,
            "refused": self.refused,
            "earlier": list(rounds.values()),
            "ended": ended,
            "saved_at": self.request.at if saved else None,
        }

    def _about(self) -> dict[str, Any]:
        application, state = self.review.application, State(self.review.state)
        names = people.account_labels([self.review.verifier_id])
        reads_queue = self.request.actor.may(shown.READS_FILES)
        return {
            "review": self.review,
            "back": reverse("office:verification" if reads_queue else "office:looks"),
            "application": application,
            "state": labels.STATE[state],
            "tone": shown.REVIEW_TONE[state],
            "scheme": scheme_labels.local(schemes.content(application.scheme_version_id).title),
            "route": shown.route(application.route),
            "age": shown.age(self.review.submitted_at, at=self.request.at),
            "promised": queries.clock(application, at=self.request.at),
            "verifier": names.get(self.review.verifier_id, ""),
            "person": self._person(),
            "statement": facts.of_statement(application, on=asking.today(self.request)),
        }

    def _hints(self) -> dict[str, Any]:
        application = self.review.application
        signed = {letter.kind for letter in self.sheet.signed if letter.recommends}
        known = queries.routes(application, on=asking.today(self.request), signed=signed)
        here = known.pop(Route(application.route))
        return {"hint": _hint(here), "other_routes": [_hint(said) for said in known.values()]}

    def _papers(self) -> dict[str, Any]:
        papers = [self._paper(row) for row in self.sheet.rows]
        asked = [p for p in papers if _matters(p.row, self.sheet)]
        return {
            "papers": asked,
            "not_there": [p.row.document.title for p in papers if p not in asked],
            "judged": sum(p.row.finding is not None for p in asked),
            "to_mend": [p for p in asked if p.tone == Tone.WAIT],
        }

    def _may_release(self) -> bool:
        is_open = self.review.state == State.OPEN
        return is_open and (self.is_mine or self.request.actor.may(frozenset({Role.COORDINATOR})))

    def _person(self) -> list[Any]:
        """Return who the applicant is; the whole NIK only for the verifier who compares it now."""
        person, on = self.review.application.person, asking.today(self.request)
        nik = people.nik_of(person.pk)
        doubts = people.nik_doubts(person, on=on) if self.is_mine else ()
        return facts.of_person(
            person,
            nik=shown.spaced(nik) if self.is_mine else shown.masked(nik),
            on=on,
            doubts=" ".join(words.reason(code) for code in doubts),
        )

    def _paper(self, row: SheetRow) -> Paper:
        code, ref = row.document.code, self.review.application.ref
        there = bool(row.document.sha256)
        shown_here = there and row.document.scan is not Scan.INFECTED
        count = min(row.document.pages or 1, PAGES_MAX) if shown_here else 0
        return Paper(
            row=row,
            href=reverse("office:document", args=[ref, code]) if there else "",
            pages=tuple(reverse("office:preview", args=[ref, code, n + 1]) for n in range(count)),
            grade=self.findings[f"nilai-{code}"],
            fault=self.findings[f"sebab-{code}"],
            note=self.findings[f"catatan-{code}"],
            group=row.group,
            before=_proposal(row.before) if row.before else None,
            letters=recommended.of(code, self.sheet.signed),
            is_scan_only=recommended.is_scan_only(row.document),
        )


def _matters(row: SheetRow, sheet: Sheet) -> bool:
    """Say whether a document stands on the sheet: put in, required, or to be judged all the same."""
    code = row.document.code
    there = bool(row.document.is_there or row.finding)
    return there or (row.document.required and not row.group) or code in sheet.unjudged


def _proposal(before: Before) -> Proposal:
    found = before.finding
    return Proposal(
        judgement=labels.JUDGEMENT[found.judgement],
        tone=JUDGEMENT_TONE[found.judgement],
        why=before.words or (labels.FAULT[found.fault] if found.fault else ""),
        note=found.note,
        round=before.round,
        told_at=before.told_at,
        grade=found.judgement.value,
        fault=found.reason or (found.fault.value if found.fault else ""),
    )


def _hint(said: Eligibility) -> Hint:
    return Hint(
        route=shown.route(said.route),
        verdict=VERDICT[said.verdict],
        tone=VERDICT_TONE[said.verdict],
        reasons=tuple(scheme_labels.reason(r) for r in (*said.unmet, *said.unknown)),
    )


def ended_as(answer: Answer) -> Round:
    """Return how a review ended, or would end, in words."""
    return Round(
        answer=answer,
        state=labels.STATE[answer.state],
        tone=shown.REVIEW_TONE[answer.state],
        corrections=tuple(
            (
                c.about if c.code else labels.TOPIC[Topic(c.about)],
                labels.fault(c),
                c.note,
            )
            for c in answer.corrections
        ),
        grounds=tuple(labels.GROUND[g] for g in answer.grounds),
    )


def _topics(form: Remarks) -> list[tuple[BoundField, BoundField]]:
    bound = list(form)
    return list(zip(bound[::2], bound[1::2], strict=True))
