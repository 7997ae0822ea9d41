"""Who plays which role, and until when?"""

from datetime import date, datetime

from django.db.models import Q

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Account, Assessor, Organization, RoleGrant
from kompeten.people.rules import label_flaw


def grant(
    account: Account,
    role: Role,
    *,
    at: datetime,
    until: datetime | None = None,
    organization: Organization | None = None,
) -> RoleGrant:
    """Let the account play `role` from `at` until `until` (exclusive).

    :raises StepRefused: `label.long_word`, `name.*`: a director signs every certificate, and the name
        to sign under has no room there
    """
    if role is Role.DIRECTOR and account.label and (reason := label_flaw(account.label)):
        raise StepRefused(reason, step="grant")
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
