"""Which rows hold the links to a certificate that its holder gave away?"""

from django.db import models
from django.db.models import F, Q

from kompeten.certificates.terms import ShareState


class ShareLink(models.Model):
    """One link to one certificate, for somebody whom the holder calls by `label`; theirs to end.

    The address holds a token of 128 bits, of which only the SHA-256 is kept here (`queries.token_of`).
    `looks` counts how often its page was opened. Moved by `chart.SHARE` only; an ended one stays.
    """

    ref = models.CharField(max_length=10, unique=True)
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80)
    state = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    looks = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ShareState]), name="share_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("opened_at")),
                name="share_ends_after_start",
            ),
        )
        indexes = (models.Index(fields=["certificate", "-id"], name="share_of_certificate"),)

    def __str__(self) -> str:
        return self.ref
