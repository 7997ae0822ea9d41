"""Who was given which role, and until when?"""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Assessor, RoleGrant
from kompeten.people.queries.accounts import holding
from kompeten.people.queries.organizations import organization_names
from kompeten.people.terms import GrantRow

SEES_GRANTS = frozenset({Role.ADMIN, Role.AUDITOR})


def grants(actor: Actor, *, text: str = "", role: str = "") -> QuerySet[RoleGrant]:
    """Return the grants that exist for `actor`, the newest first: all or none."""
    if not actor.may(SEES_GRANTS):
        return RoleGrant.objects.none()
    found = RoleGrant.objects.order_by("-valid_from", "-id")
    if role:
        found = found.filter(role=role)
    if text:
        found = found.filter(Q(account__label__icontains=text) | Q(account__email__icontains=text))
    return found


def held_grants(found: QuerySet[RoleGrant], *, at: datetime) -> QuerySet[RoleGrant]:
    """Return those of the grants that hold at `at`."""
    return found.filter(holding(at))


def grant_rows(found: QuerySet[RoleGrant], *, on: date) -> list[GrantRow]:
    """Return grants as rows, with the names of organizations on the day `on`. Two queries."""
    rows = list(found.select_related("account"))
    names = organization_names((g.organization_id for g in rows if g.organization_id), on=on)
    return [
        GrantRow(
            g.pk,
            g.account_id,
            g.account.ref,
            g.account.label,
            g.account.email or "",
            Role(g.role),
            names.get(g.organization_id or 0, ""),
            g.valid_from,
            g.valid_until,
        )
        for g in rows
    ]


def acted(person_id: int) -> bool:
    """Say whether somebody is or was an assessor, or holds or held a role but applicant. Two queries."""
    roles = RoleGrant.objects.filter(account__person_id=person_id).exclude(role=Role.APPLICANT)
    return roles.exists() or Assessor.objects.filter(person_id=person_id).exists()


def granted(key: int, actor: Actor) -> RoleGrant | None:
    """Return the grant if it is visible to `actor`. One query."""
    return grants(actor).filter(pk=key).first()
