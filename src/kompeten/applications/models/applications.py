"""Which rows hold applications, and the lists they came on?"""

from django.db import models
from django.db.models import Q

from kompeten.applications.terms.application import OPEN, ListState, State


class Collective(models.Model):
    """A list of people that an organization sent in; the same file comes once, whoever sends it.

    Moved by `chart.COLLECTIVE` only. `sha256` knows the file again also when it has been deleted.
    """

    ref = models.CharField(max_length=10, unique=True)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, related_name="+"
    )
    filed_by_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    label = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ListState]), name="collective_state_known"
            ),
            models.UniqueConstraint(
                fields=["organization", "sha256"], name="collective_file_once_per_office"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Application(models.Model):
    """One person's request to be certified under one scheme version, which stays pinned for good.

    Moved by `chart.APPLICATION` only. `statement` is what the applicant says of education and
    practice (`terms.statement.Statement` as JSON). `filed_by_id` is the account that opened it.
    `competent_until` is the last day on which a granted decision counts; no list opens another
    application for the same scheme before. `spent_days` are the working days that its reviews took
    until it was last sent back; the clock goes on from there when it is handed in again.
    """

    ref = models.CharField(max_length=10, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="+"
    )
    scheme_code = models.CharField(max_length=64)
    route = models.CharField(max_length=32)
    program = models.CharField(max_length=40, blank=True)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    collective = models.ForeignKey(
        Collective, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    filed_by_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    statement = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    correct_by_on = models.DateField(null=True)
    competent_until = models.DateField(null=True)
    spent_days = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="application_state_known"
            ),
            models.UniqueConstraint(
                fields=["person", "scheme_code"],
                condition=Q(state__in=[s.value for s in OPEN]),
                name="application_one_open_per_scheme",
            ),
        )
        indexes = (
            models.Index(fields=["state", "submitted_at", "id"], name="application_inbox"),
            models.Index(
                fields=["state", "scheme_code", "submitted_at", "id"],
                name="application_inbox_scheme",
            ),
            models.Index(fields=["collective", "id"], name="application_of_collective"),
        )

    def __str__(self) -> str:
        return self.ref
