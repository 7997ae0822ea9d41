"""What does the room hold of people, and for how long? And each hour: what is over in any room goes.

What says who somebody is, and their account, depend on their applications and stand in `journey`.
"""

from datetime import datetime

from django.conf import settings

from kompeten.foundation import keeping
from kompeten.foundation.keeping import RecordKind
from kompeten.foundation.ledger import after
from kompeten.people.actions import accessing
from kompeten.people.labels import KEPT
from kompeten.people.queries import held
from kompeten.people.queries.accesses import access_records, listings_over, over


@after("removal.answered")
def clear(*, at: datetime) -> int:
    """Let go of what is over, in every room; found by the sweep, done once an hour."""
    return keeping.clear(at=at)


keeping.keep(
    RecordKind(
        name="people.consents",
        order=30,
        label=KEPT["consents"],
        purpose=KEPT["consents.purpose"],
        law=KEPT["law.proof"],
        until=KEPT["always"],
        then=KEPT["stays"],
        records=held.consent_records,
        stays=lambda person_id: "keep.proof",
    )
)
keeping.keep(
    RecordKind(
        name="people.accesses",
        order=130,
        label=KEPT["accesses"],
        purpose=KEPT["accesses.purpose"],
        law=KEPT["law.trace"],
        until=KEPT["accesses.until"],
        then=KEPT["deleted"],
        figures=lambda: {"days": settings.OPTIONS.access_log_days},
        records=access_records,
        stays=lambda person_id: "keep.proof",
        due=lambda *, at: over(at=at).count() + listings_over(at=at).count(),
        clear=accessing.clear_accesses,
    )
)
keeping.keep(
    RecordKind(
        name="people.requests",
        order=140,
        label=KEPT["requests"],
        purpose=KEPT["requests.purpose"],
        law=KEPT["law.proof"],
        until=KEPT["always"],
        then=KEPT["stays"],
        records=held.request_records,
        stays=lambda person_id: "keep.proof",
    )
)
