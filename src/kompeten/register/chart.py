"""The life of an erasure in one table: somebody proposes it, another carries it out or lets it be."""

from dataclasses import dataclass

from kompeten.kernel.statechart import Chart, step
from kompeten.register.rules.erasing import two_pairs_of_eyes
from kompeten.register.terms.erasing import ERASERS, PROPOSERS, Erasing


@dataclass(frozen=True, slots=True)
class ProposingErasure:
    """`erasure.proposed`: whose certificate, and why: the request, by its number."""

    certificate: str
    ground: str


@dataclass(frozen=True, slots=True)
class OrderingErasure:
    """`erasure.ordered`: which entries of the log lost their salt, and the accounts of both who saw to it."""

    certificate: str
    leaves: tuple[int, ...]
    proposed_by: int
    ordered_by: int


ORDERED = "erasure.ordered"

# fmt: off
ERASURE = Chart("erasure", Erasing.PROPOSED, (
    step("order", ORDERED, {Erasing.PROPOSED}, Erasing.DONE,
         roles=ERASERS, facts=OrderingErasure, guard=two_pairs_of_eyes),
    step("drop", "erasure.dropped", {Erasing.PROPOSED}, Erasing.DROPPED, roles=PROPOSERS),
), opened_by=PROPOSERS, opening=ProposingErasure, opens_as="proposed")
# fmt: on
