"""Which tables stand on the ground floor?"""

from django.db import models

from kompeten.foundation.ledger.models import Bell, Cursor, Event

__all__ = ["Bell", "Cursor", "Event", "Series", "ShortLink"]


class Series(models.Model):
    """One series of numbers; `last` is the highest taken. Changed by `numbering.take_numbers` only."""

    name = models.CharField(max_length=64, primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}:{self.last}"


class ShortLink(models.Model):
    """One short address of the house: what it leads to, until when, and how often it was followed.

    `digest` is the SHA-256 of its code in hexadecimal. Changed by `shortlinks` only.
    """

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=10)
    ends_at = models.DateTimeField()
    looks = models.PositiveIntegerField(default=0)
    looked_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
