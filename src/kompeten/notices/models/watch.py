"""Which rows hold offices that watch certificates, and what they are told?"""

from django.db import models
from django.db.models import Q

from kompeten.notices.terms import PingState, WatchChannel, WatchState

SECRET_COLUMN = "notices.watch.secret"  # noqa: S105 (the column's name)


class Watch(models.Model):
    """One way by which an office hears what becomes of the certificates it watches.

    By mail it is one person's, to the address that `people` knows; by webhook it is the office's, with
    a sealed secret. `failures` counts tries in a row that did not arrive, `trouble` says why the last
    did not, and `next_try_at` is also the lease of a worker who has it in hand. Moved by
    `chart.WATCH` only; an ended one stays.
    """

    ref = models.CharField(max_length=10, unique=True)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, related_name="+"
    )
    account_id = models.BigIntegerField()
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    channel = models.CharField(max_length=16)
    url = models.CharField(max_length=400, blank=True)
    secret_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    next_try_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in WatchState]), name="watch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(channel="mail", person__isnull=False, url="")
                | Q(channel="webhook", secret_sealed__isnull=False) & ~Q(url=""),
                name="watch_reaches_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in WatchChannel]), name="watch_channel_known"
            ),
            models.UniqueConstraint(
                fields=["organization", "account_id"],
                condition=Q(state="active", channel="mail"),
                name="watch_one_mail_each",
            ),
            models.UniqueConstraint(
                fields=["organization", "url"],
                condition=Q(state="active", channel="webhook"),
                name="watch_one_of_url",
            ),
        )
        indexes = (models.Index(fields=["state", "next_try_at", "id"], name="watch_due"),)

    def __str__(self) -> str:
        return self.ref


class Watched(models.Model):
    """One certificate that an office watches though it did not come through it; by number, as it was typed."""

    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, related_name="+"
    )
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    added_by_id = models.BigIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organization", "certificate"], name="watched_once"),
        )

    def __str__(self) -> str:
        return f"{self.organization_id} {self.certificate_id}"


class Ping(models.Model):
    """One event that one watch is to hear of; told once, under `ref` for good, in the order of their keys.

    `batch` names the mail in which it goes, once it went into one, so that a mail that is tried again
    holds the same and bears the same name. Moved by `chart.PING` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="pings", db_index=False)
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    batch = models.CharField(max_length=10, blank=True)
    queued_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in PingState]), name="ping_state_known"
            ),
            models.UniqueConstraint(fields=["watch", "event_id"], name="ping_once_per_event"),
        )
        indexes = (models.Index(fields=["watch", "state", "id"], name="ping_waiting"),)

    def __str__(self) -> str:
        return self.ref
