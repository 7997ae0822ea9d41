"""Which papers of decrees bear the body's electronic signature, and which wait for it?"""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kompeten.certificates.models import SealedPaper
from kompeten.certificates.terms import SealedKind
from kompeten.decisions import queries as decisions
from kompeten.foundation import files

if TYPE_CHECKING:
    from kompeten.decisions.models import Decree


def to_seal() -> "QuerySet[Decree]":
    """Return signed decrees whose papers do not bear the body's signature yet, the oldest first."""
    # The minutes come last: a decree that has them sealed has both.
    done = SealedPaper.objects.filter(kind=SealedKind.MINUTES).values("decree_id")
    return decisions.signed().exclude(pk__in=done)


def sealed_paper(decree: "Decree", kind: SealedKind) -> bytes | None:
    """Return a paper of a decree: with the body's signature, or as signed by hand; None before that.

    :raises FileDamaged: the stored bytes were changed
    """
    found = SealedPaper.objects.filter(decree=decree, kind=kind).first()
    if found is not None:
        return files.read(found.sha256)
    return decisions.paper(decree) if kind is SealedKind.DECREE else decisions.minutes_paper(decree)


def is_sealed(decree: "Decree") -> bool:
    """Say whether the decree's paper bears the body's electronic signature. One query."""
    return SealedPaper.objects.filter(decree=decree, kind=SealedKind.DECREE).exists()
