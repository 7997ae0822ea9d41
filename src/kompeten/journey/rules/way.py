"""Which steps has somebody's way, how do they stand, and which one is to be looked at first?

A route without a step leaves it out; a way that has ended keeps what was reached and blocks the rest.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kompeten.journey.rules.standing import ON_ROUTE
from kompeten.journey.rules.steps import READERS
from kompeten.journey.terms import Facts, Milestone, Status, Step

# Somebody whose own turn it is and who has not moved for so long is stuck.
STUCK_AFTER = timedelta(days=7)


def way(facts: Facts) -> tuple[Milestone, ...]:
    """Return every step of the candidate's route with its status, in order."""
    steps = [s for s in Step if s not in ON_ROUTE or ON_ROUTE[s] in facts.components]
    found = [READERS[step](facts) for step in steps]
    if facts.application.state not in {"withdrawn", "rejected"}:
        return tuple(found)
    walked = {Status.DONE, Status.BLOCKED}
    return tuple(
        m if m.status in walked else Milestone(m.step, Status.BLOCKED, "way.ended") for m in found
    )


def foremost(milestones: tuple[Milestone, ...]) -> Milestone:
    """Return the step to look at first: what the candidate has to do soonest, else where the way stands.

    Where nothing is going on it is the step that blocks, else the last one reached.
    """
    own = [m for m in milestones if m.status is Status.NOW and m.yours]
    if own:
        return min(own, key=_urgency)
    for status in (Status.NOW, Status.BLOCKED, Status.NEXT):
        for milestone in milestones:
            if milestone.status is status:
                return milestone
    return milestones[-1]


def _urgency(milestone: Milestone) -> date:
    if milestone.appointment is not None:
        zone = ZoneInfo(milestone.appointment.zone)
        return milestone.appointment.starts_at.astimezone(zone).date()
    return milestone.by_on or date.max
