"""Which rows may anybody see?"""

from django.db import models
from django.db.models import F, Q


class Entry(models.Model):
    """The public projection of one published certificate: no NIK, no birth date, no address.

    Written by the follower of the certificates' room only, and rebuilt from it at any time.
    """

    certificate = models.OneToOneField(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    ref = models.CharField(max_length=10, unique=True)
    number = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=240)
    profession = models.CharField(max_length=32)
    level = models.CharField(max_length=32, blank=True)
    scheme_code = models.CharField(max_length=64)
    province_code = models.CharField(max_length=2, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="entry_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["province_code", "scheme_code"], name="entry_by_place"),)

    def __str__(self) -> str:
        return self.number
