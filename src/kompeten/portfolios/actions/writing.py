"""How does a dossier come to be, grow, and leave the candidate's hands?"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel import digest, refs
from kompeten.kernel.actors import Actor
from kompeten.portfolios import queries
from kompeten.portfolios.chart import DOSSIER
from kompeten.portfolios.models import Answer, Dossier, VitaePart
from kompeten.portfolios.queries.written import gaps_in
from kompeten.portfolios.rules import vitae, words
from kompeten.portfolios.terms import WRITABLE, EntriesInvalid, Entry, Problem
from kompeten.portfolios.terms.dossier import HandIn, Opening
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import SchemeContent

if TYPE_CHECKING:
    from kompeten.applications.models import Application


def open_many(
    applications: "Sequence[Application]", *, by: Actor, at: datetime, rng: random.Random
) -> list[Dossier]:
    """Open an empty dossier for each application, bound to the instruments of its scheme version.

    A few statements per 500.

    :raises IntegrityError: one of them has a dossier
    """
    contents = schemes.contents({a.scheme_version_id for a in applications})
    opened = [_dossier(a, contents[a.scheme_version_id], at=at, rng=rng) for a in applications]
    ledger.enter_many(DOSSIER, opened, by=by, at=at, facts=_opening)
    return opened


def save(
    dossier: Dossier, *, answers: Mapping[str, str], by: Actor, at: datetime
) -> dict[str, int]:
    """Keep what was typed, by item code, and return the words of each answer.

    Saving again changes nothing. No event: somebody typing is no step of a lifecycle. Two queries
    for one answer as for all of them.

    :raises StepRefused: `role.not_held`, `step.not_open`, `answers.unknown`, `answers.long`
    :raises StaleRecord: the dossier was handed in or returned since it was read
    """
    _writes(dossier, by)
    description = schemes.content(dossier.scheme_version_id).instruments.self_description
    if not answers.keys() <= {item.code for item in description.items}:
        raise ledger.StepRefused("answers.unknown", step="save")
    texts = {item: words.tidy(text) for item, text in answers.items()}
    if any(len(text) > words.MAX_CHARACTERS for text in texts.values()):
        raise ledger.StepRefused("answers.long", step="save")
    counts = {item: words.count(text) for item, text in texts.items()}
    rows = [
        Answer(
            dossier=dossier,
            round=dossier.round,
            item=item,
            text=text,
            words=counts[item],
            saved_at=at,
        )
        for item, text in texts.items()
    ]
    with transaction.atomic():
        _touch(dossier, at=at)
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["dossier", "round", "item"],
            update_fields=["text", "words", "saved_at"],
        )
    return counts


def save_cv(
    dossier: Dossier,
    *,
    parts: Mapping[str, Sequence[Mapping[str, str]]],
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    """Keep the entries of some parts of the curriculum vitae; return how many each part has now.

    What a part had before is replaced. Two queries for one part as for all of them.

    :raises EntriesInvalid: a field is missing or cannot be read; then nothing is kept
    :raises StepRefused: `role.not_held`, `step.not_open`
    :raises StaleRecord: the dossier was handed in or returned since it was read
    """
    _writes(dossier, by)
    kept = _judged(schemes.content(dossier.scheme_version_id), parts, at=at)
    rows = [
        VitaePart(dossier=dossier, round=dossier.round, part=code, entries=entries, saved_at=at)
        for code, entries in kept.items()
    ]
    with transaction.atomic():
        _touch(dossier, at=at)
        VitaePart.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["dossier", "round", "part"],
            update_fields=["entries", "saved_at"],
        )
    return {code: len(entries) for code, entries in kept.items()}


def hand_in(dossier: Dossier, *, by: Actor, at: datetime) -> Event:
    """Hand the dossier to its readers.

    :raises StepRefused: `answers.blank`, `answers.short`, `vitae.empty`; `queries.gaps` says which
    :raises StaleRecord: it was handed in already
    """
    _is_own(dossier, by, "hand_in")
    content = schemes.content(dossier.scheme_version_id)
    with transaction.atomic():
        # Locked where the database has row locks, so that the digest is of what readers will see.
        Dossier.objects.select_for_update().filter(pk=dossier.pk).values_list("pk").first()
        texts, parts = queries.texts(dossier), queries.parts(dossier)
        counts = {item: text.words for item, text in texts.items()}
        missing = gaps_in(content, counts, {code for code, p in parts.items() if p.entries})
        whole = {
            "answers": {item: text.text for item, text in texts.items()},
            "vitae": {code: part.entries for code, part in parts.items()},
        }
        facts = HandIn(
            round=dossier.round,
            words=sum(counts.values()),
            digest=digest.of(whole),
            blank=missing.blank,
            short=missing.short,
            parts=missing.parts,
        )
        also = {"handed_in_at": at, "digest": facts.digest}
        return ledger.take(DOSSIER, "hand_in", dossier, by=by, at=at, facts=facts, also=also)


def _dossier(
    application: "Application", content: SchemeContent, *, at: datetime, rng: random.Random
) -> Dossier:
    return Dossier(
        ref=refs.new(rng),
        application=application,
        person_id=application.person_id,
        scheme_version_id=application.scheme_version_id,
        self_description=content.instruments.self_description.code,
        curriculum_vitae=content.instruments.curriculum_vitae.code,
        readers=content.portfolio.raters.count,
        due_on=timezone.localdate(at) + timedelta(days=content.candidate_days.portfolio),
        opened_at=at,
    )


def _opening(dossier: Dossier) -> Opening:
    return Opening(dossier.self_description, dossier.curriculum_vitae, dossier.due_on)


def _is_own(dossier: Dossier, by: Actor, step: str) -> None:
    if by.person_id is None or by.person_id != dossier.person_id:
        raise ledger.StepRefused("role.not_held", step=step)


def _writes(dossier: Dossier, by: Actor) -> None:
    """Let through only the candidate, and only while the dossier is being written."""
    _is_own(dossier, by, "save")
    if dossier.state not in WRITABLE:
        raise ledger.StepRefused("step.not_open", step="save")


def _touch(dossier: Dossier, *, at: datetime) -> None:
    """Note that the dossier was written in, in the state and round it was read in."""
    rows = Dossier.objects.filter(pk=dossier.pk, state=dossier.state, round=dossier.round)
    if not rows.update(saved_at=at):
        raise ledger.StaleRecord(f"dossier {dossier.pk} is no longer {dossier.state}")
    dossier.saved_at = at


def _judged(
    content: SchemeContent, parts: Mapping[str, Sequence[Mapping[str, str]]], *, at: datetime
) -> dict[str, tuple[Entry, ...]]:
    asked = {part.code: part for part in content.instruments.curriculum_vitae.parts}
    kept: dict[str, tuple[Entry, ...]] = {}
    problems: list[Problem] = []
    for code, entries in parts.items():
        if code not in asked:
            problems.append(Problem(code, 0, "", "part.unknown"))
            continue
        kept[code], found = vitae.judge(asked[code], entries, on=timezone.localdate(at))
        problems += found
    if problems:
        raise EntriesInvalid(tuple(problems))
    return kept
