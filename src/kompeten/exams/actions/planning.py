"""How is a sitting planned and opened?"""

import random
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kompeten.exams.chart import SITTING
from kompeten.exams.models import Sitting, SittingForm, SittingScheme
from kompeten.exams.rules import clock
from kompeten.exams.rules.steps import plan_reasons
from kompeten.exams.terms import Beginning, Planning
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.itembank import queries as itembank
from kompeten.itembank.terms import PinnedForm
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.interval import Window
from kompeten.people import queries as people
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import CognitiveRules


def plan(
    title: str,
    *,
    scheme_version_ids: Sequence[int],
    form_ref: str,
    further_refs: Sequence[str] = (),
    opens_at: datetime,
    closes_at: datetime,
    zone: str,
    by: Actor,
    at: datetime,
    rng: random.Random,
    site_id: int | None = None,
    capacity: int | None = None,
) -> Sitting:
    """Plan a sitting for candidates of these scheme versions; without a site it is online.

    The minutes are those of the schemes, and the form must have their blueprint, `further_refs` too:
    with several, each candidate is dealt one. The capacity is that of the site if none is given;
    online there is no limit then.

    :raises StepRefused: `sitting.…` by window, zone, schemes, form or site
    """
    sitting = Sitting(
        title=title, site_id=site_id, opens_at=opens_at, closes_at=closes_at, zone=zone
    )
    said = schemes.contents(scheme_version_ids)
    papers = _forms((form_ref, *further_refs))
    sitting.minutes = _minutes(
        sitting, [content.cognitive for content in said.values()], papers, at=at
    )
    sitting.form_id, sitting.form_digest = papers[0].id, papers[0].digest
    sitting.capacity = _capacity(site_id, capacity)
    sitting.ref = refs.new(rng)
    _enter(sitting, papers, sorted(said), by=by, at=at)
    return sitting


def open_sitting(sitting: Sitting, *, by: Actor, at: datetime) -> Event:
    """Open the doors: candidates can start as soon as the window opens.

    :raises StepRefused: `sitting.too_early` (half an hour before the window), `exam.window_is_over`
    """
    facts = Beginning(at=at, opens_at=sitting.opens_at, closes_at=sitting.closes_at)
    return ledger.take(SITTING, "begin", sitting, by=by, at=at, facts=facts)


def last_end(sitting: Sitting) -> datetime:
    """Return when nobody of the sitting has time any more. One query."""
    most = sitting.entries.aggregate(most=Max("extra_minutes"))["most"] or 0
    return clock.last_end(Window(sitting.opens_at, sitting.closes_at), most_extra_minutes=most)


def _enter(
    sitting: Sitting,
    papers: Sequence[PinnedForm],
    version_ids: Sequence[int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Put a sitting on record with the schemes it is for and all its forms."""
    first, *further = papers
    facts = Planning(
        form=first.ref,
        schemes=tuple(sorted(schemes.version(key).ref for key in version_ids)),
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        zone=sitting.zone,
        minutes=sitting.minutes,
        further=tuple(one.ref for one in further),
    )
    with transaction.atomic():
        ledger.enter(SITTING, sitting, by=by, at=at, facts=facts)
        SittingScheme.objects.bulk_create(
            SittingScheme(sitting=sitting, scheme_version_id=key) for key in version_ids
        )
        SittingForm.objects.bulk_create(
            SittingForm(sitting=sitting, form_id=one.id, form_digest=one.digest) for one in further
        )


def _forms(refs_wanted: Sequence[str]) -> list[PinnedForm]:
    found = [itembank.pinned(ref) for ref in dict.fromkeys(refs_wanted)]
    known = [form for form in found if form is not None]
    if len(known) < len(found):
        raise ledger.StepRefused("sitting.form_unknown", step="open")
    # Two drafts of the same cases are one paper.
    return list({form.digest: form for form in reversed(known)}.values())[::-1]


def _minutes(
    sitting: Sitting, rules: Sequence[CognitiveRules], papers: Sequence[PinnedForm], *, at: datetime
) -> int:
    """Return how long candidates of these schemes have. :raises StepRefused: they cannot sit like this"""
    reasons = plan_reasons(
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        zone=sitting.zone,
        rules=tuple(rules),
        form_blueprints=tuple(paper.blueprint for paper in papers),
        at=at,
    )
    if reasons:
        raise ledger.StepRefused(*reasons, step="open")
    return rules[0].minutes


def _capacity(site_id: int | None, capacity: int | None) -> int | None:
    if site_id is None:
        return capacity
    room = {site.pk: site.capacity for site in people.sites()}.get(site_id)
    if room is None:
        raise ledger.StepRefused("sitting.site_unknown", step="open")
    if capacity is not None and capacity > room:
        raise ledger.StepRefused("sitting.site_too_small", step="open")
    return room if capacity is None else capacity
