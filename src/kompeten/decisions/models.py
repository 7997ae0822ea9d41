"""Which rows hold meetings, decisions and decrees?"""

from django.db import models
from django.db.models import Q

from kompeten.decisions.terms import DecreeState, MeetingState, State


class Meeting(models.Model):
    """A meeting of the committee (rapat pleno); its members are fixed when it is convened."""

    ref = models.CharField(max_length=10, unique=True)
    held_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    place = models.CharField(max_length=160)
    state = models.CharField(max_length=16)
    minutes = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MeetingState]), name="meeting_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Member(models.Model):
    """Somebody who sits in one meeting; exactly one chairs it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    is_chair = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="member_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(is_chair=True), name="member_one_chair"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class Decision(models.Model):
    """What a committee decided on one result sheet; never edited: a new decision takes a new sheet.

    `not_met` are the components below their minimum; `reason` says why the committee departed from
    the recommendation, when it did.
    """

    ref = models.CharField(max_length=10, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    sheet = models.OneToOneField("results.Sheet", on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    recommended = models.BooleanField()
    not_met = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="decision_state_known"
            ),
        )
        indexes = (models.Index(fields=["meeting", "state", "id"], name="decision_of_meeting"),)

    def __str__(self) -> str:
        return self.ref


class Decree(models.Model):
    """The director's decree (SK) on one meeting's decisions; it and the minutes are kept by digest."""

    ref = models.CharField(max_length=10, unique=True)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="decree")
    number = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=16)
    drawn_up_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by_id = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    minutes_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DecreeState]), name="decree_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.number
