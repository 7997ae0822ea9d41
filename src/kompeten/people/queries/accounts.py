"""Who acts here, under which account, and with which roles at this instant?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q

from kompeten.kernel.actors import STRANGER, Actor
from kompeten.kernel.roles import STAFF, Role
from kompeten.people.models import Account, LabelChange, RoleGrant


def actor(account_id: int, *, at: datetime) -> Actor:
    """Return the account as an actor with the roles held at `at`; a closed account is a stranger.

    Every account of a person may act as applicant. Two queries.
    """
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        return STRANGER
    grants = RoleGrant.objects.filter(holding(at), account=account).values_list(
        "role", "organization_id"
    )
    roles = {Role(role) for role, _ in grants} | ({Role.APPLICANT} if account.person_id else set())
    offices = _offices(grants)
    return Actor(account.pk, frozenset(roles), account.person_id, offices, account.label)


def _offices(grants: Iterable[tuple[str, int | None]]) -> frozenset[int]:
    """Return the organizations in whose name somebody files; another role held for one opens nothing of it."""
    return frozenset(
        office for role, office in grants if role == Role.SPONSOR and office is not None
    )


def left_office_at(account_id: int, *, at: datetime) -> datetime | None:
    """Return when the last role of the office that the account held came to its end; None: no such role.

    A role that still holds does not count, nor one that has yet to begin. One query.
    """
    ended = RoleGrant.objects.filter(account_id=account_id, role__in=STAFF, valid_until__lte=at)
    last: datetime | None = ended.aggregate(last=Max("valid_until"))["last"]
    return last


def accounts_with(role: Role, *, at: datetime) -> list[Actor]:
    """Return everybody who holds `role` at `at`, by account key. Two queries."""
    held = RoleGrant.objects.filter(holding(at)).select_related("account")
    mine: dict[int, list[RoleGrant]] = {}
    for grant in held.filter(account__is_active=True).order_by("account_id", "id"):
        mine.setdefault(grant.account_id, []).append(grant)
    return [
        Actor(
            grants[0].account_id,
            frozenset(Role(g.role) for g in grants),
            grants[0].account.person_id,
            _offices((g.role, g.organization_id) for g in grants),
            grants[0].account.label,
        )
        for grants in mine.values()
        if any(g.role == role for g in grants)
    ]


def account_by_email(email: str) -> Account | None:
    """Return the account with this e-mail address, or None. One query."""
    return Account.objects.filter(email=email).first()


def account_by_key(account_id: int) -> Account | None:
    """Return the account with this key, or None. One query."""
    return Account.objects.filter(pk=account_id).first()


def to_relabel(ref: str, actor: Actor) -> Account | None:
    """Return the account whose name to sign under `actor` may put right, or None: of somebody with a role.

    One query. An applicant signs nothing of the body, and their name is put right with their person.
    """
    if not actor.may(frozenset({Role.ADMIN})):
        return None
    return Account.objects.filter(ref=ref, grants__isnull=False).distinct().first()


def label_changes(account: Account) -> list[LabelChange]:
    """Return the names under which the account signed before, the latest first. One query."""
    return list(account.label_changes.select_related("by").order_by("-changed_at", "-id"))


def account_labels(ids: Iterable[int]) -> dict[int, str]:
    """Return the names that accounts go by, by key. One query."""
    return dict(Account.objects.filter(pk__in=set(ids)).values_list("pk", "label"))


def accounts_of(person_ids: Iterable[int]) -> dict[int, int]:
    """Return the accounts of persons, both by key. One query per 500."""
    keys = sorted(set(person_ids))
    found: dict[int, int] = {}
    for start in range(0, len(keys), 500):
        rows = Account.objects.filter(person_id__in=keys[start : start + 500])
        found |= dict(rows.values_list("person_id", "pk"))
    return found


def is_entered(person_id: int) -> bool:
    """Say whether the person has an account with a password, or one that they have entered. One query."""
    account = Account.objects.filter(person_id=person_id).only("password", "last_login").first()
    return account is not None and bool(account.has_usable_password() or account.last_login)


def known_mails(mails: Iterable[str]) -> set[str]:
    """Return those of `mails` that an account has. One query per 500."""
    keys = sorted(set(mails))
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        rows = Account.objects.filter(email__in=keys[start : start + 500])
        found |= {mail for mail in rows.values_list("email", flat=True) if mail}
    return found


def holding(at: datetime) -> Q:
    """Return the condition that a grant holds at the instant `at`."""
    return Q(valid_from__lte=at) & (Q(valid_until__isnull=True) | Q(valid_until__gt=at))
