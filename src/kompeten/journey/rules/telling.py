"""What of somebody's way may others read who only have its code?"""

from dataclasses import replace

from kompeten.journey.terms import Milestone, Status

# What an answer is called where its content is not told.
ANSWERS = {
    "way.ended": "way.answered",
    "application.withdrawn": "way.answered",
    "review.rejected": "way.answered",
    "decision.granted": "decision.answered",
    "decision.deferred": "decision.answered",
    "certificate.issuing": "certificate.told",
    "certificate.held": "certificate.told",
    "certificate.not_yet": "certificate.told",
    "certificate.suspended": "certificate.told",
    "certificate.withdrawn": "certificate.told",
    "certificate.replaced": "certificate.told",
}


def discreet(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """Return the steps without what only the candidate is to read: how it came out, where to be.

    A code stands on paper that others may see, so an answer is told as an answer, whatever it is.
    """
    return tuple(map(_discreet, milestones))


def initials(name: str) -> str:
    """Return the first letters of a name, at most three.

    >>> initials("Dewi Sri lestari Utami")
    'D. S. L.'
    """
    parts = [part for part in name.split() if part[0].isalpha()]
    return " ".join(f"{part[0].upper()}." for part in parts[:3])


def _discreet(milestone: Milestone) -> Milestone:
    held = milestone.appointment
    if held is not None:
        milestone = replace(milestone, appointment=replace(held, place="", link=""))
    if milestone.hint not in ANSWERS:
        return replace(milestone, target=None, target_ref="")
    status = Status.NEXT if milestone.hint == "way.ended" else Status.DONE
    return Milestone(milestone.step, status, ANSWERS[milestone.hint])
