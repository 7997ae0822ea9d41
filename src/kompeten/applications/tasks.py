"""What does the room do by itself, what does it hold of people, and for how long?

It has documents scanned, and lets go of what stopped on its way.
"""

from datetime import datetime

from django.conf import settings

from kompeten.applications import actions, queries
from kompeten.applications.actions import disposing, sheets
from kompeten.applications.labels import KEPT
from kompeten.applications.queries import keeping as held
from kompeten.foundation import keeping, ledger
from kompeten.foundation.keeping import RecordKind

BATCH = 20  # documents: each asks a daemon, and takes it up to a few seconds


@ledger.after("application.attached")
def scan(*, at: datetime) -> int:
    """Scan up to 20 documents that nobody has scanned, where a scanner is named; return how many."""
    return actions.scan_waiting(queries.to_scan(at=at)[:BATCH], at=at)


@ledger.after("application.submitted")
def clear_transfers(*, at: datetime) -> int:
    """Delete the parts of documents that will not come any more; found by the sweep, days later."""
    return actions.clear_transfers(at=at)


@ledger.after("help.begun")
def end_idle_helps(*, at: datetime) -> int:
    """End up to 200 helpings at whose device nobody did anything for too long; found by the sweep."""
    return actions.end_idle_helps(at=at)


@ledger.after("recommendation.asked")
def lapse_recommendations(*, at: datetime) -> int:
    """Close up to 200 links whose time is over without an answer; found by the sweep, days later."""
    return actions.lapse_recommendations(at=at)


keeping.keep(
    RecordKind(
        name="applications.application",
        order=40,
        label=KEPT["application"],
        purpose=KEPT["application.purpose"],
        law=KEPT["law"],
        until=KEPT["application.until"],
        then=KEPT["application.then"],
        figures=lambda: {"days": settings.OPTIONS.draft_days},
        records=held.application_records,
        stays=lambda person_id: held.stays(person_id) or "keep.proof",
        due=lambda *, at: held.stale_drafts(at=at).count(),
        clear=disposing.lapse_drafts,
    )
)
keeping.keep(
    RecordKind(
        name="applications.documents",
        order=50,
        label=KEPT["documents"],
        purpose=KEPT["documents.purpose"],
        law=KEPT["law"],
        until=KEPT["documents.until"],
        then=KEPT["documents.then"],
        figures=lambda: {
            "days": settings.OPTIONS.closed_document_days,
            "record_days": settings.OPTIONS.record_days,
        },
        records=held.document_records,
        files=held.document_files,
        stays=held.stays,
        erase=disposing.dispose_of,
        due=lambda *, at: held.over(at=at).count(),
        clear=disposing.dispose_due,
    )
)
keeping.keep(
    RecordKind(
        name="applications.recommendations",
        order=55,
        label=KEPT["recommendations"],
        purpose=KEPT["recommendations.purpose"],
        law=KEPT["law"],
        until=KEPT["recommendations.until"],
        then=KEPT["recommendations.then"],
        figures=lambda: {"days": settings.OPTIONS.closed_document_days},
        records=held.recommendation_records,
        stays=held.stays,
        erase=disposing.dispose_of,
        due=lambda *, at: held.over_referees(at=at).count(),
        clear=disposing.dispose_referees,
    )
)
keeping.keep(
    RecordKind(
        name="applications.lines",
        order=60,
        label=KEPT["lines"],
        purpose=KEPT["lines.purpose"],
        law=KEPT["law"],
        until=KEPT["lines.until"],
        then=KEPT["lines.then"],
        figures=lambda: {"days": settings.OPTIONS.entry_days},
        # Sealed, and nobody's before it has become an application: it is found by no person.
        records=lambda person_id: [],
        stays=lambda person_id: "",
        due=lambda *, at: held.stale_lines(at=at).count(),
        clear=disposing.lapse_lines,
    )
)
keeping.keep(
    RecordKind(
        name="applications.lists",
        order=62,
        label=KEPT["lists"],
        purpose=KEPT["lists.purpose"],
        law=KEPT["law"],
        until=KEPT["lists.until"],
        then=KEPT["lists.then"],
        figures=lambda: {"days": settings.OPTIONS.entry_days},
        records=held.list_records,
        stays=lambda person_id: "keep.shared",
        due=lambda *, at: held.settled_lists(at=at).count(),
        clear=sheets.dispose_lists,
    )
)
keeping.keep(
    RecordKind(
        name="applications.looks",
        order=64,
        label=KEPT["looks"],
        purpose=KEPT["looks.purpose"],
        law=KEPT["law"],
        until=KEPT["looks.until"],
        then=KEPT["looks.then"],
        figures=lambda: {"hours": int(held.LOOKED_AT.total_seconds() // 3600)},
        # Read once to be shown and by nothing else: it is found by no person.
        records=lambda person_id: [],
        stays=lambda person_id: "",
        due=lambda *, at: held.looked_at(at=at).count(),
        clear=sheets.clear_looked_at,
    )
)
