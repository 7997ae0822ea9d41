"""How does a scheme version come into being, take effect and end?"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.module_loading import import_string

from kompeten.foundation import ledger
from kompeten.foundation.numbering import take_numbers
from kompeten.kernel import digest, refs
from kompeten.kernel.actors import Actor
from kompeten.schemes import queries
from kompeten.schemes.chart import CHART
from kompeten.schemes.models import Scheme, SchemeVersion
from kompeten.schemes.rules.building import digest_of, to_plain
from kompeten.schemes.terms import SchemeContent, SchemeFile, Unverified, VersionState
from kompeten.schemes.terms.events import Drafting, Publication, Retirement

# Adapters stand above actions, so the one that reads files is looked up by name.
PACKAGED = "kompeten.schemes.adapters.reader.packaged"


def draft(
    content: SchemeContent,
    *,
    in_force_from: date,
    in_force_until: date | None = None,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> SchemeVersion:
    """Write the next version of the content's scheme, to be looked at before it is published.

    A draft is not edited; another draft is written instead.

    :raises StepRefused: `by` keeps no schemes
    """
    file = SchemeFile("", content, digest_of(content), in_force_from, in_force_until)
    return draft_many([file], by=by, at=at, rng=rng)[0]


def draft_many(
    files: Sequence[SchemeFile], *, by: Actor, at: datetime, rng: random.Random
) -> list[SchemeVersion]:
    """Write a draft for each of `files`, in order; all of them or none.

    :raises StepRefused: `by` keeps no schemes
    """
    with transaction.atomic():
        schemes = _schemes([file.content.code for file in files])
        drafts = [_draft(file, schemes[file.content.code], rng=rng) for file in files]
        codes = {scheme.pk: code for code, scheme in schemes.items()}
        ledger.enter_many(
            CHART,
            drafts,
            by=by,
            at=at,
            facts=lambda row: Drafting(
                scheme=codes[row.scheme_id], number=row.number, digest=row.digest
            ),
        )
    for row, file in zip(drafts, files, strict=True):
        queries.keep(row, file.content.code, file.content)
    return drafts


def publish(version: SchemeVersion, *, by: Actor, at: datetime) -> tuple[Unverified, ...]:
    """Let the version take effect, never to change again; return what in it is not confirmed.

    :raises StepRefused: the content is not the one drafted (`content.altered`), the version is no
        draft, or `by` keeps no schemes
    """
    publish_many([version], by=by, at=at)
    return queries.unverified(version.pk)


def publish_many(drafts: Sequence[SchemeVersion], *, by: Actor, at: datetime) -> None:
    """Let each of `drafts` take effect; all of them or none.

    :raises StepRefused: as `publish` does
    """
    if any(digest.of(version.content) != version.digest for version in drafts):
        raise ledger.StepRefused("content.altered", step="publish")
    _publish(drafts, by=by, at=at)


def _publish(drafts: Sequence[SchemeVersion], *, by: Actor, at: datetime) -> None:
    ledger.take_many(
        CHART,
        "publish",
        drafts,
        by=by,
        at=at,
        also={"published_at": at},
        facts=lambda row: Publication(
            digest=row.digest, unverified=tuple(sorted(row.content["unverified"]))
        ),
    )


def retire(version: SchemeVersion, *, until: date, by: Actor, at: datetime) -> None:
    """End applications under the version from the day `until`; those made before keep it.

    :raises StepRefused: `until` is not after its first day (`retire.before_start`), or the
        version is not published, or `by` keeps no schemes
    """
    if until <= version.in_force_from:
        raise ledger.StepRefused("retire.before_start", step="retire")
    facts = Retirement(until=until)
    also = {"in_force_until": until}
    ledger.take(CHART, "retire", version, by=by, at=at, facts=facts, also=also)


def load_packaged(
    *, by: Actor, at: datetime, rng: random.Random, in_force_from: date | None = None
) -> dict[str, int]:
    """Draft and publish the room's own scheme files; return the keys of their versions by code.

    Idempotent: a file whose content is the newest version of its scheme is left as it is, so a
    new release adds a version only where a file has changed. `in_force_from` replaces the first
    day that the files name.
    """
    read: Callable[[], tuple[SchemeFile, ...]] = import_string(PACKAGED)
    files = {file.content.code: file for file in read()}
    newest = {row.scheme_code: row for row in reversed(queries.versions())}
    same = {code for code in files if code in newest and newest[code].digest == files[code].digest}
    fresh = [
        replace(file, in_force_from=in_force_from or file.in_force_from)
        for code, file in files.items()
        if code not in same
    ]
    with transaction.atomic():
        drafts = draft_many(fresh, by=by, at=at, rng=rng)
        waiting = [newest[c].id for c in same if newest[c].state is VersionState.DRAFT]
        left = list(SchemeVersion.objects.filter(pk__in=waiting).order_by("pk"))
        publish_many(left, by=by, at=at)
        _publish(drafts, by=by, at=at)
    keys = {row.content["code"]: row.pk for row in drafts}
    return {code: keys.get(code) or newest[code].id for code in files}


def _schemes(codes: Sequence[str]) -> dict[str, Scheme]:
    rows = [Scheme(code=code) for code in dict.fromkeys(codes)]
    Scheme.objects.bulk_create(rows, ignore_conflicts=True)
    return {scheme.code: scheme for scheme in Scheme.objects.filter(code__in=codes)}


def _draft(file: SchemeFile, scheme: Scheme, *, rng: random.Random) -> SchemeVersion:
    return SchemeVersion(
        ref=refs.new(rng),
        scheme=scheme,
        number=take_numbers(f"scheme.{scheme.code}")[0],
        in_force_from=file.in_force_from,
        in_force_until=file.in_force_until,
        content=to_plain(file.content),
        digest=file.digest,
    )
