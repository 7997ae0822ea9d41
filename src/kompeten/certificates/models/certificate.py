"""Which rows hold certificates, on their way, in force and after?"""

from django.db import models
from django.db.models import Q

from kompeten.certificates.terms import Countersign, State


class Certificate(models.Model):
    """One certificate, issued from one granted decision; its number belongs to it for good.

    `content` is what was intended to be signed (`terms.Content` as JSON), frozen from then on by
    trigger too; the two files are kept by digest. `reasons` says why it was set aside, last time it
    was. A void one stays, and another is issued from its decision. `replaces` is the number of the
    one in whose place it is issued, with the `ground` in words, or empty. `status_list` and
    `status_index` are its place in the public status lists, given once; `leaf` is its place in the
    public log. `latest_sha256` is the sheet with what was appended since (time stamps, the national
    signature), or empty; `stamped_at` the instant that the newest stamp names. `countersign` says
    whether a national signature is due, and `countersign_reason` (a code) why it has not come yet.
    Moved by `chart.CERTIFICATE` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    number = models.CharField(max_length=80, unique=True)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    reserved_at = models.DateTimeField()
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=71, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    credential_sha256 = models.CharField(max_length=64, blank=True)
    qr = models.CharField(max_length=400, blank=True)
    signed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=list)
    replaces = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=400, blank=True)
    status_list = models.PositiveSmallIntegerField(null=True)
    status_index = models.PositiveIntegerField(null=True)
    leaf = models.BigIntegerField(null=True)
    latest_sha256 = models.CharField(max_length=64, blank=True)
    stamped_at = models.DateTimeField(null=True)
    countersign = models.CharField(max_length=8, blank=True)
    countersign_reason = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="certificate_state_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")),
                name="certificate_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=~Q(state=State.VOID.value) & Q(replaces=""),
                name="certificate_one_of_decision",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state=State.VOID.value) & ~Q(replaces=""),
                name="certificate_one_successor",
            ),
            models.CheckConstraint(
                condition=Q(countersign__in=[c.value for c in Countersign]),
                name="certificate_countersign_known",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="certificate_one_of_status_place"
            ),
        )
        indexes = (
            # Whose file is this? Asked of every file that is handed in to be checked.
            models.Index(fields=["pdf_sha256"], name="certificate_by_sheet"),
            models.Index(fields=["credential_sha256"], name="certificate_by_credential"),
            models.Index(fields=["state", "id"], name="certificate_by_state"),
            models.Index(
                fields=["id"],
                condition=Q(countersign="due"),
                name="certificate_to_countersign",
            ),
            models.Index(
                fields=["id"],
                condition=Q(stamped_at__isnull=True),
                name="certificate_to_stamp",
            ),
        )

    def __str__(self) -> str:
        return self.number
