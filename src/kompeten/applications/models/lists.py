"""Which rows hold the lines of a list, what is to be mended of them, and what the list was?"""

from django.db import models
from django.db.models import Q

from kompeten.applications.models.applications import Application, Collective
from kompeten.applications.terms.application import RepairState


class CollectiveRow(models.Model):
    """One person's line of a list, with its verdict; never changed.

    `name` is as written, for the officer who has to find the line again. `warnings` are codes of
    what somebody should look at though the line went on; None for lines from before they were kept.
    """

    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=80)
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    verdict = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    warnings = models.JSONField(null=True)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["collective", "sheet", "row"], name="collective_row_once"
            ),
        )
        indexes = (models.Index(fields=["collective", "verdict", "id"], name="rows_by_verdict"),)

    def __str__(self) -> str:
        return f"{self.collective_id} {self.sheet}!{self.row}"


class Repair(models.Model):
    """A line that waits to be mended; what was read from it is sealed, since it holds a NIK."""

    ref = models.CharField(max_length=10, unique=True)
    line = models.OneToOneField(CollectiveRow, on_delete=models.PROTECT, related_name="repair")
    state = models.CharField(max_length=16)
    entry_sealed = models.BinaryField()
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RepairState]), name="repair_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class ListFile(models.Model):
    """That a file lies in the store which somebody sent as a list, until a list has it or its day is over.

    Written before the file is.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.sha256


class ListHeading(models.Model):
    """What an organization says that a heading of its lists means, from then on, until it says otherwise.

    `heading` is the heading by its bare words; `field` is a field of `terms.Entry`, empty when the
    column is not needed.
    """

    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, related_name="+"
    )
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=32, blank=True)
    said_by_id = models.BigIntegerField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "heading"], name="list_heading_once_per_office"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id} {self.heading}"
