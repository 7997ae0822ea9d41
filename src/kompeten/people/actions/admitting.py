"""How do people come to be known? Found again by NIK, and never overwritten by a list."""

import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kompeten.foundation import privacy
from kompeten.kernel import refs
from kompeten.people.actions.correcting import printed
from kompeten.people.models import NIK_COLUMN, Organization, OrganizationName, Person
from kompeten.people.queries import persons_by_nik
from kompeten.people.terms import Identity, OrganizationKind


def admit_many(
    identities: Sequence[Identity], *, at: datetime, rng: random.Random
) -> dict[str, int]:
    """Make known every person of `identities`, found again by NIK; return their keys by NIK.

    Who is known already keeps their own data: a list sent by an office never overwrites what the
    person has said. Employers are made known by name. A few queries per 500 people.

    :raises ValueError: more than one has no NIK; they could not be told apart in the answer
    :raises StepRefused: `name.*`, `text.letters`: something could not be printed; nobody is admitted
    """
    if sum(not i.nik for i in identities) > 1:
        raise ValueError("people without a NIK are admitted one by one")
    identities = [Identity(**printed(asdict(i), step="admit")) for i in identities]
    with transaction.atomic():
        known = persons_by_nik(i.nik for i in identities if i.nik)
        fresh = list({i.nik: i for i in identities if i.nik not in known}.values())
        employers = _employers({i.employer for i in fresh if i.employer}, at=at, rng=rng)
        people = [_person(i, employers.get(i.employer), at=at, rng=rng) for i in fresh]
        unnumbered = [p for p in people if p.nik_index is None]
        Person.objects.bulk_create(unnumbered)
        # Another list may admit the same people at this moment: whoever was first is the person.
        numbered = [p for p in people if p.nik_index is not None]
        Person.objects.bulk_create(numbered, batch_size=500, ignore_conflicts=True)
        found = persons_by_nik(i.nik for i in fresh if i.nik)
    return known | found | ({"": unnumbered[0].pk} if unnumbered else {})


def admit(identity: Identity, *, at: datetime, rng: random.Random) -> int:
    """Make one person known, found again by NIK; return the key."""
    return admit_many([identity], at=at, rng=rng)[identity.nik]


def _person(
    identity: Identity, employer_id: int | None, *, at: datetime, rng: random.Random
) -> Person:
    ref = refs.new(rng)
    nik = identity.nik
    return Person(
        ref=ref,
        name=identity.name,
        title_before=identity.title_before,
        title_after=identity.title_after,
        sex=identity.sex,
        birth_place=identity.birth_place,
        birth_on=identity.birth_on,
        region_code=identity.region_code,
        address=identity.address,
        phone=identity.phone,
        email=identity.email,
        employer_id=employer_id,
        nik_sealed=privacy.seal(nik, column=NIK_COLUMN, row=ref) if nik else None,
        nik_index=privacy.blind_index(nik, column=NIK_COLUMN) if nik else None,
        created_at=at,
    )


def _employers(names: set[str], *, at: datetime, rng: random.Random) -> dict[str, int]:
    """Return the keys of the employers called `names` today, making unknown ones known."""
    rows = OrganizationName.objects.filter(name__in=names, valid_until__isnull=True)
    known = dict(rows.values_list("name", "organization_id"))
    fresh = sorted(names - known.keys())
    offices = [Organization(ref=refs.new(rng), kind=OrganizationKind.EMPLOYER.value) for _ in fresh]
    Organization.objects.bulk_create(offices, batch_size=500)
    pairs, today = list(zip(fresh, offices, strict=True)), timezone.localdate(at)
    OrganizationName.objects.bulk_create(
        [OrganizationName(organization=o, name=n, valid_from=today) for n, o in pairs],
        batch_size=500,
    )
    return known | {name: office.pk for name, office in pairs}
