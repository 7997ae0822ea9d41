"""Which rows hold links to people on a list, and who is helped at another's device?"""

from django.db import models
from django.db.models import Q

from kompeten.applications.models.applications import Application, Collective
from kompeten.applications.models.lists import Repair
from kompeten.applications.terms.helping import HelpState
from kompeten.applications.terms.invitation import InvitationState


class Invitation(models.Model):
    """A link for one person on a list: to mend their line, to confirm their data, to get an account.

    The address holds a token of 80 bits, of which only the SHA-256 is kept here
    (`queries.token_of`); `tries` counts wrong answers to the question of who opens it. `repair` is
    the line it began with, `application` what became of it or what it began with. `objection_sealed`
    is what the person says is wrong. Moved by `chart.INVITATION` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="+")
    repair = models.ForeignKey(
        Repair, on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    nudges = models.PositiveSmallIntegerField(default=0)
    nudged_at = models.DateTimeField(null=True)
    objection_sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in InvitationState]),
                name="invitation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(repair__isnull=False) | Q(application__isnull=False),
                name="invitation_for_somebody",
            ),
            models.UniqueConstraint(
                fields=["repair"], condition=Q(state="open"), name="invitation_one_open_per_repair"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="open"),
                name="invitation_one_open_per_application",
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Help(models.Model):
    """That a helper and a person sit at one device and fill in the person's application together.

    `tries` counts wrong answers to the question who sits there within a day of the first one, which was
    at `tried_at` (None: none was, or a right one came after); `seen_at` says when the device was touched
    last, to the minute. Moved by `chart.HELP` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    helper_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in HelpState]), name="help_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(begun_at__isnull=False, seen_at__isnull=False),
                name="help_open_was_begun",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="open"), name="help_one_open_per_person"
            ),
            models.UniqueConstraint(
                fields=["helper_id"], condition=Q(state="open"), name="help_one_open_per_helper"
            ),
            models.UniqueConstraint(
                fields=["application", "helper_id"],
                condition=Q(state="asked"),
                name="help_asked_once",
            ),
        )

    def __str__(self) -> str:
        return self.ref
