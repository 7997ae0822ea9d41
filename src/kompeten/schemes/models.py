"""Which rows hold the schemes and their versions?"""

from django.db import models
from django.db.models import F, Q

from kompeten.schemes.chart import CHART


class Scheme(models.Model):
    """A scheme through all its versions; `code` is the name that files and later rooms use."""

    code = models.CharField(max_length=48, unique=True)

    def __str__(self) -> str:
        return self.code


class SchemeVersion(models.Model):
    """What a scheme says from a day on. Drafted by an admin; once published, frozen by trigger too.

    `content` is the plain form of `SchemeContent` and `digest` that of its canonical bytes.
    Applications can be made while `in_force_from <= day < in_force_until`; several versions of
    one scheme may be in force, since each application keeps the one it was made under.
    """

    ref = models.CharField(max_length=10, unique=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)
    content = models.JSONField()
    digest = models.CharField(max_length=71)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=CHART.states), name="scheme_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gt=F("in_force_from")),
                name="scheme_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="scheme_version_published_at",
            ),
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_number"),
        )

    def __str__(self) -> str:
        return f"{self.scheme_id}:{self.number}"
