"""Which rows hold the papers of a decree under the body's electronic signature?"""

from django.db import models
from django.db.models import Q

from kompeten.certificates.terms import PaperState, SealedKind


class SealedPaper(models.Model):
    """A decree or its minutes, signed with the body's document key; made once and never changed.

    `source_sha256` is the paper as the director signed it, `sha256` the same with the signature.
    """

    decree = models.ForeignKey("decisions.Decree", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    source_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in SealedKind]), name="sealed_paper_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in PaperState]),
                name="paper_state_known",
            ),
            models.UniqueConstraint(fields=["decree", "kind"], name="sealed_paper_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.decree_id}"
