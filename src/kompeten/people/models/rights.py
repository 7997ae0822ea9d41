"""Which rows hold what people agreed to, who looked at their data, and what they asked to be erased?"""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from kompeten.people.models.persons import Person
from kompeten.people.terms import ConsentState, ConsentWay, Purpose, RemovalState, Roll, Sight


class Consent(models.Model):
    """That a person let their data be used for one purpose, in one record of theirs; never changed.

    `about` is the reference of that record, `version` names the text they read (`labels.CONSENT`),
    `way` says how they showed that it was they.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=32)
    about = models.CharField(max_length=10)
    version = models.CharField(max_length=16)
    way = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ConsentState]), name="consent_state_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[p.value for p in Purpose]), name="consent_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(way__in=[w.value for w in ConsentWay]), name="consent_way_known"
            ),
            models.UniqueConstraint(
                fields=["about", "purpose", "version"], name="consent_once_per_text"
            ),
        )
        indexes = (models.Index(fields=["person", "id"], name="consent_of_person"),)

    def __str__(self) -> str:
        return f"{self.about} {self.purpose} {self.version}"


class Access(models.Model):
    """That an officer opened what is kept of a person; one row for each officer, sight and hour.

    Written by the office's pages and never changed; it goes when its time is over. The account stays
    in the house: the person reads role, sight and hour.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    account_id = models.BigIntegerField()
    role = models.CharField(max_length=32)
    sight = models.CharField(max_length=16)
    hour_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sight__in=[s.value for s in Sight]), name="access_sight_known"
            ),
            models.UniqueConstraint(
                fields=["person", "hour_at", "account_id", "sight"], name="access_once_an_hour"
            ),
        )
        indexes = (models.Index(fields=["hour_at", "id"], name="access_by_age"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.sight} {localtime(self.hour_at):%Y-%m-%d %H}"


class Listing(models.Model):
    """That an account opened a list on which people stand, and who of one block of people they were.

    `members` has a bit for each person of the block (`kernel.keysets`). A row
    holds whom no row of the same hour, account and list holds before; so a list opened again writes
    nothing, and rows are never changed. They go when their time is over. `count` is how many stood
    on the list in all.
    """

    account_id = models.BigIntegerField()
    role = models.CharField(max_length=32)
    roll = models.CharField(max_length=16)
    about = models.CharField(max_length=16, blank=True)
    is_file = models.BooleanField()
    hour_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    block = models.PositiveIntegerField()
    members = models.BinaryField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(roll__in=[r.value for r in Roll]), name="listing_roll_known"
            ),
        )
        indexes = (
            models.Index(fields=["block", "hour_at"], name="listing_of_block"),
            models.Index(fields=["hour_at", "account_id", "roll"], name="listing_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.roll} {self.about} {localtime(self.hour_at):%Y-%m-%d %H}"


class RemovalRequest(models.Model):
    """A person asks that what is kept of them is erased; moved by `chart.REMOVAL` only.

    `answer` has one entry for each kind of record that was held: empty where it was erased, else the
    code of the reason why it stays.
    """

    ref = models.CharField(max_length=10, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    wish = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RemovalState]), name="removal_state_known"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=RemovalState.REQUESTED.value),
                name="removal_one_open_per_person",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="removal_by_state"),)

    def __str__(self) -> str:
        return self.ref
