"""What can be asked about dossiers, their readings and what they came to?"""

from kompeten.portfolios.queries.dossiers import (
    dossier_rows,
    dossiers,
    mine,
    of_application,
    own,
    unassigned,
    visible,
    without_dossier,
)
from kompeten.portfolios.queries.outcomes import (
    assessment,
    outcomes,
    ready,
    ready_keys,
    seals,
    to_accept,
    to_assess,
)
from kompeten.portfolios.queries.readings import (
    loads,
    mark_faults,
    own_reading,
    pool,
    reading_rows,
    reading_view,
    readings,
    readings_of,
)
from kompeten.portfolios.queries.written import gaps, hints, parts, texts, view, words

__all__ = [
    "assessment",
    "dossier_rows",
    "dossiers",
    "gaps",
    "hints",
    "loads",
    "mark_faults",
    "mine",
    "of_application",
    "outcomes",
    "own",
    "own_reading",
    "parts",
    "pool",
    "reading_rows",
    "reading_view",
    "readings",
    "readings_of",
    "ready",
    "ready_keys",
    "seals",
    "texts",
    "to_accept",
    "to_assess",
    "unassigned",
    "view",
    "visible",
    "without_dossier",
    "words",
]
