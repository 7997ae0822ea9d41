"""Which nodes does headquarters know, and what of theirs has come back?"""

from typing import TYPE_CHECKING

from kompeten.exams.terms.carried import CarriedSitting
from kompeten.node.models import Node, Parcel, Return
from kompeten.node.rules import seatcodes
from kompeten.node.terms import Card, NodeState

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting


def by_ref(ref: str) -> Node | None:
    """Return a node as a record to act on. One query."""
    return Node.objects.filter(ref=ref).first()


def active() -> list[Node]:
    """Return the nodes that may be given sittings, by name. One query."""
    return list(Node.objects.filter(state=NodeState.ACTIVE).order_by("name", "id"))


def of_sitting(sitting: "Sitting") -> list[Parcel]:
    """Return the parcels a sitting was packed in, the newest first. One query."""
    held = Parcel.objects.filter(sitting=sitting).select_related("node")
    return list(held.order_by("-packed_at", "-id"))


def returns(parcel: Parcel) -> list[Return]:
    """Return what came back of a parcel, in the order it came. One query."""
    return list(parcel.returns.order_by("id"))


def seat_codes(sitting: CarriedSitting) -> dict[str, str]:
    """Return the seat code of each attempt: the same at headquarters and in every parcel."""
    return seatcodes.given({seat.attempt: bytes.fromhex(seat.key) for seat in sitting.seats})


def card_of(node: Node) -> Card:
    """Return a node as others must know it."""
    return Card(node.ref, node.name, node.seal, node.sign)
