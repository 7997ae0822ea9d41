"""Which sittings, entries and scores are there, and for whom?"""

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
from kompeten.exams.queries.facts import conflicts, facts, remark, remarks
from kompeten.exams.queries.minutes import minutes_pdf
from kompeten.exams.queries.scores import outcomes, scores, settled
from kompeten.exams.queries.sittings import (
    affected,
    board,
    counts,
    form_digests,
    sitting,
    sittings,
    used_forms,
    version_ids,
)

__all__ = [
    "affected",
    "answers",
    "board",
    "by_ids",
    "conflicts",
    "counts",
    "entry",
    "facts",
    "form_digests",
    "handed_in",
    "in_states",
    "inbox",
    "makeups",
    "mine",
    "minutes_pdf",
    "of_applications",
    "outcomes",
    "own",
    "paper",
    "phase",
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
