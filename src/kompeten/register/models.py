"""Which rows may anybody see, and which are the log?"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from kompeten.register.terms.erasing import Erasing


class Entry(models.Model):
    """The public projection of one published certificate: no NIK, no birth date, no address.

    Written by the follower of the certificates' room only, and rebuilt from it at any time.
    """

    certificate = models.OneToOneField(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    ref = models.CharField(max_length=10, unique=True)
    number = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=240)
    profession = models.CharField(max_length=32)
    level = models.CharField(max_length=32, blank=True)
    scheme_code = models.CharField(max_length=64)
    province_code = models.CharField(max_length=2, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="entry_ends_after_start"
            ),
        )
        indexes = (
            models.Index(fields=["province_code", "scheme_code"], name="entry_by_place"),
            # People type numbers in any case; a look at one must not read them all.
            models.Index(Upper("number"), name="entry_by_number_typed"),
        )

    def __str__(self) -> str:
        return self.number


class Leaf(models.Model):
    """One entry of the log: its place, its bytes, the salt behind it, and the event it commits to.

    Added by the follower `register.log` only. Never changed or deleted, by trigger too; the salt
    alone may be taken away. `index` counts from 0 without a gap. One that was recovered from the
    published files, after the database was brought back from an older copy, has no event.
    """

    index = models.BigIntegerField(primary_key=True, db_column="leaf")
    entry = models.BinaryField(max_length=33)
    salt = models.BinaryField(max_length=32, null=True)
    event = models.OneToOneField(
        "foundation.Event", on_delete=models.PROTECT, related_name="+", null=True
    )
    logged_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.index)


class Node(models.Model):
    """The root of one full tile: `level` 1 stands over 256 entries, 2 over 65,536. Never changed.

    What could be counted from the leaves, kept so that no root asks for all of them.
    """

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField(db_column="node")
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["level", "index"], name="node_once_in_the_tree"),
        )

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """One head of the log that was signed: the note as it was given away. Never changed."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.size)


class Witness(models.Model):
    """One witness that was asked, by its key, and what it answered last."""

    key = models.CharField(max_length=400, unique=True)
    name = models.CharField(max_length=240)
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=16, blank=True)
    size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """What a witness has put below a head: the line of its signature, and its own time. Never changed."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=600)
    cosigned_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="cosignature_once_a_witness"
            ),
        )

    def __str__(self) -> str:
        return f"{self.witness_id} {self.checkpoint_id}"


class Erasure(models.Model):
    """One wish to delete what opens the entries of a certificate. Moved by `chart.ERASURE` only.

    `ground` names the request by its number. Once it was judged nothing of it changes, by trigger.
    """

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=16)
    ground = models.CharField(max_length=200, default="")
    proposed_by_id = models.BigIntegerField(default=0)
    proposed_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in Erasing]), name="erasure_state_known"
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state=Erasing.PROPOSED.value),
                name="erasure_proposed_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
