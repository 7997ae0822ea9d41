"""Which rows hold sittings, entries, answers and scores?"""

from django.db import models
from django.db.models import F, Q

from kompeten.exams.terms import HOLDING, EntryState, SittingState


class Sitting(models.Model):
    """One written exam: a form, a window of time, and a site, or online when there is none.

    Whoever starts in `[opens_at, closes_at)` has `minutes`, but no longer than the window. `zone`
    is the IANA name in which people read its times. `form_digest` pins what the form says.
    `code_renewals` is how often the code that opens its package was renewed.
    """

    ref = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=16)
    form = models.ForeignKey("itembank.Form", on_delete=models.PROTECT, related_name="+")
    form_digest = models.CharField(max_length=71)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField(null=True)
    code_renewals = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SittingState]), name="sitting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="sitting_closes_after_opening"
            ),
        )
        indexes = (models.Index(fields=["state", "opens_at"], name="sittings_by_state"),)

    def __str__(self) -> str:
        return self.ref


class SittingScheme(models.Model):
    """A scheme version whose candidates may sit here: same minutes, same blueprint."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="schemes")
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "scheme_version"], name="sitting_scheme_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.scheme_version_id}"


class Entry(models.Model):
    """One candidate's seat in one sitting, and the attempt made there. Moved by `chart.ENTRY` only.

    `order_seed` draws this person's order of cases and options. When the time ends is reckoned
    (`rules.clock.ends_at`), not kept.
    """

    ref = models.CharField(max_length=10, unique=True)
    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    order_seed = models.BigIntegerField()
    extra_minutes = models.PositiveIntegerField(default=0)
    makeup_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in EntryState]), name="entry_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["started", "handed_in", "scored"])
                | Q(started_at__isnull=False),
                name="entry_started_at_known",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[s.value for s in HOLDING]),
                name="entry_one_seat_per_application",
            ),
            models.UniqueConstraint(
                fields=["sitting", "application"], name="entry_once_per_sitting"
            ),
        )
        indexes = (models.Index(fields=["sitting", "state", "id"], name="entries_of_sitting"),)

    def __str__(self) -> str:
        return self.ref


class AnswerBatch(models.Model):
    """Answers that came together. Written by `actions.intake` alone, never changed, by trigger too.

    The row's own number is the order of batches. `key` is the client's name for the batch: sent
    twice, it is kept once. `late` batches came after the end; they stay on record and do not count.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="batches", db_index=False
    )
    key = models.CharField(max_length=40)
    answers = models.JSONField()
    received_at = models.DateTimeField()
    late = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "key"], name="batch_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.pk}"


class Score(models.Model):
    """What an entry came to, sealed: raw points, and by domain as [points, out of]. Never changed.

    `answers` has one sign for each item of the form in its order: the option that counted, or `-`.
    `digest` is that of the content: entry, form, answers and points.
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
