"""Whom does a promise concern that comes close to its day, and whom one that is past it?

The officers of a step hear of both, so that there is time to act; the head hears of what is past. Each
case comes up once as close and once as late, in one letter a working day at most.
"""

from collections.abc import Iterable

from kompeten.journey.terms import Tally
from kompeten.kernel.roles import Role
from kompeten.notices.terms import Standing
from kompeten.schemes.terms import Service

HEAD = Role.COORDINATOR
OFFICERS = {
    Service.VERIFICATION: Role.VERIFIER,
    Service.READING: Role.COORDINATOR,
    Service.EXAM: Role.COORDINATOR,
    Service.PERFORMANCE: Role.COORDINATOR,
    Service.RESULT: Role.COORDINATOR,
    Service.DECISION: Role.REGISTRAR,
    Service.CERTIFICATE: Role.REGISTRAR,
}
TOLD = frozenset({HEAD, *OFFICERS.values()})
# Nobody is told in the night; by then the day's first files are open.
FROM_HOUR = 7


def news(tallies: Iterable[Tally], roles: Iterable[Role]) -> tuple[Standing, ...]:
    """Return what is new for somebody with these roles, in the order of the way."""
    held = frozenset(roles)
    found = []
    for tally in tallies:
        soon = tally.new_soon if OFFICERS.get(tally.service) in held else 0
        late = tally.new_late if held & {HEAD, OFFICERS.get(tally.service)} else 0
        if soon or late:
            found.append(Standing(tally.service, soon=soon, late=late))
    return tuple(found)
