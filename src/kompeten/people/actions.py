"""How do people, accounts, roles and organizations come to be known?"""

import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q

from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel import lettering, refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.chart import NIK_CLAIM
from kompeten.people.models import (
    CLAIM_COLUMN,
    NIK_COLUMN,
    Account,
    Assessor,
    NameChange,
    NikClaim,
    Organization,
    OrganizationName,
    Person,
    RoleGrant,
    Site,
)
from kompeten.people.queries import accounts_of, known_mails, mail_addresses, persons_by_nik
from kompeten.people.rules import nik_shape, tidied, unprintable
from kompeten.people.terms import Identity, OrganizationKind, Settling

# Who puts right a name after the person has handed in; it is printed on papers of the body.
NAME_KEEPERS = frozenset({Role.REGISTRAR, Role.DIRECTOR})
UNUSABLE = make_password(None)


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
    identities = [Identity(**_printed(asdict(i), step="admit")) for i in identities]
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


def correct_person(person_id: int, **said: Any) -> None:
    """Keep what a person says of themselves: any field of `Identity` but the NIK and the employer.

    :raises StepRefused: `name.*`, `text.letters`: something could not be printed; nothing is kept
    """
    Person.objects.filter(pk=person_id).update(**_printed(said, step="introduce"))


def correct_name(
    person: Person,
    *,
    name: str,
    title_before: str,
    title_after: str,
    ground: str,
    by: Actor,
    at: datetime,
) -> None:
    """Put right how a person is called on papers; what stood there is kept with the ground.

    The same name again changes nothing and writes nothing.

    :raises StepRefused: `role.not_held`; `name.own`; `name.*`, `text.letters`: it could not be
        printed; `name.no_ground`
    :raises StaleRecord: somebody else has changed the name since it was read
    """
    if not by.may(NAME_KEEPERS):
        raise StepRefused("role.not_held", step="correct_name")
    if by.person_id == person.pk:
        raise StepRefused("name.own", step="correct_name")
    said = {"name": name, "title_before": title_before, "title_after": title_after}
    kept = _printed(said, step="correct_name")
    before = {field: getattr(person, field) for field in kept}
    if kept == before:
        return
    if not ground.strip():
        raise StepRefused("name.no_ground", step="correct_name")
    with transaction.atomic():
        if not Person.objects.filter(pk=person.pk, **before).update(**kept):
            raise StaleRecord(f"person {person.pk} is called otherwise by now")
        NameChange.objects.create(
            person=person, changed_at=at, by_id=by.account, ground=ground.strip(), **before
        )
    for field, value in kept.items():
        setattr(person, field, value)


def introduce(person_id: int, *, nik: str = "", **said: Any) -> bool:
    """Keep what a person says of themselves; return whether a NIK that was known gave way to `nik`.

    Whether it may is for the room that asks to say: it knows what has been handed in under the old
    one.

    :raises StepRefused: `nik.length`; `nik.taken`: somebody else has this NIK; `name.*`,
        `text.letters`: it could not be printed; then nothing is kept
    """
    if nik and (reason := nik_shape(nik)):
        raise StepRefused(reason, step="introduce")
    try:
        with transaction.atomic():
            correct_person(person_id, **said)
            return bool(nik) and _number(person_id, nik)
    except IntegrityError as error:  # somebody else stated it at this very moment
        raise StepRefused("nik.taken", step="introduce") from error


def claim_nik(person_id: int, nik: str, *, by: Actor, at: datetime, rng: random.Random) -> NikClaim:
    """Note that the person says a NIK is theirs which somebody else holds; the office settles it.

    :raises StepRefused: `nik.length`; `claim.exists`: one of theirs is open; `role.not_held`
    """
    if reason := nik_shape(nik):
        raise StepRefused(reason, step="claim")
    if by.person_id != person_id:
        raise StepRefused("role.not_held", step="claim")
    ref = refs.new(rng)
    claim = NikClaim(
        ref=ref,
        person_id=person_id,
        nik_sealed=privacy.seal(nik, column=CLAIM_COLUMN, row=ref),
        nik_index=privacy.blind_index(nik, column=NIK_COLUMN),
        opened_at=at,
    )
    try:
        with transaction.atomic():
            ledger.enter(NIK_CLAIM, claim, by=by, at=at)
    except IntegrityError as error:
        raise StepRefused("claim.exists", step="claim") from error
    return claim


def grant_claim(claim: NikClaim, *, reason: str, by: Actor, at: datetime) -> None:
    """Give the NIK to who claims it; who held it has none until they state their own.

    :raises StepRefused: `claim.reason_missing`, `claim.number_in_reason`, `claim.own`,
        `role.not_held`
    :raises StaleRecord: it was settled by another hand
    """
    nik = privacy.unseal(bytes(claim.nik_sealed), column=CLAIM_COLUMN, row=claim.ref)
    with transaction.atomic():
        _settle("grant", claim, reason=reason, by=by, at=at)
        holders = Person.objects.filter(nik_index=claim.nik_index)
        holders.update(nik_sealed=None, nik_index=None)
        _number(claim.person_id, nik)


def decline_claim(claim: NikClaim, *, reason: str, by: Actor, at: datetime) -> None:
    """Leave the NIK with who holds it.

    :raises StepRefused: as `grant_claim`
    :raises StaleRecord: it was settled by another hand
    """
    _settle("decline", claim, reason=reason, by=by, at=at)


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


def open_account(
    *,
    at: datetime,
    rng: random.Random,
    email: str | None = None,
    person_id: int | None = None,
    password: str | None = None,
    label: str = "",
) -> Account:
    """Open an account; without a password it can be entered only after one is set by link.

    `label` is the name under which its holder signs papers.

    :raises StepRefused: `name.*`: the label could not be printed
    """
    label = lettering.tidy(label)
    if label and (reason := lettering.name_flaw(label)):
        raise StepRefused(reason, step="open_account")
    account = Account(
        ref=refs.new(rng), email=email or None, person_id=person_id, label=label, created_at=at
    )
    account.set_password(password)
    account.save(force_insert=True)
    return account


def invite_many(person_ids: Sequence[int], *, at: datetime, rng: random.Random) -> int:
    """Open an account for each person who has none, to be entered by link; return how many.

    The person's e-mail address is taken over where no other account has it. A few queries per 500.
    """
    with transaction.atomic():
        fresh = sorted(set(person_ids) - accounts_of(person_ids).keys())
        mails = {p: m.lower() for p, m in mail_addresses(fresh).items()}
        taken = known_mails(mails.values())
        accounts = []
        for person_id in fresh:
            mail = mails.get(person_id)
            free = mail if mail and mail not in taken else None
            taken |= {free} if free else set()
            accounts.append(
                Account(
                    ref=refs.new(rng),
                    email=free,
                    person_id=person_id,
                    password=UNUSABLE,
                    created_at=at,
                )
            )
        Account.objects.bulk_create(accounts, batch_size=500)
    return len(accounts)


def grant(
    account: Account,
    role: Role,
    *,
    at: datetime,
    until: datetime | None = None,
    organization: Organization | None = None,
) -> RoleGrant:
    """Let the account play `role` from `at` until `until` (exclusive)."""
    return RoleGrant.objects.create(
        account=account,
        role=role.value,
        organization=organization,
        valid_from=at,
        valid_until=until,
    )


def end_grants(account: Account, role: Role, *, at: datetime) -> int:
    """End the account's present grants of `role` at `at`, those with a term too; return how many."""
    rows = RoleGrant.objects.filter(account=account, role=role.value, valid_from__lt=at)
    return rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at)).update(valid_until=at)


def end_grant(grant: RoleGrant, *, by: Actor, at: datetime) -> None:
    """End one grant at `at`; an administrator does it, and never to themselves.

    :raises StepRefused: `role.not_held`, `grant.own`
    :raises StaleRecord: it has ended already
    """
    if not by.may(frozenset({Role.ADMIN})):
        raise StepRefused("role.not_held", step="end_grant")
    if grant.account_id == by.account_id:
        raise StepRefused("grant.own", step="end_grant")
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    rows = RoleGrant.objects.filter(lasting, pk=grant.pk, valid_from__lt=at)
    if not rows.update(valid_until=at):
        raise StaleRecord(f"grant {grant.pk} does not hold any more")


def license_assessor(person_id: int, *, registration_number: str, until: date) -> Assessor:
    """Note that the person is licensed as an assessor up to and including the day `until`."""
    licence, _ = Assessor.objects.update_or_create(
        person_id=person_id,
        defaults={"registration_number": registration_number, "licensed_until": until},
    )
    return licence


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


def _printed(said: dict[str, Any], *, step: str) -> dict[str, Any]:
    """Return what is said as it is kept.

    :raises StepRefused: `name.*`, `text.letters`: something could not be printed
    """
    kept = tidied(said)
    if reasons := unprintable(kept):
        raise StepRefused(*reasons, step=step)
    return kept


def _office_name(name: str) -> str:
    kept = lettering.tidy(name)
    if not kept or not lettering.is_printable(kept):
        raise StepRefused("organization.letters", step="name_organization")
    return kept


def _settle(verb: str, claim: NikClaim, *, reason: str, by: Actor, at: datetime) -> None:
    holder = Person.objects.filter(nik_index=claim.nik_index).values_list("pk", flat=True).first()
    if by.person_id is not None and by.person_id in {claim.person_id, holder}:
        raise StepRefused("claim.own", step=verb)
    facts = Settling(reason.strip())
    ledger.take(NIK_CLAIM, verb, claim, by=by, at=at, facts=facts, also={"settled_at": at})


def _number(person_id: int, nik: str) -> bool:
    """Give the person this NIK; return whether they had another one before."""
    index = privacy.blind_index(nik, column=NIK_COLUMN)
    if Person.objects.filter(nik_index=index).exclude(pk=person_id).exists():
        raise StepRefused("nik.taken", step="introduce")
    person = Person.objects.only("ref", "nik_index").get(pk=person_id)
    before = None if person.nik_index is None else bytes(person.nik_index)
    if before == index:
        return False
    sealed = privacy.seal(nik, column=NIK_COLUMN, row=person.ref)
    Person.objects.filter(pk=person_id).update(nik_sealed=sealed, nik_index=index)
    return before is not None


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
    pairs = list(zip(fresh, offices, strict=True))
    OrganizationName.objects.bulk_create(
        [OrganizationName(organization=o, name=n, valid_from=at.date()) for n, o in pairs],
        batch_size=500,
    )
    return known | {name: office.pk for name, office in pairs}
