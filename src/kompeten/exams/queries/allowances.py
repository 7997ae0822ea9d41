"""What has been decided about running sittings that the intake should tell devices? A query each."""

from collections.abc import Mapping

from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries.records import milliseconds
from kompeten.exams.terms import SittingState

OVER = (SittingState.CLOSED.value, SittingState.SCORED.value)


def extra_minutes() -> Mapping[str, int]:
    """Return the extra minutes of each attempt that has some, in sittings that are not closed."""
    given = Entry.objects.filter(extra_minutes__gt=0).exclude(sitting__state__in=OVER)
    return dict(given.values_list("ref", "extra_minutes"))


def given_back() -> Mapping[str, int]:
    """Return when seats were given back, in milliseconds by attempt, in sittings that are not closed."""
    given = Entry.objects.filter(reseated_at__isnull=False).exclude(sitting__state__in=OVER)
    return {ref: milliseconds(at) for ref, at in given.values_list("ref", "reseated_at") if at}


def closed_sittings() -> frozenset[str]:
    """Return the references of the sittings that are closed."""
    return frozenset(Sitting.objects.filter(state__in=OVER).values_list("ref", flat=True))
