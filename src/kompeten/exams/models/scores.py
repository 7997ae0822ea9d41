"""Which rows hold what an exam came to: essays and their marks, and the sealed score?"""

from django.db import models
from django.db.models import F, Q

from kompeten.exams.models.sittings import Entry
from kompeten.exams.terms.scripts import MarkingState, ScriptState


class Script(models.Model):
    """One candidate's text of one essay, as it is laid before assessors. Its text never changes, by trigger too.

    Moved by `chart.SCRIPT` only. `number` is the place of the essay in the form; `points` are what it
    was settled at.
    """

    ref = models.CharField(max_length=10, unique=True)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="scripts", db_index=False
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=71)
    most_points = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16)
    points = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "number"], name="script_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ScriptState]), name="script_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ScriptState.SETTLED.value)
                | Q(points__isnull=False, points__lte=F("most_points")),
                name="script_settled_within_points",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="scripts_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Marking(models.Model):
    """One assessor's points for one script, with a note. Kept by trigger once it is no longer open."""

    ref = models.CharField(max_length=10, unique=True)
    script = models.ForeignKey(
        Script, on_delete=models.PROTECT, related_name="markings", db_index=False
    )
    assessor = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    third = models.BooleanField(default=False)
    state = models.CharField(max_length=16)
    points = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MarkingState]), name="marking_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MarkingState.HANDED_IN.value) | Q(points__isnull=False),
                name="marking_handed_in_with_points",
            ),
            models.UniqueConstraint(fields=["script", "assessor"], name="marking_once"),
        )
        indexes = (models.Index(fields=["assessor", "state", "id"], name="marking_desk"),)

    def __str__(self) -> str:
        return self.ref


class Score(models.Model):
    """What an entry came to, sealed: raw points, and by domain as [points, out of]. Never changed.

    `answers` has one sign for each choice item of the form in its order: the option that counted, or
    `-`. `digest` is that of the content: entry, form, answers and points, and of each essay the digest
    of its text and its points where the form has any.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="score")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    points = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    by_domain = models.JSONField()
    answers = models.TextField()
    digest = models.CharField(max_length=71)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(points__lte=F("out_of")) & Q(answered__lte=F("out_of")),
                name="score_within_bounds",
            ),
            models.UniqueConstraint(fields=["application"], name="score_one_per_application"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.points}/{self.out_of}"
