"""Which rows hold dossiers, what was written in them, and how they were read?

Keys without an index of their own stand first in a composite one, or are never searched by.
"""

from django.db import models
from django.db.models import Q

from kompeten.portfolios.terms.dossier import DossierState
from kompeten.portfolios.terms.reading import LIVE, ReadingState


class Dossier(models.Model):
    """A candidate's curriculum vitae and self-description, bound to the instruments of one version.

    Moved by `chart.DOSSIER` only. `round` counts the times it is written for: a return begins the
    next one, and what readers saw in the round before stays as it was. `readers` is how many the
    scheme asks for; `digest` is that of all that was last handed in.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.OneToOneField(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    self_description = models.CharField(max_length=64)
    curriculum_vitae = models.CharField(max_length=64)
    readers = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16)
    round = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    digest = models.CharField(max_length=71, blank=True)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DossierState]), name="dossier_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DossierState.DRAFT.value) | Q(handed_in_at__isnull=False),
                name="dossier_handed_in_at",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="dossier_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Answer(models.Model):
    """One item's answer in one round. A round holds only what was written in it; the latest speaks."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    round = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    words = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["dossier", "round", "item"], name="answer_once_a_round"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.item}"


class VitaePart(models.Model):
    """One part of the curriculum vitae in one round: a list of entries, field codes and text."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    round = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=64)
    entries = models.JSONField(default=list)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dossier", "round", "part"], name="part_once_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.part}"


class Reading(models.Model):
    """One assessor's reading of one round: a mark for each item, or null for a blank answer.

    Moved by `chart.READING` only, and kept by trigger once it is no longer open. `returns` are the
    reasons by which the dossier was sent back, by item or part.
    """

    ref = models.CharField(max_length=10, unique=True)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="readings", db_index=False
    )
    assessor = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    round = models.PositiveSmallIntegerField()
    third = models.BooleanField(default=False)
    state = models.CharField(max_length=16)
    marks = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    returns = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    points = models.PositiveIntegerField(null=True)
    out_of = models.PositiveIntegerField(null=True)
    competent = models.BooleanField(null=True)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ReadingState]), name="reading_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReadingState.HANDED_IN.value)
                | Q(points__isnull=False, out_of__isnull=False, competent__isnull=False),
                name="reading_handed_in_with_points",
            ),
            models.UniqueConstraint(
                fields=["dossier", "round", "assessor"],
                condition=Q(state__in=[s.value for s in LIVE]),
                name="reading_one_per_reader",
            ),
        )
        indexes = (
            models.Index(fields=["assessor", "state", "due_on", "id"], name="reading_desk"),
            models.Index(fields=["dossier", "round", "state"], name="reading_of_round"),
        )

    def __str__(self) -> str:
        return self.ref


class Assessment(models.Model):
    """What a dossier came to: sealed once, never changed, by trigger too.

    `content` is what the digest is taken of: instruments, the digest of what was read, each
    reading's marks, settled marks and points by domain. Points are in parts of a mark, so that
    `points` of `out_of` is exact.
    """

    application = models.OneToOneField(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="assessment")
    points = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    competent = models.BooleanField()
    content = models.JSONField()
    digest = models.CharField(max_length=71)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(points__lte=models.F("out_of")), name="assessment_within_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.points}/{self.out_of}"
