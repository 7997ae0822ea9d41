"""Who may fill in, hand in and take back an application? The person, and the office that listed them."""

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role


def files_for(actor: Actor, *, person_id: int, organization_id: int | None) -> bool:
    """Return whether `actor` files for this person, who applies alone or by this organization.

    >>> sponsor = Actor(7, frozenset({Role.SPONSOR}), organization_ids=frozenset({3}))
    >>> [files_for(sponsor, person_id=1, organization_id=office) for office in (3, 4, None)]
    [True, False, False]
    """
    themselves = actor.person_id == person_id
    return themselves or (organization_id is not None and sponsors(actor, organization_id))


def sponsors(actor: Actor, organization_id: int) -> bool:
    """Return whether `actor` hands in lists for the organization."""
    return actor.may(frozenset({Role.SPONSOR})) and organization_id in actor.organization_ids
