"""Which rows hold nodes, the parcels given to them, and what came back?"""

from django.db import models
from django.db.models import Q

from kompeten.node.terms import NodeState, NoteKind, ParcelState


class Node(models.Model):
    """A laptop that may hold sittings by itself, known by its public keys. Moved by `chart.NODE` only."""

    ref = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=16)
    seal = models.CharField(max_length=64)
    sign = models.CharField(max_length=66, unique=True)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in NodeState]), name="node_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Parcel(models.Model):
    """One sitting given to one node. `digest` is that of the file that went out."""

    ref = models.CharField(max_length=10, unique=True)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="parcels")
    sitting = models.ForeignKey("exams.Sitting", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    seats = models.PositiveIntegerField()
    packed_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ParcelState]), name="parcel_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Return(models.Model):
    """One file that came back, kept as it is in the file store under its digest. Never changed.

    `node_at` is by the node's clock, `hq_at` by ours: neither corrects the other. `skew_ms` is by how
    much the node's clock was ahead of the candidates' devices, half of them more and half less.
    """

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="returns")
    digest = models.CharField(max_length=64)
    whole = models.BooleanField()
    rows = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField()
    refused = models.JSONField()
    skew_ms = models.BigIntegerField(null=True)
    node_at = models.DateTimeField()
    hq_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["parcel", "digest"], name="return_once"),)

    def __str__(self) -> str:
        return f"{self.parcel_id}:{self.digest[:8]}"


class SiteNote(models.Model):
    """Something a node noted: switched on, clock read, opened by hand, incident. Never changed."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    said = models.JSONField()
    node_at = models.DateTimeField()
    hq_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["node", "number"], name="site_note_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in NoteKind]), name="site_note_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.node_id}:{self.number}"
