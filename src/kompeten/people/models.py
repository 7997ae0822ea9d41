"""Which rows hold people, accounts, roles, organizations, sites and assessors?"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from kompeten.kernel.roles import Role
from kompeten.people.terms import (
    BreachState,
    ClaimState,
    ConcernedState,
    ConsentState,
    ConsentWay,
    OrganizationKind,
    Purpose,
    RemovalState,
    Sex,
    Sight,
    with_titles,
)

NIK_COLUMN = "people.person.nik"
CLAIM_COLUMN = "people.nik_claim.nik"


def _choices(enum: type[Role] | type[Sex] | type[OrganizationKind]) -> list[str]:
    return [member.value for member in enum]


class Organization(models.Model):
    """An office, institution or employer. Its names stand apart, since they change with decrees."""

    ref = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=32)
    region_code = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=_choices(OrganizationKind)), name="organization_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class OrganizationName(models.Model):
    """What an organization was called from a day on, until another (exclusive; None: still)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="organization_name_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(valid_until__isnull=True),
                name="organization_one_present_name",
            ),
        )
        indexes = (models.Index(fields=["name"], name="organization_by_name"),)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A human being. The NIK is sealed and found by its blind index; other rooms keep only the key."""

    ref = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    title_before = models.CharField(max_length=40, blank=True)
    title_after = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    birth_place = models.CharField(max_length=80, blank=True)
    birth_on = models.DateField(null=True)
    region_code = models.CharField(max_length=5, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    employer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nik_sealed = models.BinaryField(null=True)
    nik_index = models.BinaryField(null=True, max_length=32, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sex__in=["", *_choices(Sex)]), name="person_sex"),
        )
        indexes = (models.Index(fields=["region_code"], name="person_by_region"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def full_name(self) -> str:
        """The name with titles, as printed."""
        return with_titles(self.name, self.title_before, self.title_after)


class NikClaim(models.Model):
    """Somebody says that a NIK known under another name is theirs, until the office has settled it.

    Moved by `chart.NIK_CLAIM` only. The NIK is sealed; its index finds who holds it now.
    """

    ref = models.CharField(max_length=10, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    nik_sealed = models.BinaryField()
    nik_index = models.BinaryField(max_length=32)
    state = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ClaimState]), name="nik_claim_state_known"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="nik_claim_one_open_per_person"
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="nik_claim_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Consent(models.Model):
    """That a person let their data be used for one purpose, in one record of theirs; never changed.

    `about` is the reference of that record, `version` names the text they read (`labels.CONSENT`),
    `way` says how they showed that it was they.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=32)
    about = models.CharField(max_length=10)
    version = models.CharField(max_length=16)
    way = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ConsentState]), name="consent_state_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[p.value for p in Purpose]), name="consent_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(way__in=[w.value for w in ConsentWay]), name="consent_way_known"
            ),
            models.UniqueConstraint(
                fields=["about", "purpose", "version"], name="consent_once_per_text"
            ),
        )
        indexes = (models.Index(fields=["person", "id"], name="consent_of_person"),)

    def __str__(self) -> str:
        return f"{self.about} {self.purpose} {self.version}"


class Access(models.Model):
    """That an officer opened what is kept of a person; one row for each officer, sight and hour.

    Written by the office's pages and never changed; it goes when its time is over. The account stays
    in the house: the person reads role, sight and hour.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    account_id = models.BigIntegerField()
    role = models.CharField(max_length=32)
    sight = models.CharField(max_length=16)
    hour_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sight__in=[s.value for s in Sight]), name="access_sight_known"
            ),
            models.UniqueConstraint(
                fields=["person", "hour_at", "account_id", "sight"], name="access_once_an_hour"
            ),
        )
        indexes = (models.Index(fields=["hour_at", "id"], name="access_by_age"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.sight} {self.hour_at:%Y-%m-%d %H}"


class RemovalRequest(models.Model):
    """A person asks that what is kept of them is erased; moved by `chart.REMOVAL` only.

    `answer` has one entry for each kind of record that was held: empty where it was erased, else the
    code of the reason why it stays.
    """

    ref = models.CharField(max_length=10, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    wish = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RemovalState]), name="removal_state_known"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=RemovalState.REQUESTED.value),
                name="removal_one_open_per_person",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="removal_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Breach(models.Model):
    """A failure to protect personal data, as the law asks it to be kept; moved by `chart.BREACH` only.

    The clock of 3 × 24 hours runs from `noticed_at`. What it says is what the letters say.
    """

    ref = models.CharField(max_length=10, unique=True)
    state = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    noticed_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    disclosed = models.CharField(max_length=400)
    happened = models.CharField(max_length=1000)
    measures = models.CharField(max_length=1000)
    authority_told_at = models.DateTimeField(null=True)
    authority_number = models.CharField(max_length=80, blank=True)
    people_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in BreachState]), name="breach_state_known"
            ),
        )
        indexes = (models.Index(fields=["state", "noticed_at", "id"], name="breach_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Concerned(models.Model):
    """A person whose data a breach disclosed; moved by `chart.CONCERNED` only."""

    breach = models.ForeignKey(
        Breach, on_delete=models.PROTECT, related_name="concerned", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ConcernedState]),
                name="concerned_state_known",
            ),
            models.UniqueConstraint(fields=["breach", "person"], name="concerned_once"),
        )
        indexes = (models.Index(fields=["breach", "state", "id"], name="concerned_of_breach"),)

    def __str__(self) -> str:
        return f"{self.breach_id} {self.person_id}"


class NameChange(models.Model):
    """What a person was called before an officer put the name right, and on what ground; never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_changes")
    changed_at = models.DateTimeField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    title_before = models.CharField(max_length=40, blank=True)
    title_after = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.person_id} {self.changed_at:%Y-%m-%d}"

    @property
    def full_name(self) -> str:
        """The name with titles, as it would have been printed."""
        return with_titles(self.name, self.title_before, self.title_after)


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts for the login."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(ref=username)


class Account(AbstractBaseUser):
    """A way into the house: at most one per person. What it may do stands in its role grants."""

    ref = models.CharField(max_length=10, unique=True)
    email = models.EmailField(null=True, unique=True)  # noqa: DJ001 (unique, and many have none)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "ref"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.ref


class RoleGrant(models.Model):
    """A role held for a term, `[valid_from, valid_until)`, for one organization or for the whole body."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=_choices(Role)), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="grant_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class Site(models.Model):
    """A place where assessments are held (TUK)."""

    ref = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=160)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=5)
    address = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.ref


class Assessor(models.Model):
    """A person licensed to assess, with the registration number (MET) and its last valid day, inclusive."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    registration_number = models.CharField(max_length=40, unique=True)
    licensed_until = models.DateField()

    def __str__(self) -> str:
        return self.registration_number
