"""Which rows hold organizations, what they were called when, and their sites?"""

from django.db import models
from django.db.models import F, Q

from kompeten.people.terms import OrganizationKind


class Organization(models.Model):
    """An office, institution or employer. Its names stand apart, since they change with decrees."""

    ref = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=32)
    region_code = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in OrganizationKind]),
                name="organization_kind_known",
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
