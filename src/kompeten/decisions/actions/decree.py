"""How does a decree become paper and law of the house? The director signs it."""

from datetime import datetime

from django.utils import timezone

from kompeten.decisions import queries
from kompeten.decisions.adapters import papers
from kompeten.decisions.chart import DECREE
from kompeten.decisions.models import Decree
from kompeten.decisions.terms import PaperKind, Releasing, Signing
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import lettering, widths
from kompeten.kernel.actors import Actor

PDF = "application/pdf"


def sign(decree: Decree, *, place: str, by: Actor, at: datetime) -> None:
    """Sign the decree: it and the minutes are set and kept, and certificates may be issued from it.

    :raises StepRefused: `role.not_held`; it was signed before; `decree.unprintable`: a name or the
        place, told after the colon, holds what no paper could show; `decree.signatory_long`: the name
        to sign under has no room on certificates; then nothing is signed
    """
    if word := lettering.too_broad(by.label, widths.SIGNATORY):
        raise StepRefused(f"decree.signatory_long:{word}", step="sign")
    on = timezone.localdate(at)
    facts = queries.decree_facts(decree, place=place, on=on, signatory=by.label)
    if unfit := queries.unprintable(facts):
        raise StepRefused(*(f"decree.unprintable:{text}" for text in unfit), step="sign")
    paper = files.put(papers.decree(facts, at=at), media_type=PDF).sha256
    minutes = files.put(queries.minutes_paper(decree), media_type=PDF).sha256
    signing = Signing(digest=f"sha256:{paper}", on=on, minutes=f"sha256:{minutes}")
    also = {
        "signed_at": at,
        "signed_by_id": by.account_id,
        "sha256": paper,
        "minutes_sha256": minutes,
    }
    ledger.take(DECREE, "sign", decree, by=by, at=at, facts=signing, also=also)


def release(
    decree: Decree, *, kind: PaperKind, rows: int, digest: str, by: Actor, at: datetime
) -> None:
    """Write down that a list of those in the decree leaves the house: which, how many, what bytes.

    :raises StepRefused: `role.not_held`; the decree is not signed
    """
    facts = Releasing(kind=kind.value, rows=rows, digest=digest)
    ledger.take(DECREE, "release", decree, by=by, at=at, facts=facts)
