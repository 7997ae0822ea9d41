"""Which rows tell why a certificate in force is suspended or withdrawn?"""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from kompeten.certificates.terms import SuspensionCause, WithdrawalCause


class Suspension(models.Model):
    """One period `[starts_at, ends_at)` in which a certificate does not hold; `ended_at` if it was lifted before.

    Periods of one certificate never overlap, by trigger too: nobody can say twice why it does not
    hold on a day. `note` is for staff and for the holder, never for the public page. Written by
    `actions.life` only; once it is over it stays as it is.
    """

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    cause = models.CharField(max_length=32)
    note = models.CharField(max_length=400)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(cause__in=[c.value for c in SuspensionCause]),
                name="suspension_cause_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="suspension_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at")),
                name="suspension_lifted_after_start",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(ended_at__isnull=True),
                name="suspension_one_open",
            ),
        )
        indexes = (models.Index(fields=["ended_at", "ends_at"], name="suspension_by_end"),)

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.cause} {localdate(self.starts_at)}"


class Withdrawal(models.Model):
    """Why one certificate was withdrawn. Never changed; a reinstatement is a certificate of its own."""

    certificate = models.OneToOneField(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    cause = models.CharField(max_length=32)
    note = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(cause__in=[c.value for c in WithdrawalCause]),
                name="withdrawal_cause_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.cause}"
