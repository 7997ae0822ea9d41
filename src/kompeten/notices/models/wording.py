"""Which rows hold the texts that the body words itself?"""

from django.db import models
from django.db.models import Q

from kompeten.notices.terms import MessageKind


class MessageText(models.Model):
    """One version of a message's text in one language; the newest is in force. Never changed."""

    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    account_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "language", "version"], name="message_text_version"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in MessageKind]), name="message_text_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"
