"""Which rows hold what came in from devices, how it stands, and what needs a person?"""

from django.db import models
from django.db.models import Q

from kompeten.exams.models.sittings import Entry
from kompeten.exams.terms import RemarkState
from kompeten.exams.terms.vault import RowKind, Via


class AnswerBatch(models.Model):
    """Answers of exams from before the vault; nothing writes or counts them, they stay readable."""

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="batches", db_index=False
    )
    key = models.CharField(max_length=40)
    answers = models.JSONField()
    received_at = models.DateTimeField()
    late = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "key"], name="batch_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.pk}"


class Record(models.Model):
    """One row of the vault, as the room took it in: never changed, by trigger too.

    `number` is that of the vault; a row is known by its place, so that a vault which was put back
    from a copy and numbers anew makes no second one. `body` is the message as JSON, `received`
    milliseconds since 1970.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    number = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    chain = models.CharField(max_length=16)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    body = models.TextField()
    received = models.BigIntegerField()
    via = models.CharField(max_length=4)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "chain", "first", "last", "head"], name="record_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in RowKind]), name="record_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(via__in=[v.value for v in Via]), name="record_via_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.chain}:{self.first}-{self.last}"


class Standing(models.Model):
    """How one attempt stands by its records so far: a summary for boards, written by the drain alone.

    `contact` is when something last came in, in milliseconds since 1970. `tip` is the chain that goes
    on, `last` its last link. `is_odd`: more than one line of page loads, so that the counts of
    conflicts, late answers and missing links are those of a full reading; the rest is added up.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="standing"
    )
    contact = models.BigIntegerField(default=0)
    tip = models.CharField(max_length=16, default="")
    last = models.PositiveIntegerField(default=0)
    segments = models.PositiveIntegerField(default=0)
    links = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)
    clock = models.PositiveIntegerField(default=0)
    still = models.PositiveIntegerField(default=0)
    store = models.PositiveIntegerField(default=0)
    is_odd = models.BooleanField(default=False)
    conflicts = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    gaps = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.entry_id}@{self.contact}"


class Mark(models.Model):
    """How far the drain has read the vault: the number of the last row taken in, and the highest ever.

    They differ where the vault was put back from a copy and is read again from its beginning.
    """

    name = models.CharField(max_length=16, primary_key=True)
    number = models.BigIntegerField(default=0)
    highest = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}@{self.number}"


class Remark(models.Model):
    """Something that needs a person: the code says what (`labels.REMARK`). One open a kind.

    `entry` is empty where the attempt is not known here. `number` is that of the row in the vault, 0
    where a person noted it; then `note` has what they saw.
    """

    code = models.CharField(max_length=40)
    attempt = models.CharField(max_length=10)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="remarks")
    state = models.CharField(max_length=16)
    number = models.BigIntegerField()
    note = models.CharField(max_length=300, default="", db_default="")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RemarkState]), name="remark_state_known"
            ),
            models.UniqueConstraint(
                fields=["attempt", "code"], condition=Q(state="open"), name="remark_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.attempt}"
