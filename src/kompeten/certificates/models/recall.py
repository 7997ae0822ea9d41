"""Which rows hold recalls: many certificates withdrawn at once, for one reason?"""

from django.db import models
from django.db.models import Q

from kompeten.certificates.terms import RecallState, WithdrawalCause


class Recall(models.Model):
    """One proposal to withdraw every certificate that meets a wish; moved by `chart.RECALL` only.

    `wish` is what was asked for (`terms.RecallWish` as JSON); what it met is fixed in the lines when
    it is proposed, so that what is approved is what was looked at. `note` says on what it rests.
    """

    ref = models.CharField(max_length=10, unique=True)
    state = models.CharField(max_length=16)
    cause = models.CharField(max_length=32)
    note = models.CharField(max_length=400)
    wish = models.JSONField()
    proposed_by_id = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RecallState]), name="recall_state_known"
            ),
            models.CheckConstraint(
                condition=Q(cause__in=[c.value for c in WithdrawalCause]),
                name="recall_cause_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.cause}"


class RecallLine(models.Model):
    """One certificate that a recall names, and what came of it once the recall was carried out.

    `withdrawn` is the certificate that was taken back: the one named, or the one that took its
    place meanwhile.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="lines")
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    settled = models.BooleanField(default=False)
    withdrawn = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "certificate"], name="recall_line_once"),
        )
        indexes = (models.Index(fields=["recall", "settled"], name="recall_line_waiting"),)

    def __str__(self) -> str:
        return f"{self.recall_id} {self.certificate_id}"
