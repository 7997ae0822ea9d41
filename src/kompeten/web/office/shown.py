"""How are codes shown in the office? Names for people, and the tone of each state."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.applications import queries as applications
from kompeten.applications.terms import Verdict
from kompeten.applications.terms.application import State as Application
from kompeten.kernel.roles import Role
from kompeten.people import labels as people_labels
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.training.terms import EnrolmentState
from kompeten.training.terms import State as Session
from kompeten.verification.terms import State as Review
from kompeten.web.ui.shapes import Tone

READS_FILES = applications.SEES_ALL  # for whom the name of an applicant leads to the file
APPLICATION_TONE = {
    Application.DRAFT: Tone.PLAIN,
    Application.SUBMITTED: Tone.INFO,
    Application.RETURNED: Tone.WAIT,
    Application.ACCEPTED: Tone.GOOD,
    Application.REJECTED: Tone.BAD,
    Application.WITHDRAWN: Tone.PLAIN,
    Application.CONCLUDED: Tone.GOOD,
}
REVIEW_TONE = {
    Review.OPEN: Tone.INFO,
    Review.HELD: Tone.WAIT,
    Review.DIFFERED: Tone.WAIT,
    Review.ELIGIBLE: Tone.GOOD,
    Review.RETURNED: Tone.WAIT,
    Review.REJECTED: Tone.BAD,
    Review.SECONDED: Tone.GOOD,
    Review.OVERRULED: Tone.PLAIN,
    Review.RELEASED: Tone.PLAIN,
}
VERDICT_TONE = {
    Verdict.GOOD: Tone.GOOD,
    Verdict.REPAIR: Tone.WAIT,
    Verdict.DUPLICATE: Tone.PLAIN,
}
SESSION_TONE = {
    Session.PLANNED: Tone.PLAIN,
    Session.OPEN: Tone.INFO,
    Session.HELD: Tone.WAIT,
    Session.CLOSED: Tone.GOOD,
    Session.CANCELLED: Tone.BAD,
}
ENROLMENT_TONE = {
    EnrolmentState.ENROLLED: Tone.INFO,
    EnrolmentState.ATTENDED: Tone.GOOD,
    EnrolmentState.ABSENT: Tone.WAIT,
    EnrolmentState.WITHDRAWN: Tone.PLAIN,
}


def scheme_titles() -> dict[str, str]:
    """Return what the schemes are called, by code, in force or not. At most two queries."""
    newest = {row.scheme_code: row.id for row in reversed(schemes.versions())}
    said = schemes.contents(newest.values())
    return {code: scheme_labels.local(said[key].title) for code, key in sorted(newest.items())}


def route(code: str) -> Any:
    """Return what a route is called."""
    return scheme_labels.ROUTE.get(code, code)


def region(code: str) -> str:
    """Return the regency or city with its province, or the code itself where it is unknown."""
    found, province = regions.region(code), regions.province_of(code)
    if found is None:
        return code
    name = region_labels.full_name(found)
    return name if province is None or province == found else f"{name}, {province.name}"


def provinces(on: date) -> list[tuple[str, str]]:
    """Return (two digits, name) of the provinces that exist on the day `on`, by name."""
    return sorted(((p.code, p.name) for p in regions.provinces(on=on)), key=lambda p: p[1])


def masked(nik: str) -> str:
    """Return a NIK of which only the last four digits can be read; empty when none is known.

    >>> masked("1218905704850001")
    '•••• •••• •••• 0001'
    """
    return f"•••• •••• •••• {nik[-4:]}" if nik else ""


def spaced(nik: str) -> str:
    """Return a NIK in groups of four, to be compared with an identity card by eye.

    >>> spaced("1218905704850001")
    '1218 9057 0485 0001'
    """
    return " ".join(nik[at : at + 4] for at in range(0, len(nik), 4))


def who(label: str, role: str) -> str:
    """Return who acted as a story says it: the name with the part played, or the part alone.

    Everybody may act as applicant, so that part says nothing beside a name.
    """
    part = str(people_labels.ROLE[Role(role)]) if role else ""
    if not label or not part:
        return label or part
    return (
        label
        if role == Role.APPLICANT
        else _("%(name)s (%(role)s)")
        % {
            "name": label,
            "role": part,
        }
    )


def age(since: datetime, *, at: datetime) -> str:
    """Return for how many days something has waited, counted by the calendar."""
    days = (timezone.localdate(at) - timezone.localdate(since)).days
    if days <= 0:
        return _("today")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
