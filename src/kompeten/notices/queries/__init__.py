"""What are people and offices to be told, what have they been told, and what is on its way?"""

from kompeten.notices.queries.box import box, due, of, overdue, unread, waiting
from kompeten.notices.queries.kept import held_records, over
from kompeten.notices.queries.letters import KINDS, letters
from kompeten.notices.queries.messages import flaws, message, sample, sms_parts, wording, wordings
from kompeten.notices.queries.papers import (
    MOST_PAPERS,
    applications_told_of,
    invitation_papers,
    papers,
    to_print,
)
from kompeten.notices.queries.staff import counts, sought, staff, staff_rows
from kompeten.notices.queries.watching import (
    RINGING,
    active,
    digests,
    due_watches,
    is_ended,
    offices,
    own_watch,
    parcel,
    queued,
    waiting_pings,
    watch_rows,
    watchers,
)

__all__ = [
    "KINDS",
    "MOST_PAPERS",
    "RINGING",
    "active",
    "applications_told_of",
    "box",
    "counts",
    "digests",
    "due",
    "due_watches",
    "flaws",
    "held_records",
    "invitation_papers",
    "is_ended",
    "letters",
    "message",
    "of",
    "offices",
    "over",
    "overdue",
    "own_watch",
    "papers",
    "parcel",
    "queued",
    "sample",
    "sms_parts",
    "sought",
    "staff",
    "staff_rows",
    "to_print",
    "unread",
    "waiting",
    "waiting_pings",
    "watch_rows",
    "watchers",
    "wording",
    "wordings",
]
