"""What does a coordinator see of laptops, and of what went out to them and came back?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, Subquery

from kompeten.kernel.actors import Actor
from kompeten.node.models import Node, Parcel, Return, SiteNote
from kompeten.node.rules import contents
from kompeten.node.terms import (
    PLANNERS,
    TAKERS,
    Came,
    CameRow,
    Card,
    LaptopRow,
    NodeState,
    NoteKind,
    NoteRow,
    ParcelRow,
)

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

TOLD = (NoteKind.OPENED, NoteKind.INCIDENT)  # of these a site says to which sitting they belong


def read_card(content: bytes) -> Card:
    """Return the card that a file or a pasted text holds. :raises ParcelRefused: `card.shape`"""
    return contents.read_card(content)


def laptops(actor: Actor, *, state: NodeState = NodeState.ACTIVE) -> list[LaptopRow]:
    """Return the nodes that are in use, or no longer, by name, for those who take parcels in. One query."""
    if not actor.may(TAKERS):
        return []
    newest = Parcel.objects.filter(node=OuterRef("pk")).order_by("-packed_at", "-id")
    rows = Node.objects.filter(state=state).annotate(
        packed_at=Subquery(newest.values("packed_at")[:1]),
        title=Subquery(newest.values("sitting__title")[:1]),
        came_at=Max("parcels__returned_at"),
    )
    return [
        LaptopRow(
            ref=row.ref,
            name=row.name,
            state=NodeState(row.state),
            registered_at=row.registered_at,
            ended_at=row.ended_at,
            packed_at=row.packed_at,
            sitting=row.title or "",
            came_at=row.came_at,
        )
        for row in rows.order_by("name", "id")
    ]


def laptop(ref: str, actor: Actor) -> Node | None:
    """Return a node as a record to act on, for those who plan. One query."""
    if not actor.may(PLANNERS):
        return None
    return Node.objects.filter(ref=ref).first()


def parcel(ref: str, actor: Actor) -> Parcel | None:
    """Return a parcel with its node and sitting, for those who take parcels in. One query."""
    if not actor.may(TAKERS):
        return None
    return Parcel.objects.filter(ref=ref).select_related("node", "sitting").first()


def parcels(sitting: "Sitting") -> list[ParcelRow]:
    """Return the parcels of a sitting, the newest first, with what came back of each. Two queries."""
    held = Parcel.objects.filter(sitting=sitting).select_related("node")
    held = held.prefetch_related("returns").order_by("-packed_at", "-id")
    used: set[str] = set()
    found = []
    for row in held:
        found.append(_parcel(row, replaced=row.node.ref in used))
        used.add(row.node.ref)
    return found


def came(digest: str, actor: Actor) -> Came | None:
    """Return what one file brought back, for those who take parcels in. One query."""
    if not actor.may(TAKERS):
        return None
    found = Return.objects.filter(digest=digest).select_related("parcel__node", "parcel__sitting")
    row = found.first()
    if row is None:
        return None
    return Came(
        digest=row.digest,
        parcel=row.parcel.ref,
        name=row.parcel.node.name,
        sitting=row.parcel.sitting.ref,
        title=row.parcel.sitting.title,
        zone=row.parcel.sitting.zone,
        at=row.hq_at,
        made_at=row.node_at,
        rows=row.rows,
        fresh=row.fresh,
        refused=row.refused,
        whole=row.whole,
        skew=row.skew_ms,
    )


def noted(sitting: "Sitting") -> list[NoteRow]:
    """Return what the sites noted during a sitting: opened by hand, incidents. One query."""
    found = SiteNote.objects.filter(kind__in=[k.value for k in TOLD], said__sitting=sitting.ref)
    return _notes(found.select_related("node").order_by("node_at", "id"))


def _parcel(row: Parcel, *, replaced: bool) -> ParcelRow:
    came = sorted(row.returns.all(), key=lambda back: back.pk)
    return ParcelRow(
        key=row.pk,
        ref=row.ref,
        node=row.node.ref,
        name=row.node.name,
        packed_at=row.packed_at,
        seats=row.seats,
        replaced=replaced,
        came=tuple(_came(back) for back in came),
    )


def _came(row: Return) -> CameRow:
    return CameRow(
        digest=row.digest,
        at=row.hq_at,
        rows=row.rows,
        fresh=row.fresh,
        refused=sum(row.refused.values()),
        whole=row.whole,
    )


def _notes(rows: Iterable[SiteNote]) -> list[NoteRow]:
    return [NoteRow(NoteKind(row.kind), row.node_at, row.node.name, row.said) for row in rows]
