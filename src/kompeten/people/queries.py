"""Who is this, and what may they do? Reads of people, accounts, organizations, sites and assessors."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max, Prefetch, Q, QuerySet

from kompeten.foundation import privacy
from kompeten.kernel.actors import STRANGER, Actor
from kompeten.kernel.roles import STAFF, Role
from kompeten.people import rules
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
from kompeten.people.terms import (
    SETTLERS,
    ClaimRow,
    ClaimState,
    GrantRow,
    LicenceRow,
    NameRow,
    OrganizationKind,
    OrganizationRow,
    PersonRow,
)
from kompeten.regions import queries as regions

SEES_GRANTS = frozenset({Role.ADMIN, Role.AUDITOR})


def actor(account_id: int, *, at: datetime) -> Actor:
    """Return the account as an actor with the roles held at `at`; a closed account is a stranger.

    Every account of a person may act as applicant. Two queries.
    """
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        return STRANGER
    grants = RoleGrant.objects.filter(_held(at), account=account).values_list(
        "role", "organization_id"
    )
    roles = {Role(role) for role, _ in grants} | ({Role.APPLICANT} if account.person_id else set())
    offices = frozenset(office for _, office in grants if office is not None)
    return Actor(account.pk, frozenset(roles), account.person_id, offices, account.label)


def left_office_at(account_id: int, *, at: datetime) -> datetime | None:
    """Return when the last role of the office that the account held came to its end; None: no such role.

    A role that still holds does not count, nor one that has yet to begin. One query.
    """
    ended = RoleGrant.objects.filter(account_id=account_id, role__in=STAFF, valid_until__lte=at)
    last: datetime | None = ended.aggregate(last=Max("valid_until"))["last"]
    return last


def accounts_with(role: Role, *, at: datetime) -> list[Actor]:
    """Return everybody who holds `role` at `at`, by account key. Two queries."""
    held = RoleGrant.objects.filter(_held(at)).select_related("account")
    mine: dict[int, list[RoleGrant]] = {}
    for grant in held.filter(account__is_active=True).order_by("account_id", "id"):
        mine.setdefault(grant.account_id, []).append(grant)
    return [
        Actor(
            grants[0].account_id,
            frozenset(Role(g.role) for g in grants),
            grants[0].account.person_id,
            frozenset(g.organization_id for g in grants if g.organization_id is not None),
            grants[0].account.label,
        )
        for grants in mine.values()
        if any(g.role == role for g in grants)
    ]


def assessors(*, on: date) -> list[int]:
    """Return the keys of persons whose assessor's licence holds on the day `on`."""
    rows = Assessor.objects.filter(licensed_until__gte=on)
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


def is_licensed(person_id: int, *, on: date) -> bool:
    """Say whether the person's assessor's licence holds on the day `on`. One query."""
    return Assessor.objects.filter(person_id=person_id, licensed_until__gte=on).exists()


def account_by_email(email: str) -> Account | None:
    """Return the account with this e-mail address, or None. One query."""
    return Account.objects.filter(email=email).first()


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


def known_mails(mails: Iterable[str]) -> set[str]:
    """Return those of `mails` that an account has. One query per 500."""
    keys = sorted(set(mails))
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        rows = Account.objects.filter(email__in=keys[start : start + 500])
        found |= {mail for mail in rows.values_list("email", flat=True) if mail}
    return found


def person_by_nik(nik: str) -> int | None:
    """Return the key of the person with this NIK, or None."""
    index = privacy.blind_index(nik, column=NIK_COLUMN)
    return Person.objects.filter(nik_index=index).values_list("pk", flat=True).first()


def persons_by_nik(niks: Iterable[str]) -> dict[str, int]:
    """Return the keys of those persons that are known, by NIK. One query per 500."""
    by_index = {privacy.blind_index(nik, column=NIK_COLUMN): nik for nik in niks}
    found: dict[str, int] = {}
    indexes = list(by_index)
    for start in range(0, len(indexes), 500):
        rows = Person.objects.filter(nik_index__in=indexes[start : start + 500])
        for index, key in rows.values_list("nik_index", "pk"):
            found[by_index[bytes(index or b"")]] = key
    return found


def nik_of(person_id: int) -> str:
    """Return the NIK in clear, for papers that the law asks it on; empty when unknown."""
    person = Person.objects.only("ref", "nik_sealed").get(pk=person_id)
    if person.nik_sealed is None:
        return ""
    return privacy.unseal(bytes(person.nik_sealed), column=NIK_COLUMN, row=person.ref)


def nik_doubts(person: Person, *, on: date) -> tuple[str, ...]:
    """Return what somebody should look at in the person's NIK (`nik.*`); empty when none is known."""
    nik = nik_of(person.pk)
    if not nik:
        return ()
    known = regions.codes(on=on)
    return rules.nik_doubts(nik, birth_on=person.birth_on, sex=person.sex, regions=known)


def last_claim(person_id: int) -> NikClaim | None:
    """Return the person's newest dispute over a NIK, or None. One query."""
    return NikClaim.objects.filter(person_id=person_id).order_by("-id").first()


def claims(actor: Actor, *, open_only: bool = True) -> QuerySet[NikClaim]:
    """Return the disputes that exist for `actor`, the oldest first: all for who settles, or none."""
    if not actor.may(SETTLERS):
        return NikClaim.objects.none()
    found = NikClaim.objects.order_by("id")
    return found.filter(state=ClaimState.OPEN) if open_only else found


def claim(ref: str, actor: Actor) -> NikClaim | None:
    """Return the dispute if it is visible to `actor`. One query."""
    return claims(actor, open_only=False).filter(ref=ref).first()


def claim_rows(found: QuerySet[NikClaim]) -> list[ClaimRow]:
    """Return disputes as rows, with who holds each NIK now. Two queries."""
    rows = list(found.select_related("person"))
    held = Person.objects.filter(nik_index__in=[bytes(r.nik_index) for r in rows])
    holders = {
        bytes(index or b""): (key, name)
        for index, key, name in held.values_list("nik_index", "pk", "name")
    }
    return [_claim_row(row, *holders.get(bytes(row.nik_index), (None, ""))) for row in rows]


def persons(ids: Iterable[int]) -> dict[int, PersonRow]:
    """Return persons as rows, by key. One query per 500."""
    keys, found = list(set(ids)), {}
    for start in range(0, len(keys), 500):
        for p in Person.objects.filter(pk__in=keys[start : start + 500]).defer(
            "nik_sealed", "nik_index"
        ):
            found[p.pk] = PersonRow(p.pk, p.ref, p.name, p.full_name, p.region_code, p.employer_id)
    return found


def person(person_id: int) -> Person | None:
    """Return the person's own record, for the person's own page and for papers."""
    return Person.objects.filter(pk=person_id).first()


def person_by_ref(ref: str) -> Person | None:
    """Return the person with this reference, or None; for offices that may see everybody. One query."""
    return Person.objects.filter(ref=ref).defer("nik_sealed").first()


def name_changes(person: Person) -> list[NameChange]:
    """Return what the person was called before, the latest first. One query."""
    return list(person.name_changes.select_related("by").order_by("-changed_at", "-id"))


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


def mail_addresses(person_ids: Iterable[int]) -> dict[int, str]:
    """Return where mail reaches the persons who have an address, by key. One query per 500."""
    keys = sorted(set(person_ids))
    found: dict[int, str] = {}
    for start in range(0, len(keys), 500):
        rows = Person.objects.filter(pk__in=keys[start : start + 500]).exclude(email="")
        found |= dict(rows.values_list("pk", "email"))
    return found


def licences(*, text: str = "") -> QuerySet[Assessor]:
    """Return the licences of assessors whose name or number holds `text`, the first to end first."""
    found = Assessor.objects.order_by("licensed_until", "id")
    if text:
        found = found.filter(
            Q(person__name__icontains=text) | Q(registration_number__icontains=text)
        )
    return found


def licence_rows(found: QuerySet[Assessor]) -> list[LicenceRow]:
    """Return licences as rows for a list. One query."""
    return [
        LicenceRow(
            a.person.ref,
            a.person.full_name,
            a.person.region_code,
            a.registration_number,
            a.licensed_until,
        )
        for a in found.select_related("person").defer("person__nik_sealed", "person__nik_index")
    ]


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
    return found.filter(_held(at))


def grant_rows(found: QuerySet[RoleGrant], *, on: date) -> list[GrantRow]:
    """Return grants as rows, with the names of organizations on the day `on`. Two queries."""
    rows = list(found.select_related("account"))
    names = organization_names((g.organization_id for g in rows if g.organization_id), on=on)
    return [
        GrantRow(
            g.pk,
            g.account_id,
            g.account.label,
            g.account.email or "",
            Role(g.role),
            names.get(g.organization_id or 0, ""),
            g.valid_from,
            g.valid_until,
        )
        for g in rows
    ]


def granted(key: int, actor: Actor) -> RoleGrant | None:
    """Return the grant if it is visible to `actor`. One query."""
    return grants(actor).filter(pk=key).first()


def _claim_row(row: NikClaim, holder_id: int | None, holder: str) -> ClaimRow:
    nik = privacy.unseal(bytes(row.nik_sealed), column=CLAIM_COLUMN, row=row.ref)
    state = ClaimState(row.state)
    return ClaimRow(
        row.ref, state, row.person_id, row.person.name, holder_id, holder, nik[-4:], row.opened_at
    )


def _held(at: datetime) -> Q:
    return Q(valid_from__lte=at) & (Q(valid_until__isnull=True) | Q(valid_until__gt=at))


def _named(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))
