"""Which rows hold what ties one person to another?"""

from django.db import models
from django.db.models import F, Q

from kompeten.impartiality.terms import TieKind


class Tie(models.Model):
    """`person` did something for, or stands close to, `candidate`. Written once, ended, never changed.

    `source` names the record it arose from (`training:ABC`), so that a repeated hand-over writes no
    second tie.
    """

    kind = models.CharField(max_length=16)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in TieKind]), name="tie_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="tie_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["candidate", "person", "kind", "source"], name="tie_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}-{self.candidate_id}"
