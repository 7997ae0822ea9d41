"""Which lists were sent, what became of their lines, and what is known to judge one?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from kompeten.applications.models import Application, Collective, CollectiveRow, Repair
from kompeten.applications.queries.records import SEES_ALL, SPONSORS
from kompeten.applications.rules import mending, places, roster
from kompeten.applications.terms import Known, Roster
from kompeten.applications.terms.application import ListRow
from kompeten.kernel.actors import Actor
from kompeten.regions import queries as regions
from kompeten.regions.terms import RegionKind
from kompeten.schemes import queries as schemes


def known(*, on: date) -> Known:
    """Return what the house knows when a list is judged on the day `on`."""
    versions = schemes.known(on=on)
    return Known(
        regions=regions.codes(on=on),
        region_names=_region_names(on),
        schemes=schemes.open_routes(on=on),
        programs=frozenset(
            name for v in versions for p in v.programs for name in (p.title.id, *p.aliases)
        ),
    )


def _region_names(on: date) -> dict[str, frozenset[str]]:
    """Return the codes by the bare words of a region, with and without its kind."""
    names: dict[str, set[str]] = {}
    for province in regions.provinces(on=on):
        for row in regions.districts(province.code, on=on):
            place = places.bare(row.name)
            kind = "kota" if row.kind is RegionKind.CITY else "kabupaten"
            for said in (place, f"{kind} {place}"):
                names.setdefault(said, set()).add(row.code)
    return {name: frozenset(codes) for name, codes in names.items()}


def report(judged: Roster, *, warnings: bool = False) -> dict[str, Any]:
    """Return a judged list as other programs read it; the keys are a contract."""
    return roster.report(judged, warnings=warnings)


def collectives(actor: Actor) -> QuerySet[Collective]:
    """Return the lists that exist for `actor`: those of a sponsor's organizations, or all for staff."""
    if actor.may(SEES_ALL):
        return Collective.objects.all()
    return sponsored(actor)


def sponsored(actor: Actor) -> QuerySet[Collective]:
    """Return the lists that `actor` answers for: those of the organizations they are sponsor of."""
    if not actor.may(SPONSORS):
        return Collective.objects.none()
    return Collective.objects.filter(organization_id__in=actor.organization_ids)


def collective(ref: str, actor: Actor) -> Collective | None:
    """Return the list if it is visible to `actor`. One query."""
    return collectives(actor).filter(ref=ref).first()


def list_names(actor: Actor) -> list[Collective]:
    """Return the lists that exist for `actor`, the newest first: reference, name and office. One query."""
    rows = collectives(actor).order_by("-received_at", "-id")
    return list(rows.only("ref", "label", "organization_id"))


def on_list(ref: str, actor: Actor) -> QuerySet[Application]:
    """Return the applications that the lines of a list visible to `actor` have become."""
    rows = CollectiveRow.objects.filter(collective__in=collectives(actor).filter(ref=ref))
    at_once, mended = rows.values("application"), rows.values("repair__application")
    return Application.objects.filter(Q(pk__in=at_once) | Q(pk__in=mended))


def repairs_by_list(refs: Iterable[str]) -> dict[str, int]:
    """Return how many lines of the lists called `refs` still wait to be mended. One query."""
    rows = repairs_waiting().filter(line__collective__ref__in=list(refs)).order_by()
    return dict(rows.values_list("line__collective__ref").annotate(n=Count("id")))


def received_before(sha256: str) -> Collective | None:
    """Return the list that this file has become, whichever office sent it, or None. One query."""
    return Collective.objects.filter(sha256=sha256).order_by("id").first()


def list_words() -> dict[str, tuple[str, ...]]:
    """Return the words a mended line may have where only some are understood, by field."""
    return mending.choices()


def fields_asked(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of a line that have to be filled in again for these reasons."""
    return mending.asked(reasons)


def persons_of_collective(ref: str) -> list[int]:
    """Return the persons whose applications a list opened, by key. One query."""
    rows = Application.objects.filter(collective__ref=ref).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


def collective_counts(collective: Collective) -> dict[str, int]:
    """Return how many lines have each verdict. One query."""
    counted = collective.rows.values_list("verdict").annotate(n=Count("id"))
    return dict(counted)


def collective_list(lists: QuerySet[Collective]) -> list[ListRow]:
    """Return collective lists as rows, with counts of verdicts. Two queries."""
    page = list(lists)
    counted = CollectiveRow.objects.filter(collective__in=[c.pk for c in page])
    counts: dict[int, dict[str, int]] = {}
    for key, verdict, n in counted.values_list("collective_id", "verdict").annotate(n=Count("id")):
        counts.setdefault(key, {})[verdict] = n
    return [
        ListRow(c.ref, c.organization_id, c.label, c.received_at, counts.get(c.pk, {}))
        for c in page
    ]


def collective_rows(collective: Collective) -> QuerySet[CollectiveRow]:
    """Return the lines of a list in the order of the sheets, with their applications."""
    rows = collective.rows.select_related("application", "repair__application")
    return rows.order_by("id")


def persons_in(rows: Iterable[CollectiveRow]) -> set[int]:
    """Return the keys of the people whom lines became, at once or after they were mended. No query.

    `rows` come from `collective_rows`.
    """
    repairs = (getattr(row, "repair", None) for row in rows if row.application is None)
    held = [repair.application for repair in repairs if repair is not None]
    held += [row.application for row in rows]
    return {application.person_id for application in held if application is not None}


def collective_progress(collective: Collective) -> dict[str, int]:
    """Return how many applications of the list stand in each state. One query."""
    counted = collective.applications.values_list("state").annotate(n=Count("id"))
    return dict(counted)


def repairs_waiting() -> QuerySet[Repair]:
    """Return the lines that wait to be mended."""
    return Repair.objects.filter(state="waiting")


def repair(ref: str, actor: Actor) -> Repair | None:
    """Return the repair if its list is visible to `actor`. One query."""
    waiting = Repair.objects.filter(line__collective__in=collectives(actor), ref=ref)
    return waiting.select_related("line__collective").first()


def list_refs(keys: Iterable[int]) -> dict[int, str]:
    """Return the references of lists by key. One query."""
    return dict(Collective.objects.filter(pk__in=list(keys)).values_list("pk", "ref"))
