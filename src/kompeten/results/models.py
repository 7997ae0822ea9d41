"""Which rows hold sealed results?"""

from django.db import models
from django.db.models import Q

from kompeten.results.terms import State


class Sheet(models.Model):
    """What all means of one application say together; sealed by the digest of its canonical content.

    Nothing but `state` ever changes, by trigger too; a correction is a new sheet.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    competent = models.BooleanField()
    content = models.JSONField()
    digest = models.CharField(max_length=71)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="sheet_state_known"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="sealed"), name="sheet_one_in_force"
            ),
        )

    def __str__(self) -> str:
        return self.ref
