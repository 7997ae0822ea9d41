"""Which rows hold what happened, and how far each follower has read?"""

from django.db import models


class Event(models.Model):
    """What happened, to what, by whom, when, and with which facts. Never changed, by trigger too.

    `facts` hold references, codes and figures, never personal data; their shape is the dataclass
    that the chart names for the step. `actor_id` is an account's key, empty for the house itself;
    `helper_id` that of whoever lent the actor a hand and a device.
    """

    type = models.CharField(max_length=64)
    subject = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    source = models.CharField(max_length=32)
    target = models.CharField(max_length=32)
    actor_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=32)
    helper_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["subject", "subject_id", "id"], name="event_of_subject"),
            models.Index(fields=["type", "id"], name="event_of_type"),
        )

    def __str__(self) -> str:
        return f"{self.id} {self.type} {self.subject}:{self.subject_id}"


class Bell(models.Model):
    """One follower's bell: rung means a task waits to drain its inbox, so that no second is queued.

    Until `busy_until` a worker is at the inbox, and others do something else.
    """

    follower = models.CharField(max_length=64, primary_key=True)
    rung = models.BooleanField(default=False)
    busy_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.follower


class Cursor(models.Model):
    """How far one follower has read the feed of events; `position` is an event's key."""

    follower = models.CharField(max_length=64, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.follower}@{self.position}"
