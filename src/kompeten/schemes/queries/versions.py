"""Which versions are there, what do they say, and what do they say to somebody?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kompeten.schemes.models import SchemeVersion
from kompeten.schemes.rules import eligibility, passing, practice, provenance, waiting
from kompeten.schemes.rules import weight as weighing
from kompeten.schemes.rules.building import from_plain
from kompeten.schemes.rules.weight import Weight
from kompeten.schemes.terms import (
    Bilingual,
    Eligibility,
    Facts,
    Known,
    Level,
    Outcome,
    Pinned,
    Practised,
    Profession,
    Route,
    SchemeContent,
    Spell,
    Unverified,
    VersionRow,
    VersionState,
    Whole,
)

# What a version says and is called never changes, so it is read once in a process. A house has a
# few dozen versions of some 50 kB; the limit only guards against a store of thousands.
KEPT = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    version: Pinned
    content: SchemeContent


_kept: dict[int, _Kept] = {}


def content(version_id: int) -> SchemeContent:
    """Return what the version says. One query at the first reading in a process, then none.

    :raises KeyError: there is no such version
    """
    return _read([version_id])[version_id].content


def contents(version_ids: Iterable[int]) -> dict[int, SchemeContent]:
    """Return what the versions say, by key. At most one query.

    :raises KeyError: one of them does not exist
    """
    return {key: kept.content for key, kept in _read(version_ids).items()}


def version(version_id: int) -> Pinned:
    """Return what an application is pinned to: which version of which scheme. As `content`.

    :raises KeyError: there is no such version
    """
    return _read([version_id])[version_id].version


def keep(row: SchemeVersion, scheme_code: str, said: SchemeContent) -> _Kept:
    """Keep in memory what stands in `row`, in place of anything under its key.

    Whoever writes a version keeps it at once, so that a key which a rollback set free can never
    answer with what stood under it before.
    """
    pinned = Pinned(row.pk, row.ref, scheme_code, row.number, row.digest, said.title)
    _kept[row.pk] = kept = _Kept(pinned, said)
    return kept


def forget() -> None:
    """Let go of all that was read, as a new process does."""
    _kept.clear()


def versions(scheme_code: str | None = None) -> list[VersionRow]:
    """Return every version, or those of one scheme, by code and then the newest first. One query."""
    rows = SchemeVersion.objects.order_by("scheme__code", "-number")
    return _rows(rows if scheme_code is None else rows.filter(scheme__code=scheme_code))


def row(ref: str) -> VersionRow | None:
    """Return the version called `ref` as lists show it, or None. One query."""
    return next(iter(_rows(SchemeVersion.objects.filter(ref=ref))), None)


def called(short: str, number: int) -> SchemeContent | None:
    """Return what the version says that certificates name so: `PEKSOS-G`, 3; or None. Two queries at most."""
    rows = SchemeVersion.objects.filter(number=number, published_at__isnull=False)
    said = contents(rows.values_list("pk", flat=True))
    return next((content for content in said.values() if content.short == short), None)


def record(ref: str) -> SchemeVersion | None:
    """Return the version called `ref` as a record to act on, or None. One query."""
    return SchemeVersion.objects.filter(ref=ref).first()


def in_force(*, on: date) -> list[VersionRow]:
    """Return every version that can be applied for on the day `on`, by code, newest first. One query."""
    return _rows(_in_force(on).order_by("scheme__code", "-number"))


def current(scheme_code: str, *, on: date) -> VersionRow | None:
    """Return the newest version of a scheme that is in force on the day `on`, or None. One query."""
    return next((row for row in in_force(on=on) if row.scheme_code == scheme_code), None)


def known(*, on: date) -> tuple[Known, ...]:
    """Return the newest version in force of each scheme, by code. At most two queries."""
    newest = {row.scheme_code: row.id for row in reversed(in_force(on=on))}
    kept = _read(newest.values())
    return tuple(_known(kept[key]) for _, key in sorted(newest.items()))


def versions_in_force(*, on: date) -> dict[tuple[Profession, Level | None], Known]:
    """Return the newest version in force by profession and level. At most two queries."""
    return {(found.profession, found.level): found for found in known(on=on)}


def open_routes(*, on: date) -> dict[tuple[Profession, Level | None], frozenset[Route]]:
    """Return the routes that can be applied for, by profession and level. At most two queries."""
    return {(found.profession, found.level): frozenset(found.routes) for found in known(on=on)}


def unverified(version_id: int) -> tuple[Unverified, ...]:
    """Return the values of the version that are not confirmed, by path.

    :raises KeyError: there is no such version
    """
    return unverified_in(content(version_id))


def unverified_in(said: SchemeContent) -> tuple[Unverified, ...]:
    """Return the values of a content that are not confirmed, by path."""
    return tuple(Unverified(path=path, why=why) for path, why in said.unverified.items())


def is_verified(said: SchemeContent, path: str) -> bool:
    """Say whether a source stands behind the value at the dotted `path`."""
    return provenance.origin(said, path).verified


def doubt(said: SchemeContent, path: str) -> Bilingual | None:
    """Return why the value at the dotted `path` is not confirmed; None where a source stands behind it."""
    return provenance.origin(said, path).doubt


def eligible(version_id: int, facts: Facts, *, on: date) -> dict[Route, Eligibility]:
    """Return what each route of the version says to somebody with `facts` on the day `on`."""
    said = content(version_id)
    return {found.route: found for found in eligibility.routes(said, facts, on=on)}


def opens_on(version_id: int, route: Route, facts: Facts, *, on: date) -> date | None:
    """Return the day on which a closed route opens if somebody only goes on, or None."""
    return waiting.opens_on(route, content(version_id).routes[route], facts, on=on)


def practised(spells: Iterable[Spell], *, on: date) -> Practised:
    """Return what spells of practice come to before the day `on`, each day counted once."""
    told = Facts(spells=tuple(spells))
    hours = practice.hours_of(told, on=on)
    months = practice.months_of(told, on=on)
    return Practised(months=months.at_least, hours=hours.at_least, hours_exact=hours.exact)


def weight(version_id: int, route: Route) -> Weight:
    """Return how many bytes there are to send for what the route asks for."""
    return weighing.weigh(content(version_id), route)


def whole(version_id: int, route: Route, outcomes: Iterable[Outcome]) -> Whole:
    """Return what the component outcomes come to on `route`.

    :raises OutcomeUnexpected: an outcome stands twice or does not belong to the route
    """
    said = content(version_id)
    return passing.compose(said.pass_rule, said.routes[route].components, outcomes)


def _in_force(on: date) -> QuerySet[SchemeVersion]:
    ends_later = Q(in_force_until__isnull=True) | Q(in_force_until__gt=on)
    # A retired version keeps its last day: until then it can still be applied for.
    states = [VersionState.PUBLISHED.value, VersionState.RETIRED.value]
    return SchemeVersion.objects.filter(ends_later, state__in=states, in_force_from__lte=on)


def _rows(rows: QuerySet[SchemeVersion]) -> list[VersionRow]:
    return [
        VersionRow(
            id=row.pk,
            ref=row.ref,
            scheme_code=row.scheme.code,
            number=row.number,
            state=VersionState(row.state),
            in_force_from=row.in_force_from,
            in_force_until=row.in_force_until,
            digest=row.digest,
            published_at=row.published_at,
        )
        for row in rows.select_related("scheme").defer("content")
    ]


def _read(version_ids: Iterable[int]) -> dict[int, _Kept]:
    wanted = set(version_ids)
    found = {key: kept for key in wanted if (kept := _kept.get(key)) is not None}
    if fresh := wanted - found.keys():
        if len(_kept) > KEPT:
            forget()
        for row in SchemeVersion.objects.filter(pk__in=fresh).select_related("scheme"):
            found[row.pk] = keep(row, row.scheme.code, from_plain(row.content))
    if missing := wanted - found.keys():
        raise KeyError(f"no scheme version {min(missing)}")
    return found


def _known(kept: _Kept) -> Known:
    said = kept.content
    return Known(
        id=kept.version.id,
        scheme_code=said.code,
        title=said.title,
        profession=said.profession,
        level=said.level,
        routes=tuple(said.routes),
        programs=said.programs,
    )
