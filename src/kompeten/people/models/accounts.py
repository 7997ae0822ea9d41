"""Which rows hold the ways into the house, and the roles held there?"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from kompeten.kernel.roles import Role
from kompeten.people.models.organizations import Organization
from kompeten.people.models.persons import Person


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


class LabelChange(models.Model):
    """Under which name an account signed before that was put right, and on what ground; never changed."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="label_changes")
    changed_at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    ground = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.account_id} {localdate(self.changed_at)}"


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
            models.CheckConstraint(
                # Who signs a recommendation by link has no account: nobody is given that part.
                condition=Q(role__in=[r.value for r in Role if r is not Role.REFEREE]),
                name="grant_role_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="grant_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
