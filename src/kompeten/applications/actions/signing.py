"""How does somebody who was asked recommend? They write a letter, ask for a code, and sign with it.

They have no account. That it is they is shown by a code at the address that was asked, or told by phone
by whoever asked; the record says which. Signed once, it never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.actions import coding, filing, scanning
from kompeten.applications.actions.coding import BY_LINK
from kompeten.applications.adapters import uploads
from kompeten.applications.chart import RECOMMENDATION, REFEREE
from kompeten.applications.models import Recommendation, Referee
from kompeten.applications.queries.recommending import SAID_COLUMN
from kompeten.applications.rules import recommending as rules
from kompeten.applications.terms.application import UploadRefused
from kompeten.applications.terms.recommending import (
    SENTENCE_VERSION,
    Confirmed,
    Declined,
    Given,
    Letter,
    RecommendationState,
    Signatory,
    Signed,
)
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.impartiality import actions as impartiality
from kompeten.impartiality.terms import TieKind
from kompeten.kernel import canonical, digest
from kompeten.schemes.terms import Recommender


@dataclass(frozen=True, slots=True)
class Paper:
    """The scan of a letter: for which requirement, how it was called, what of it is kept."""

    code: str
    name: str
    kept: uploads.Kept
    is_scanned: bool


def sign(
    referee: Referee, code: str, *, read: str, at: datetime, scan: filing.Upload | None = None
) -> list[Recommendation]:
    """Sign what was written; return what was answered. `scan` is the letter on paper, for who has one.

    `read` is the digest of the letter that the signatory has before them: whoever asked holds the link,
    too, and could write another one while the signatory looks for the code.

    :raises CodeRefused: it is not the code; the last wrong one closes the link
    :raises UploadRefused: the scan is not what the requirement asks; the code may be typed again
    :raises StepRefused: `recommendation.code_over`; `letter.*`, `letter.changed` among them;
        `recommendation.own_account`: the applicant themselves; `step.not_open`: nothing is written
    :raises StaleRecord: another click answered one of them at this moment; then this one answers none
    """
    letter, signatory = _confirmed(referee, code, read=read, at=at)
    asked = [r for r in queries.asked_of(referee) if r.application.ref in letter.about]
    if len(asked) != len(letter.about):
        if queries.is_answered(referee, letter.about):
            raise StaleRecord(f"referee {referee.pk} has answered at this moment")
        raise StepRefused("letter.about_others", step="give")
    persons = _persons(letter, signatory)
    if not persons.isdisjoint(r.application.person_id for r in asked):
        raise StepRefused("recommendation.own_account", step="give")
    paper = _scan(asked, scan, at=at) if scan is not None and letter.recommends else None
    with transaction.atomic():
        confirmed = Confirmed.MAIL_CODE if signatory.email else Confirmed.TOLD_CODE
        _answer(asked, letter, signatory.address, confirmed, paper, at=at)
        _tie(asked, persons, at=at)
        _attach(asked, paper, at=at)
        _use_up(referee, at=at)
    return asked


def _confirmed(referee: Referee, code: str, *, read: str, at: datetime) -> tuple[Letter, Signatory]:
    """Return what is signed and by whom, once the code was the right one; raises as `sign` says."""
    letter, signatory = queries.letter(referee), queries.signatory(referee)
    if letter is None:
        raise StepRefused("step.not_open", step="give")
    if read != queries.letter_digest(referee):
        raise StepRefused("letter.changed", step="give")
    if signatory.email and not rules.holds(referee.coded_at, at=at):
        raise StepRefused("recommendation.code_over", step="give")
    expected = queries.mailed_code(referee) if signatory.email else queries.told_code(referee.ref)
    coding.check(referee, code, expected, at=at)
    if reasons := rules.letter_reasons(letter, on=rules.latest_day(at)):
        raise StepRefused(*reasons, step="give")
    return letter, signatory


def _answer(
    asked: Sequence[Recommendation],
    letter: Letter,
    address: str,
    confirmed: Confirmed,
    paper: Paper | None,
    *,
    at: datetime,
) -> None:
    """Write what was signed on each row, then move them; of two who sign at once one moves none."""
    ledger.claim(asked)
    scan = uploads.digest(paper.kept.content) if paper is not None else ""
    for row in asked:
        signed = _signed(row, letter, address, confirmed, scan, at=at)
        text = canonical.dumps(signed).decode()
        row.digest, row.confirmed, row.settled_at = digest.of(signed), confirmed.value, at
        row.said_sealed = privacy.seal(text, column=SAID_COLUMN, row=row.ref)
    fields = ["digest", "confirmed", "settled_at", "said_sealed"]
    Recommendation.objects.bulk_update(asked, fields)
    if letter.recommends:
        ledger.take_many(
            RECOMMENDATION,
            "give",
            asked,
            by=BY_LINK,
            at=at,
            facts=lambda r: Given(r.digest, confirmed, bool(scan)),
        )
    else:
        ledger.take_many(
            RECOMMENDATION,
            "decline",
            asked,
            by=BY_LINK,
            at=at,
            facts=lambda r: Declined(r.digest, confirmed),
        )


def _signed(
    row: Recommendation,
    letter: Letter,
    address: str,
    confirmed: Confirmed,
    scan: str,
    *,
    at: datetime,
) -> Signed:
    application = row.application
    return Signed(
        application=application.ref,
        scheme=application.scheme_code,
        route=application.route,
        kind=Recommender(row.kind),
        recommends=letter.recommends,
        sentence=SENTENCE_VERSION,
        number=letter.number,
        dated_on=letter.dated_on,
        name=letter.name,
        post=letter.post,
        office=letter.office,
        capacity=letter.capacity,
        known_since=letter.known_since,
        words=letter.words.strip(),
        asked=address,
        confirmed=confirmed,
        signed_at=at,
        scan=scan,
    )


def _persons(letter: Letter, signatory: Signatory) -> set[int]:
    """Return who of the people known here has signed: by their account's address, or as they say."""
    found = {letter.account_person, queries.signatory_person(signatory)}
    return {key for key in found if key is not None}


def _tie(asked: Sequence[Recommendation], persons: set[int], *, at: datetime) -> None:
    """Let nobody who has recommended, or would not, verify, examine or decide on the same people."""
    for row in asked:
        impartiality.tie_many(
            TieKind.RECOMMENDED,
            [(person, row.application.person_id) for person in persons],
            since=timezone.localdate(at),
            source=f"recommendation:{row.ref}",
        )


def _scan(asked: Sequence[Recommendation], scan: filing.Upload, *, at: datetime) -> Paper:
    """Return what may be kept of the scan; one in which a scanner finds something is set aside.

    :raises UploadRefused: `document.*`
    """
    if not queries.takes_scan(asked):
        raise UploadRefused("document.too_late")
    first, (name, content) = asked[0], scan
    code = rules.DOCUMENT[Recommender(first.kind)]
    kind = queries.document_kinds(first.application)[code]
    media_type = uploads.inspect(content, kind=kind)
    told = scanning.scan_all({code: content})
    if code in told and told[code].found:
        infected = {code: (name, content, media_type)}
        scanning.set_aside(first.application, infected, told, by=BY_LINK, at=at)
        raise UploadRefused("document.infected")
    kept = uploads.cleaned(content, media_type=media_type, kind=kind)
    return Paper(code, name, kept, is_scanned=code in told)


def _attach(asked: Sequence[Recommendation], paper: Paper | None, *, at: datetime) -> None:
    """Put the scan beside the requirement of each application, in place of one that was there."""
    if paper is None:
        return
    for row in asked:
        document = filing.document_of(
            row.application, paper.code, paper.name, paper.kept, is_scanned=paper.is_scanned, at=at
        )
        filing.put_in(row.application, [document], by=BY_LINK, at=at)


def _use_up(referee: Referee, *, at: datetime) -> None:
    """Let the link lead nowhere once everybody was answered; else it waits for the rest, and another code.

    The codes that have signed bar no other one: who signs one letter each takes as many as there are.
    Whose application takes no answer any more is among the rest: what was asked of them lapses with the link.
    """
    also: dict[str, Any] = {"letter_sealed": b"", "mail_due_at": None, "tries": 0}
    also["codes_signed"] = F("codes")
    if referee.recommendations.filter(state=RecommendationState.ASKED.value).exists():
        Referee.objects.filter(pk=referee.pk).update(**also, coded_at=None)
    else:
        ledger.take(REFEREE, "use", referee, by=BY_LINK, at=at, also=also)
