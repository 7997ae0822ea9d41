"""Which rows hold people, what they were called, whose a NIK is, and who may assess?"""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from kompeten.people.models.organizations import Organization
from kompeten.people.terms import ClaimState, Sex, with_titles

NIK_COLUMN = "people.person.nik"
CLAIM_COLUMN = "people.nik_claim.nik"


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
            models.CheckConstraint(
                condition=Q(sex__in=["", *(s.value for s in Sex)]), name="person_sex"
            ),
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

    Moved by `chart.NIK_CLAIM` only. The NIK is sealed; its index finds who holds it now. Both are empty
    when who claimed it was forgotten.
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
        return f"{self.person_id} {localdate(self.changed_at)}"

    @property
    def full_name(self) -> str:
        """The name with titles, as it would have been printed."""
        return with_titles(self.name, self.title_before, self.title_after)


class Assessor(models.Model):
    """A person licensed to assess, with the registration number (MET) and its last valid day, inclusive."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    registration_number = models.CharField(max_length=40, unique=True)
    licensed_until = models.DateField()

    def __str__(self) -> str:
        return self.registration_number
