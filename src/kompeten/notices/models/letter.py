"""Which rows hold what people are told, and how it is on its way to them?"""

from django.db import models
from django.db.models import Q

from kompeten.notices.terms import Channel, DeliveryState


class Notice(models.Model):
    """What one person is told because of one event; there at once when they come to the house.

    The text is kept as it was told. Nothing changes afterwards but `read_at`.
    """

    ref = models.CharField(max_length=10, unique=True)
    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    target = models.CharField(max_length=16)
    target_ref = models.CharField(max_length=10, blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["event_id", "person"], name="notice_once_per_event"),
        )
        indexes = (
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Delivery(models.Model):
    """A notice on its way out of the house; moved by `chart.DELIVERY` only.

    The address is asked of `people` when it goes out, never kept here. `next_try_at` is also the
    lease of a worker who has it in hand.
    """

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    channel = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DeliveryState]), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel]), name="delivery_channel_known"
            ),
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once"),
        )
        indexes = (models.Index(fields=["state", "next_try_at", "id"], name="delivery_due"),)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel}"
