"""The life of a result sheet."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.results.terms import Sealing, State, Superseding

# fmt: off
RESULT = Chart("result", State.SEALED, (
    step("supersede", "result.superseded", {State.SEALED}, State.SUPERSEDED,
         roles={Role.SYSTEM}, facts=Superseding),
), opened_by=frozenset({Role.SYSTEM}), opening=Sealing, opens_as="sealed")
# fmt: on
