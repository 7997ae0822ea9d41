"""How do those whom an outage hit get another sitting? Planned for exactly them, in one go."""

import random
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kompeten.applications import queries as applications
from kompeten.exams import queries
from kompeten.exams.actions.planning import plan
from kompeten.exams.actions.seating import seat
from kompeten.exams.models import Entry, Sitting
from kompeten.kernel.actors import Actor


def makeup(
    sitting: Sitting,
    entries: Sequence[Entry],
    *,
    form_ref: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    at: datetime,
    rng: random.Random,
    title: str = "",
) -> Sitting:
    """Plan a make-up of `sitting` at the same site, and seat the candidates of `entries`; all or none.

    They were interrupted or absent and hold no other seat. `form_ref`: a form that has not been seen.

    :raises SeatingRefused: one of them cannot be seated; says why
    :raises StepRefused: as `plan`
    """
    waiting = applications.by_ids(entry.application_id for entry in entries)
    with transaction.atomic():
        planned = plan(
            title or sitting.title,
            scheme_version_ids=queries.version_ids(sitting),
            form_ref=form_ref,
            opens_at=opens_at,
            closes_at=closes_at,
            zone=sitting.zone,
            site_id=sitting.site_id,
            by=by,
            at=at,
            rng=rng,
        )
        found = [waiting[entry.application_id] for entry in entries]
        seat(planned, found, by=by, at=at, rng=rng, makeup=True)
    return planned
