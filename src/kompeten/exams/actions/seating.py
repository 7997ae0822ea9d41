"""How do candidates get seats? Many at once, all of them or none."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Count

from kompeten.applications.terms.application import State
from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries.entries import CHUNK
from kompeten.exams.queries.sittings import form_digests
from kompeten.exams.rules.seats import deal, seat_reasons
from kompeten.exams.terms import EntryState, Seating, SeatingRefused, SittingState
from kompeten.foundation import ledger
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Route

if TYPE_CHECKING:
    from kompeten.applications.models import Application


def seat(
    sitting: Sitting,
    applications: "Sequence[Application]",
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
    makeup: bool = False,
) -> list[Entry]:
    """Give each application a seat; `makeup` is for those who were absent or interrupted before.

    A few queries per 500.

    :raises SeatingRefused: one of them cannot be seated; says why, by reference
    :raises StepRefused: `sitting.over`, `sitting.full`
    :raises StaleRecord: somebody seated one of them at this moment
    """
    try:
        with transaction.atomic():
            if not _takes_seats(sitting, at=at):
                raise ledger.StepRefused("sitting.over", step="open")
            taken = Entry.objects.filter(sitting=sitting).count()
            if sitting.capacity is not None and taken + len(applications) > sitting.capacity:
                raise ledger.StepRefused("sitting.full", step="open")
            earlier = _earlier(applications)
            if refused := _refused(sitting, applications, earlier, makeup=makeup):
                raise SeatingRefused(refused)
            return _enter(sitting, applications, earlier, by=by, at=at, rng=rng)
    except IntegrityError as error:
        raise ledger.StaleRecord("somebody seated one of these candidates") from error


def _takes_seats(sitting: Sitting, *, at: datetime) -> bool:
    """Say whether seats can still be given, and hold the sitting until they are.

    It is read anew: a page made before the closing would seat somebody whom the closing never saw,
    neither absent nor open to a make-up. Held, so that two who fill the last seats take turns.
    """
    held = Sitting.objects.select_for_update().only("state").get(pk=sitting.pk)
    return held.state in (SittingState.PLANNED, SittingState.OPEN) and at < sitting.closes_at


def _enter(
    sitting: Sitting,
    applications: "Sequence[Application]",
    earlier: dict[int, list[Entry]],
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> list[Entry]:
    names = {application.pk: application.ref for application in applications}
    papers = _dealt(sitting, [earlier.get(a.pk, []) for a in applications], rng=rng)
    newest = {key: entries[-1] for key, entries in earlier.items()}
    entries = [
        Entry(
            ref=refs.new(rng),
            sitting=sitting,
            application_id=application.pk,
            person_id=application.person_id,
            form_digest=paper,
            order_seed=rng.getrandbits(63),
            makeup_of=newest.get(application.pk),
        )
        for application, paper in zip(applications, papers, strict=True)
    ]
    ledger.enter_many(
        ENTRY,
        entries,
        by=by,
        at=at,
        facts=lambda entry: Seating(
            sitting=sitting.ref,
            application=names[entry.application_id],
            makeup_of=entry.makeup_of.ref if entry.makeup_of else "",
            form=entry.form_digest,
        ),
    )
    return entries


def _dealt(
    sitting: Sitting, earlier: Sequence[Sequence[Entry]], *, rng: random.Random
) -> list[str]:
    """Return the form of each candidate; who began on one before gets another where there is one."""
    held = sitting.entries.order_by().values_list("form_digest").annotate(n=Count("id"))
    return deal(
        [{e.form_digest for e in entries if e.started_at} for entries in earlier],
        forms=form_digests(sitting),
        dealt=dict(held),
        rng=rng,
    )


def _refused(
    sitting: Sitting,
    applications: "Sequence[Application]",
    earlier: dict[int, list[Entry]],
    *,
    makeup: bool,
) -> dict[str, tuple[str, ...]]:
    covered = set(sitting.schemes.values_list("scheme_version_id", flat=True))
    said = schemes.contents({a.scheme_version_id for a in applications})
    found = {}
    for a in applications:
        before = earlier.get(a.pk, [])
        reasons = seat_reasons(
            accepted=a.state == State.ACCEPTED,
            components=said[a.scheme_version_id].routes[Route(a.route)].components,
            covered=a.scheme_version_id in covered,
            earlier=[EntryState(entry.state) for entry in before],
            makeup=makeup,
        )
        if any(entry.sitting_id == sitting.pk for entry in before):
            reasons += ("seat.same_sitting",)
        if reasons:
            found[a.ref] = reasons
    return found


def _earlier(applications: "Sequence[Application]") -> dict[int, list[Entry]]:
    """Return the entries that these applications have had, oldest first."""
    keys = [application.pk for application in applications]
    found: dict[int, list[Entry]] = {}
    for start in range(0, len(keys), CHUNK):
        held = Entry.objects.filter(application_id__in=keys[start : start + CHUNK])
        for entry in held.order_by("id"):
            found.setdefault(entry.application_id, []).append(entry)
    return found
