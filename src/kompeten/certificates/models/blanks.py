"""Which rows hold the numbered sheets of security paper that certificates are printed on?"""

from django.db import models
from django.db.models import F, Q

from kompeten.certificates.terms import BlankState


class BlankDelivery(models.Model):
    """A range of blanks that came from the printer: all numbers from `first` to `last`, never changed."""

    ref = models.CharField(max_length=10, unique=True)
    prefix = models.CharField(max_length=20, blank=True)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    digits = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    received_by_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="blank_delivery_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}-{self.last}"


class Blank(models.Model):
    """One sheet of security paper with its printed number; used once, and what is spoiled stays on record.

    Moved by `chart.BLANK` only. `serial` is what stands on the sheet. A void one keeps the
    certificate it was spoiled for, if it was issued to one.
    """

    delivery = models.ForeignKey(BlankDelivery, on_delete=models.PROTECT, related_name="blanks")
    serial = models.CharField(max_length=40, unique=True)
    number = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16)
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, null=True, related_name="blanks"
    )
    issued_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in BlankState]), name="blank_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=BlankState.ISSUED.value)
                | Q(certificate__isnull=False, issued_at__isnull=False),
                name="blank_issued_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=BlankState.VOID.value)
                | (Q(voided_at__isnull=False) & ~Q(reason="")),
                name="blank_void_with_reason",
            ),
            models.UniqueConstraint(fields=["delivery", "number"], name="blank_number_once"),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state=BlankState.ISSUED.value),
                name="blank_one_live_per_certificate",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="blank_by_state"),)

    def __str__(self) -> str:
        return self.serial
