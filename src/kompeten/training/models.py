"""Which rows hold preparation sessions, their trainers and their lists?"""

from django.db import models
from django.db.models import F, Q

from kompeten.training.terms import LIVE, EnrolmentState, State, Zone


class Session(models.Model):
    """One preparation session. `taken` counts live places; the database keeps it within `quota`."""

    ref = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    quota = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="session_state_known"
            ),
            models.CheckConstraint(
                condition=Q(zone__in=[z.value for z in Zone]), name="session_zone_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("quota")), name="session_within_quota"),
        )
        indexes = (models.Index(fields=["starts_at", "id"], name="session_calendar"),)

    def __str__(self) -> str:
        return self.ref


class Trainer(models.Model):
    """A person who teaches in a session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "person"], name="trainer_once_per_session"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


class Enrolment(models.Model):
    """A candidate's place in a session; moved by `chart.ENROLMENT` only."""

    ref = models.CharField(max_length=10, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="enrolments")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=16)
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in EnrolmentState]),
                name="enrolment_state_known",
            ),
            # Nobody has two places, nor a place after having attended.
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[s.value for s in LIVE]),
                name="enrolment_one_live",
            ),
        )
        indexes = (models.Index(fields=["session", "state", "id"], name="enrolment_list"),)

    def __str__(self) -> str:
        return self.ref
