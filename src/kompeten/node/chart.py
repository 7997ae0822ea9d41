"""The lives of nodes and of the parcels given to them, each in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.node.terms import (
    PLANNERS,
    TAKERS,
    Coming,
    NodeState,
    Packing,
    ParcelState,
    Registration,
)

UNPACKERS = TAKERS | {Role.SYSTEM}

# fmt: off
NODE = Chart("node", NodeState.ACTIVE, (
    step("end", "node.ended", {NodeState.ACTIVE}, NodeState.ENDED, roles=PLANNERS),
), opened_by=PLANNERS, opening=Registration)

PARCEL = Chart("parcel", ParcelState.PACKED, (
    # A node sends as often as it likes: what came before is taken again without harm.
    step("return", "parcel.returned", {ParcelState.PACKED, ParcelState.RETURNED},
         ParcelState.RETURNED, roles=UNPACKERS, facts=Coming),
), opened_by=PLANNERS, opening=Packing)
# fmt: on
