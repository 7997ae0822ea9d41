"""Which organizations and sites are there, and what are they called on a day?"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from kompeten.people.models import Organization, OrganizationName, Site
from kompeten.people.terms import NameRow, OrganizationKind, OrganizationRow


def organization_names(ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return what the organizations were called on the day `on`, by key. One query."""
    rows = OrganizationName.objects.filter(_named(on), organization_id__in=set(ids))
    return dict(rows.values_list("organization_id", "name"))


def organization_by_ref(ref: str) -> Organization | None:
    """Return the organization with reference `ref`, or None."""
    return Organization.objects.filter(ref=ref).first()


def organizations(kind: str, *, on: date) -> list[tuple[int, str, str]]:
    """Return (key, ref, name on that day) of all organizations of a kind, by name. One query."""
    rows = OrganizationName.objects.filter(_named(on), organization__kind=kind).order_by(
        "name", "id"
    )
    return list(rows.values_list("organization_id", "organization__ref", "name"))


def sites() -> list[Site]:
    """Return all sites by name. One query."""
    return list(Site.objects.order_by("name", "id"))


def offices(*, text: str = "", kind: str = "") -> QuerySet[Organization]:
    """Return the organizations that were ever called by `text`, by their key."""
    found = Organization.objects.order_by("id")
    if kind:
        found = found.filter(kind=kind)
    if text:
        named = OrganizationName.objects.filter(name__icontains=text)
        found = found.filter(pk__in=named.values("organization_id"))
    return found


def office_rows(found: QuerySet[Organization]) -> list[OrganizationRow]:
    """Return organizations with their names over time. Two queries."""
    names = OrganizationName.objects.order_by("-valid_from", "-id")
    return [
        OrganizationRow(
            o.ref,
            OrganizationKind(o.kind),
            o.region_code,
            tuple(NameRow(n.name, n.valid_from, n.valid_until) for n in o.names.all()),
        )
        for o in found.prefetch_related(Prefetch("names", queryset=names))
    ]


def _named(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))
