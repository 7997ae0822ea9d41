"""What does an organization call its columns? Said once, it holds for every list it sends."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kompeten.applications.models import ListHeading
from kompeten.applications.rules import filers, headings
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor

MOST_HEADINGS = 300
LONGEST_HEADING = 120


def name_headings(
    organization_id: int, meanings: Mapping[str, str | None], *, by: Actor, at: datetime
) -> None:
    """Keep what headings mean to the organization; empty: not needed, None: forget what was said.

    What holds for one list only (`#3`, a column without a name; `=level`, said of everybody) and what
    is no field is not kept. A list that was taken before is not read again.

    :raises StepRefused: `role.not_held`: `by` is no sponsor of this organization
    """
    if not filers.sponsors(by, organization_id):
        raise StepRefused("role.not_held", step="open")
    lasting = {
        heading: field
        for heading, field in meanings.items()
        if headings.lasts(heading) and len(heading) <= LONGEST_HEADING
    }
    said = {heading: field for heading, field in lasting.items() if field in ("", *headings.FIELDS)}
    rows = [
        ListHeading(
            organization_id=organization_id,
            heading=heading,
            field=field,
            said_by_id=by.account,
            said_at=at,
        )
        for heading, field in list(said.items())[:MOST_HEADINGS]
        if field is not None
    ]
    forgotten = [heading for heading, field in lasting.items() if field is None]
    with transaction.atomic():
        kept = ListHeading.objects.filter(organization_id=organization_id)
        kept.filter(heading__in=forgotten).delete()
        ListHeading.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["organization", "heading"],
            update_fields=["field", "said_by_id", "said_at"],
        )
