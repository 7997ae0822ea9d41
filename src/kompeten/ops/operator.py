"""Who acts when somebody works at the shell? An account of its own, named in every event."""

from datetime import datetime
from secrets import SystemRandom
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.commands import Misuse
from kompeten.people import actions, queries
from kompeten.people.terms import OrganizationKind

if TYPE_CHECKING:
    from kompeten.people.models import Organization

MAIL = "baris-perintah@kompeten.example"


def sponsor(organization: "Organization", *, at: datetime) -> Actor:
    """Return the shell's account, allowed to file lists for `organization`."""
    account = queries.account_by_email(MAIL)
    if account is None:
        account = actions.open_account(
            at=at, rng=SystemRandom(), email=MAIL, label="baris perintah"
        )
    actor = queries.actor(account.pk, at=at)
    if Role.SPONSOR not in actor.roles or organization.pk not in actor.organization_ids:
        actions.grant(account, Role.SPONSOR, at=at, organization=organization)
        actor = queries.actor(account.pk, at=at)
    return actor


def organization(ref: str | None, *, name: str, at: datetime) -> "Organization":
    """Return the organization called by `ref`, or the body itself, made known at first use.

    :raises Misuse: no organization has this reference
    """
    if ref:
        found = queries.organization_by_ref(ref)
        if found is None:
            raise Misuse(f"no organization has the reference {ref}")
        return found
    bodies = queries.organizations(OrganizationKind.BODY, on=timezone.localdate(at))
    if bodies:
        found = queries.organization_by_ref(bodies[0][1])
        assert found is not None  # it was just listed
        return found
    return actions.found_organization(
        name, kind=OrganizationKind.BODY, on=timezone.localdate(at), rng=SystemRandom()
    )


def coordinator(*, at: datetime) -> Actor:
    """Return the shell's account, allowed to plan sittings."""
    return _as(Role.COORDINATOR, at=at)


def registrar(*, at: datetime) -> Actor:
    """Return the shell's account, allowed to keep certificates."""
    return _as(Role.REGISTRAR, at=at)


def _as(role: Role, *, at: datetime) -> Actor:
    account = queries.account_by_email(MAIL)
    if account is None:
        account = actions.open_account(
            at=at, rng=SystemRandom(), email=MAIL, label="baris perintah"
        )
    actor = queries.actor(account.pk, at=at)
    if role not in actor.roles:
        actions.grant(account, role, at=at)
        actor = queries.actor(account.pk, at=at)
    return actor
