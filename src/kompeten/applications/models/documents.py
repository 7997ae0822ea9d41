"""Which rows hold the documents of an application, there and on their way?"""

from django.db import models
from django.db.models import Q

from kompeten.applications.models.applications import Application
from kompeten.applications.terms.application import Scan


class Document(models.Model):
    """A file put in for one requirement; a newer one replaces it and the older one stays on record.

    `sha256` and `size` are of what is kept, `sent_sha256` is of what came (empty for files from before
    it was told apart). `pages` is None where nobody has counted them. `scan` is what a scanner for
    malware says of it, `found` its name of what it found; an infected file is in quarantine and given
    to nobody.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    code = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=64)
    label = models.CharField(max_length=120)
    attached_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    sent_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    pages = models.PositiveSmallIntegerField(null=True)
    scan = models.CharField(
        max_length=16, default=Scan.NOT_SCANNED.value, db_default=Scan.NOT_SCANNED.value
    )
    found = models.CharField(max_length=120, blank=True, db_default="")
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(scan__in=[s.value for s in Scan]), name="document_scan_known"
            ),
            models.UniqueConstraint(
                fields=["application", "code"],
                condition=Q(replaced_at__isnull=True),
                name="document_one_present_per_code",
            ),
        )
        indexes = (
            models.Index(
                fields=["scanned_at", "id"],
                condition=Q(scan=Scan.NOT_SCANNED.value, replaced_at__isnull=True),
                name="documents_to_scan",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}"


class Transfer(models.Model):
    """A document on its way here, part by part; nobody's document before the last part has come.

    `sha256` is of the whole file as its sender has it, and names it: the same file for the same
    requirement is one transfer, begun once. `received` are the bytes that are here without a gap.
    `arrived_as` is the digest of the document that it became, which need not be `sha256`.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=64)
    by_id = models.BigIntegerField()
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True)
    arrived_as = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["application", "code", "sha256"], name="transfer_file_once"
            ),
        )
        indexes = (models.Index(fields=["by_id"], name="transfer_of_sender"),)

    def __str__(self) -> str:
        return self.ref


class TransferPart(models.Model):
    """Some bytes of a transfer, from `start` on; `sha256` is where the store keeps them."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["transfer", "start"], name="transfer_part_once"),
        )

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.start}"
