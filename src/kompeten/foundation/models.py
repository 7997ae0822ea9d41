"""Which tables stand on the ground floor?"""

from django.db import models

from kompeten.foundation.ledger.models import Bell, Cursor, Event

__all__ = ["Bell", "Cursor", "Event", "Series"]


class Series(models.Model):
    """One series of numbers; `last` is the highest taken. Changed by `numbering.take_numbers` only."""

    name = models.CharField(max_length=64, primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}:{self.last}"
