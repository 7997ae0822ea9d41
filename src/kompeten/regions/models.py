"""Which rows hold the regions?"""

from django.db import models
from django.db.models import F, Q

from kompeten.regions.terms import RegionKind


class Region(models.Model):
    """A province, regency or city, by the code of Home Affairs; changed by migrations only.

    It stands under this code and name in `[valid_from, valid_until)`; a code that a decree has
    ended stays, since old identity numbers and letters still name it.
    """

    code = models.CharField(max_length=5, primary_key=True)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    timezone = models.CharField(max_length=32)
    province_code = models.CharField(max_length=2, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RegionKind]), name="region_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="region_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return self.code
