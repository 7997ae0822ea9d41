"""The life of a scheme version, in one table."""

from kompeten.kernel.roles import Role
from kompeten.kernel.statechart import Chart, step
from kompeten.schemes.terms.events import Drafting, Publication, Retirement
from kompeten.schemes.terms.words import VersionState as State

KEEPERS = frozenset({Role.ADMIN, Role.SYSTEM})

# fmt: off
CHART = Chart("scheme_version", State.DRAFT, (
    step("publish", "scheme_version.published", {State.DRAFT}, State.PUBLISHED,
         roles=KEEPERS, facts=Publication),
    step("retire", "scheme_version.retired", {State.PUBLISHED}, State.RETIRED,
         roles=KEEPERS, facts=Retirement),
), opened_by=KEEPERS, opening=Drafting)
# fmt: on
