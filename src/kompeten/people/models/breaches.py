"""Which rows hold failures to protect personal data, and whom they concern?"""

from django.db import models
from django.db.models import Q

from kompeten.people.models.persons import Person
from kompeten.people.terms import BreachState, ConcernedState


class Breach(models.Model):
    """A failure to protect personal data, as the law asks it to be kept; moved by `chart.BREACH` only.

    The clock of 3 × 24 hours runs from `noticed_at`. What it says is what the letters say.
    """

    ref = models.CharField(max_length=10, unique=True)
    state = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    noticed_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    disclosed = models.CharField(max_length=400)
    happened = models.CharField(max_length=1000)
    measures = models.CharField(max_length=1000)
    authority_told_at = models.DateTimeField(null=True)
    authority_number = models.CharField(max_length=80, blank=True)
    people_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in BreachState]), name="breach_state_known"
            ),
        )
        indexes = (models.Index(fields=["state", "noticed_at", "id"], name="breach_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Concerned(models.Model):
    """A person whose data a breach disclosed; moved by `chart.CONCERNED` only."""

    breach = models.ForeignKey(
        Breach, on_delete=models.PROTECT, related_name="concerned", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ConcernedState]),
                name="concerned_state_known",
            ),
            models.UniqueConstraint(fields=["breach", "person"], name="concerned_once"),
        )
        indexes = (models.Index(fields=["breach", "state", "id"], name="concerned_of_breach"),)

    def __str__(self) -> str:
        return f"{self.breach_id} {self.person_id}"
