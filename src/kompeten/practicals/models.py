"""Which rows hold slots, ratings and what performances came to?

Keys without an index of their own stand first in a composite one, or are never searched by.
"""

from django.db import models
from django.db.models import F, Q

from kompeten.practicals.terms import LIVE, PERFORMANCES, STANDING, RatingState, SlotState


class Slot(models.Model):
    """One candidate's practice exam or interview at a time, and at a site or under a link.

    Moved by `chart.SLOT` only. `zone` is the IANA zone of the place, by which the time is shown.
    A slot that was missed, interrupted or cancelled stays on record beside the next one.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    component = models.CharField(max_length=16)
    site = models.ForeignKey(
        "people.Site", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    link = models.CharField(max_length=300, blank=True)
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    raters = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16)
    booked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SlotState]), name="slot_state_known"
            ),
            models.CheckConstraint(
                condition=Q(component__in=[c.value for c in PERFORMANCES]),
                name="slot_component_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False) | ~Q(link=""), name="slot_has_place"
            ),
            models.UniqueConstraint(
                fields=["application", "component"],
                condition=Q(state__in=[s.value for s in STANDING]),
                name="slot_one_standing",
            ),
        )
        indexes = (
            models.Index(fields=["state", "starts_at", "id"], name="slot_by_state"),
            models.Index(fields=["application", "component", "state"], name="slot_of_application"),
            models.Index(fields=["person", "starts_at"], name="slot_of_person"),
        )

    def __str__(self) -> str:
        return self.ref


class Rating(models.Model):
    """One assessor's rating of one performance: a mark and a note for each criterion, and K or BK.

    Moved by `chart.RATING` only, and kept by trigger once it is no longer open.
    """

    ref = models.CharField(max_length=10, unique=True)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="ratings", db_index=False)
    assessor = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    third = models.BooleanField(default=False)
    state = models.CharField(max_length=16)
    marks = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    points = models.PositiveIntegerField(null=True)
    out_of = models.PositiveIntegerField(null=True)
    competent = models.BooleanField(null=True)
    opened_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RatingState]), name="rating_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=RatingState.HANDED_IN.value)
                | Q(points__isnull=False, out_of__isnull=False, competent__isnull=False),
                name="rating_handed_in_with_points",
            ),
            models.UniqueConstraint(
                fields=["slot", "assessor"],
                condition=Q(state__in=[s.value for s in LIVE]),
                name="rating_one_per_assessor",
            ),
        )
        indexes = (
            models.Index(fields=["assessor", "state", "id"], name="rating_desk"),
            models.Index(fields=["slot", "state"], name="rating_of_slot"),
        )

    def __str__(self) -> str:
        return self.ref


class Performance(models.Model):
    """What a practice exam or interview came to: sealed once, never changed, by trigger too.

    `content` is what the digest is taken of: each rating's marks and recommendation, settled marks,
    points by domain. Points are in parts of a mark, so that `points` of `out_of` is exact.
    """

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    slot = models.OneToOneField(Slot, on_delete=models.PROTECT, related_name="performance")
    component = models.CharField(max_length=16)
    points = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    competent = models.BooleanField()
    content = models.JSONField()
    digest = models.CharField(max_length=71)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(points__lte=F("out_of")), name="performance_within_range"
            ),
            models.UniqueConstraint(
                fields=["application", "component"], name="performance_once_per_component"
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot_id} {self.points}/{self.out_of}"
