"""Which node is it, and which code has each seat?"""

from typing import TYPE_CHECKING

from kompeten.exams.queries import carrying
from kompeten.node.models import Node
from kompeten.node.rules import seatcodes
from kompeten.node.terms import Card

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting


def by_ref(ref: str) -> Node | None:
    """Return a node as a record to act on. One query."""
    return Node.objects.filter(ref=ref).first()


def seat_codes(sitting: "Sitting") -> dict[str, str]:
    """Return the seat code of each attempt: the same at headquarters and in every parcel. One query."""
    return seatcodes.given(carrying.seat_keys(sitting))


def card_of(node: Node) -> Card:
    """Return a node as others must know it."""
    return Card(node.ref, node.name, node.seal, node.sign)
