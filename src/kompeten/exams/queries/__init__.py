"""Which sittings, entries and scores are there, and for whom?"""

from kompeten.exams.queries.arrivals import (
    arrival,
    arrivals,
    has_portrait,
    next_to_come,
    photo,
    portrait,
)
from kompeten.exams.queries.door import handed_in, time_given
from kompeten.exams.queries.entries import (
    answers,
    by_ids,
    entry,
    in_states,
    inbox,
    makeups,
    mine,
    of_applications,
    own,
    paper,
    phase,
    progress,
    waiting,
)
from kompeten.exams.queries.facts import conflicts, doubts, facts, in_doubt, remark, remarks
from kompeten.exams.queries.minutes import minutes_pdf
from kompeten.exams.queries.scores import outcomes, scores, settled
from kompeten.exams.queries.sittings import (
    affected,
    board,
    counts,
    sitting,
    sittings,
    used_forms,
    version_ids,
)

__all__ = [
    "affected",
    "answers",
    "arrival",
    "arrivals",
    "board",
    "by_ids",
    "conflicts",
    "counts",
    "doubts",
    "entry",
    "facts",
    "handed_in",
    "has_portrait",
    "in_doubt",
    "in_states",
    "inbox",
    "makeups",
    "mine",
    "minutes_pdf",
    "next_to_come",
    "of_applications",
    "outcomes",
    "own",
    "paper",
    "phase",
    "photo",
    "portrait",
    "progress",
    "remark",
    "remarks",
    "scores",
    "settled",
    "sitting",
    "sittings",
    "time_given",
    "used_forms",
    "version_ids",
    "waiting",
]
