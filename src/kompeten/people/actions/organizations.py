"""How do organizations and their sites come to be known?"""

import random
from datetime import date

from django.db import transaction

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import lettering, refs
from kompeten.people.models import Organization, OrganizationName, Site
from kompeten.people.terms import OrganizationKind


def found_organization(
    name: str,
    *,
    kind: OrganizationKind,
    on: date,
    rng: random.Random,
    region_code: str = "",
) -> Organization:
    """Make an organization known under `name` from the day `on`.

    :raises StepRefused: `organization.letters`: the name could not be printed
    """
    name = _office_name(name)
    with transaction.atomic():
        office = Organization.objects.create(
            ref=refs.new(rng), kind=kind.value, region_code=region_code
        )
        OrganizationName.objects.create(organization=office, name=name, valid_from=on)
    return office


def rename_organization(office: Organization, name: str, *, on: date) -> None:
    """Call the organization `name` from the day `on`; the name before ends that day.

    :raises StepRefused: `organization.letters`: the name could not be printed
    """
    name = _office_name(name)
    with transaction.atomic():
        office.names.filter(valid_until__isnull=True).update(valid_until=on)
        OrganizationName.objects.create(organization=office, name=name, valid_from=on)


def add_site(
    name: str, *, organization: Organization, region_code: str, capacity: int, rng: random.Random
) -> Site:
    """Make an assessment site (TUK) known."""
    return Site.objects.create(
        ref=refs.new(rng),
        name=name,
        organization=organization,
        region_code=region_code,
        capacity=capacity,
    )


def _office_name(name: str) -> str:
    kept = lettering.tidy(name)
    if not kept or not lettering.is_printable(kept):
        raise StepRefused("organization.letters", step="name_organization")
    return kept
