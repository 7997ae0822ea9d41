"""How does headquarters come to know a node? By its card, brought by somebody who is trusted."""

from datetime import datetime

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.node.adapters import sealing
from kompeten.node.chart import NODE
from kompeten.node.models import Node
from kompeten.node.terms import Card, NodeState, Registration


def register(card: Card, *, by: Actor, at: datetime) -> Node:
    """Make a node known; the same card again changes nothing.

    :raises StepRefused: `node.other_keys`: another node has this reference; `node.ended`: these
        keys are; `card.shape`: they are no keys
    """
    known = Node.objects.filter(ref=card.ref).first() or Node.objects.filter(sign=card.sign).first()
    if known is not None:
        if (known.ref, known.seal, known.sign) != (card.ref, card.seal, card.sign):
            raise ledger.StepRefused("node.other_keys", step="open")
        if known.state != NodeState.ACTIVE:
            raise ledger.StepRefused("node.ended", step="open")
        return known
    if not sealing.can_receive(card):
        raise ledger.StepRefused("card.shape", step="open")
    node = Node(ref=card.ref, name=card.name, seal=card.seal, sign=card.sign, registered_at=at)
    facts = Registration(name=card.name, seal=card.seal, sign=card.sign)
    ledger.enter(NODE, node, by=by, at=at, facts=facts)
    return node


def end(node: Node, *, by: Actor, at: datetime) -> Event:
    """Give a node no more sittings; what it kept before is still taken in."""
    return ledger.take(NODE, "end", node, by=by, at=at, also={"ended_at": at})
