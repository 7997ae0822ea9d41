"""How do decree and minutes get the body's electronic signature? Behind the director's, one by one.

The decree and its digest are on record before (`decree.signed`); here the same paper is signed with
the body's document key, read back, kept, and only then handed out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.adapters import check, pades
from kompeten.certificates.chart import PAPER
from kompeten.certificates.models import SealedPaper
from kompeten.certificates.terms import PaperSealing, SealedKind
from kompeten.decisions import queries as decisions
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import SYSTEM
from kompeten.people import queries as people

if TYPE_CHECKING:
    from kompeten.decisions.models import Decree

PDF = "application/pdf"
TITLE = {SealedKind.DECREE: "Surat Keputusan", SealedKind.MINUTES: "Berita Acara Rapat Pleno"}


class PaperNotSealed(Exception):
    """Our own signature on a paper does not hold; the codes say how. Nothing was kept."""


def seal_papers(decrees: "Sequence[Decree]", *, at: datetime) -> None:
    """Sign the papers of signed decrees with the body's key; each is whole before the next begins.

    :raises PaperNotSealed: what was signed does not hold; it is tried again with the next ring
    :raises FileDamaged: the paper that the director signed was changed in the store
    """
    names = people.account_labels({d.signed_by_id or 0 for d in decrees})
    for decree in decrees:
        made = [
            _sealed(decree, kind, name=names.get(decree.signed_by_id or 0, ""), at=at)
            for kind in SealedKind
        ]
        with transaction.atomic():
            for paper in made:
                facts = PaperSealing(
                    decree=decree.number,
                    kind=paper.kind,
                    source=f"sha256:{paper.source_sha256}",
                    digest=f"sha256:{paper.sha256}",
                )
                ledger.enter(PAPER, paper, by=SYSTEM, at=at, facts=facts)


def _sealed(decree: "Decree", kind: SealedKind, *, name: str, at: datetime) -> SealedPaper:
    keys = queries.keys()
    signer = keys.signer
    found = (
        decisions.paper(decree) if kind is SealedKind.DECREE else decisions.minutes_paper(decree)
    )
    source = found or b""
    words = pades.Words(name, f"{TITLE[kind]} {decree.number}", "Jakarta")
    evidence = pades.Evidence(signer.chain, keys.crls)
    signed = pades.sign(source, signer=signer, words=words, at=at, evidence=evidence)
    flaws = check.paper_flaws(signed, source=source, certificate=signer.chain[0], at=at)
    if flaws:
        raise PaperNotSealed(f"{decree.number} {kind}: {', '.join(flaws)}")
    return SealedPaper(
        decree=decree,
        kind=kind.value,
        source_sha256=files.ref_of(source, media_type=PDF).sha256,
        sha256=files.put(signed, media_type=PDF).sha256,
        sealed_at=at,
    )
