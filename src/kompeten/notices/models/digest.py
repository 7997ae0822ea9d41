"""Which rows say on which days the office was told what is late?"""

from django.db import models
from django.db.models import Q

from kompeten.notices.terms import DigestState


class Digest(models.Model):
    """What was new of promises on one working day, told to whom it concerns. One a day, never changed.

    `written_at` is the instant up to which promises were looked at; the next digest begins there.
    """

    on = models.DateField(unique=True)
    state = models.CharField(max_length=16)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DigestState]), name="digest_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.on.isoformat()
