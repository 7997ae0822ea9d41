"""How does a verifier note what each document is worth?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.verification import queries
from kompeten.verification.chart import REVIEW
from kompeten.verification.models import Review
from kompeten.verification.rules import documents
from kompeten.verification.terms import Finding, Noting


def note(review: Review, judged: Sequence[Finding], *, by: Actor, at: datetime) -> Event:
    """Keep findings on documents; one on the same document as before takes its place.

    `Finding.file` need not be given: it is the file pinned at the claim.

    A claim that is worked on runs on.

    :raises StepRefused: `review.not_yours`, or `finding.*`; then none of them is kept
    """
    require_own(review, by, step="note")
    asked = queries.asked([review])[review.pk]
    fresh = [replace(f, note=f.note.strip(), file=review.files.get(f.document, "")) for f in judged]
    given = queries.reasons_given(f.reason for f in fresh)
    reasons = {r for f in fresh for r in documents.finding_reasons(f, asked=asked.codes)}
    reasons |= {r for f in fresh for r in documents.given_reasons(f, given)}
    if reasons:
        raise StepRefused(*sorted(reasons), step="note")
    with transaction.atomic():
        # Two tabs of one verifier: each adds to what the other has noted.
        held = Review.objects.select_for_update().get(pk=review.pk)
        review.findings = held.findings
        kept = documents.merged(queries.findings(review), fresh, order=asked.codes)
        whole = replace(queries.record(review), findings=tuple(kept))
        also: dict[str, Any] = {"findings": plain(kept), "digest": documents.seal(whole)}
        also["lapses_at"] = claim_ends(at)
        facts = Noting(dict(documents.noted(fresh)))
        return ledger.take(REVIEW, "note", review, by=by, at=at, facts=facts, also=also)


def claim_ends(at: datetime) -> datetime:
    """Return when a claim runs out that was last touched at `at`."""
    return at + timedelta(hours=settings.OPTIONS.claim_hours)


def require_own(review: Review, by: Actor, *, step: str) -> None:
    """Let nobody work on another's review.

    :raises StepRefused: `review.not_yours`
    """
    if review.verifier_id != by.account_id:
        raise StepRefused("review.not_yours", step=step)
