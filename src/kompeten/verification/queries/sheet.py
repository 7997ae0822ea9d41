"""What does a verifier see of one review, and an applicant of how it ended?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.applications import queries as applications
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import (
    DocumentRules,
    Eligibility,
    Recommender,
    Route,
    SchemeContent,
)
from kompeten.verification.models import COUNTED, Review
from kompeten.verification.queries.inbox import day
from kompeten.verification.queries.reasons import reasons, reasons_given
from kompeten.verification.queries.reviews import by_ids, differing, findings, record, remarks
from kompeten.verification.rules import documents, hints, looks
from kompeten.verification.rules.reasons import fitting
from kompeten.verification.terms import (
    FAULTS,
    UNANSWERED,
    Answer,
    Before,
    Correction,
    Disagreement,
    Finding,
    Ground,
    Judgement,
    ReasonRow,
    Sheet,
    SheetRow,
    State,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application


def sheet(review: Review, *, at: datetime, language: str = "id") -> Sheet:
    """Return all that a verifier's page shows of one review; `review` is from `own` or `seen`.

    Five queries, one more where an earlier round gave reasons of the list.
    """
    application = review.application
    said = schemes.content(application.scheme_version_id)
    asked = said.routes[Route(application.route)].documents
    judged, on = findings(review), timezone.localdate(at)
    ended = _ended(application)
    given = _given(ended)
    letters = applications.signed(application)
    signed = {letter.kind for letter in letters if letter.recommends}
    return Sheet(
        rows=_sheet_rows(
            review, asked, judged, _before(review, ended, given, language), language=language
        ),
        eligibility=eligibility(application, on=on, signed=signed),
        signed=tuple(letters),
        unjudged=documents.unjudged(asked, judged, files=review.files),
        unmet=documents.unmet(asked, judged),
        earlier=tuple(_answer(r, said, given, language) for r in ended),
        correct_by_on=documents.correct_by(
            day(application, at=at), days=said.candidate_days.correction
        ),
    )


def eligibility(
    application: "Application", *, on: date, signed: Collection[Recommender] | None = None
) -> Eligibility:
    """Return what the application's route says to what is stated: a hint, never a decision."""
    return routes(application, on=on, signed=signed)[Route(application.route)]


def routes(
    application: "Application", *, on: date, signed: Collection[Recommender] | None = None
) -> dict[Route, Eligibility]:
    """Return what each route of the pinned version says to what is stated: hints, never decisions.

    `signed` are those who have recommended by a signature; asked for with one query where not given.
    """
    by = applications.signed_kinds(application) if signed is None else signed
    known = hints.facts(application.statement, born_on=application.person.birth_on, signed=by)
    return schemes.eligible(application.scheme_version_id, known, on=on)


def asked(reviews: Sequence[Review]) -> dict[int, DocumentRules]:
    """Return which documents each review's application is asked for, by key. At most one query."""
    return {
        r.pk: content.routes[Route(r.application.route)].documents
        for r, content in zip(reviews, said(reviews).values(), strict=True)
    }


def said(reviews: Sequence[Review]) -> dict[int, SchemeContent]:
    """Return what the scheme version says that each review's application is pinned to. At most one query."""
    contents = schemes.contents(r.application.scheme_version_id for r in reviews)
    return {r.pk: contents[r.application.scheme_version_id] for r in reviews}


def kinds(review: Review, *, language: str = "id") -> list[tuple[str, str]]:
    """Return code and title of the documents asked for on the review's route. At most one query."""
    content = said([review])[review.pk]
    codes = content.routes[Route(review.application.route)].documents.codes
    return [(code, content.document(code).title.of(language)) for code in codes]


def lists_of(reviews: Iterable[Review]) -> dict[int, str]:
    """Return the references of the collective lists that reviews belong to, by key. One query."""
    keys = {r.application.collective_id for r in reviews if r.application.collective_id}
    return applications.list_refs(keys) if keys else {}


def answers(application: "Application", *, language: str = "id") -> tuple[Answer, ...]:
    """Return how the reviews of the application ended, the newest first. One query."""
    said = schemes.content(application.scheme_version_id)
    return _answers([(review, said) for review in _ended(application)], language)


def answer(application: "Application", *, language: str = "id") -> Answer | None:
    """Return the newest answer, which says what to mend when the application was returned."""
    return next(iter(answers(application, language=language)), None)


def newest_answers(application_ids: Iterable[int], *, language: str = "id") -> dict[int, Answer]:
    """Return the newest answer to each of these applications, by key. At most three queries."""
    ended = Review.objects.filter(application__in=list(application_ids), state__in=COUNTED)
    newest = {r.application_id: r for r in ended.select_related("application").order_by("round")}
    contents = said(list(newest.values()))
    told = _answers([(r, contents[r.pk]) for r in newest.values()], language)
    return dict(zip(newest, told, strict=True))


def disagreements(language: str = "id") -> list[Disagreement]:
    """Return the pairs of reviews that wait for the head, the oldest case first. At most three queries."""
    seconds = list(differing().select_related("application__person"))
    firsts, contents = by_ids(r.first_id for r in seconds), said(seconds)
    return [_apart(firsts[r.first_id or 0], r, contents[r.pk], language) for r in seconds]


def _apart(first: Review, second: Review, said: SchemeContent, language: str) -> Disagreement:
    answers = (State(first.answer), State(second.answer))
    codes = looks.differences(record(first), record(second), answers=answers)
    titles = {d.code: d.title.of(language) for d in said.documents}
    application, told = second.application, _answers([(first, said), (second, said)], language)
    return Disagreement(
        ref=second.ref,
        application_ref=application.ref,
        person_id=application.person_id,
        name=application.person.name,
        scheme_code=application.scheme_code,
        submitted_at=second.submitted_at,
        verifiers=(first.verifier_id, second.verifier_id),
        answers=(told[0], told[1]),
        about=tuple(titles.get(code, code) for code in codes if code != "answer"),
    )


def _ended(application: "Application") -> list[Review]:
    """Return the reviews of the application that were answered, the newest first. One query."""
    ended = Review.objects.filter(application=application, state__in=COUNTED)
    return list(ended.select_related("application").order_by("-round"))


def _given(reviews: Iterable[Review]) -> dict[str, ReasonRow]:
    """Return the maintained reasons that reviews gave. One query where there are any."""
    return reasons_given(f.reason for review in reviews for f in findings(review))


def _before(
    review: Review, ended: Sequence[Review], given: Mapping[str, ReasonRow], language: str
) -> dict[str, Before]:
    """Return what was found last of each file that has not changed since, by document.

    Whoever looks a second time looks for themselves: to them nothing is proposed.
    """
    found: dict[str, Before] = {}
    if review.first_id is not None:
        return found
    for earlier in reversed([r for r in ended if r.round < review.round]):
        for f in documents.unchanged(findings(earlier), review.files):
            words = given[f.reason].of(language) if f.reason in given else ""
            told_at = earlier.closed_at or earlier.opened_at
            found[f.document] = Before(f, earlier.round, told_at, words)
    return found


def _sheet_rows(
    review: Review,
    rules: DocumentRules,
    judged: Sequence[Finding],
    before: Mapping[str, Before],
    *,
    language: str,
) -> tuple[SheetRow, ...]:
    by_document, listed = {f.document: f for f in judged}, reasons()
    group_of = {code: name for name, codes in rules.one_of.items() for code in codes}
    return tuple(
        SheetRow(
            document=row,
            finding=by_document.get(row.code),
            group=group_of.get(row.code, ""),
            faults=FAULTS[Judgement.NOT_MET if row.code in review.files else Judgement.ABSENT],
            reasons=fitting(listed, row.code) if row.code in review.files else (),
            before=before.get(row.code),
        )
        for row in applications.documents(review.application, language=language)
    )


def _answers(
    reviews: "Sequence[tuple[Review, SchemeContent]]", language: str
) -> tuple[Answer, ...]:
    """Return how reviews ended, in the words they were given. One query where such words were given."""
    given = _given(review for review, _ in reviews)
    return tuple(_answer(review, said, given, language) for review, said in reviews)


def _answer(
    review: Review, said: SchemeContent, given: Mapping[str, ReasonRow], language: str
) -> Answer:
    asked = said.routes[Route(review.application.route)].documents
    state = State(review.state)
    if state in UNANSWERED and review.answer:
        state = State(review.answer)
    returned = state == State.RETURNED
    mend = documents.to_mend(asked, findings(review)) if returned else ()
    corrections = [
        Correction(
            f.document,
            said.document(f.document).title.of(language),
            f.fault,
            f.note,
            given[f.reason].of(language) if f.reason in given else "",
        )
        for f in mend
        if f.fault
    ]
    corrections += [Correction("", r.topic, r.fault, r.note) for r in remarks(review)]
    return Answer(
        ref=review.ref,
        state=state,
        round=review.round,
        closed_at=review.closed_at or review.opened_at,
        corrections=tuple(corrections),
        until=review.correct_by_on,
        grounds=tuple(Ground(g) for g in review.grounds),
        note=review.note,
    )
