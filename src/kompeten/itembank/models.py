"""Which rows hold cases, items, their keys, and forms?"""

from django.db import models
from django.db.models import F, Q

from kompeten.itembank.terms import LONGEST_ESSAY, OPTION_CODES, FormState, ItemState
from kompeten.schemes.terms import Difficulty, Domain


class CaseSet(models.Model):
    """One version of a case: the vignette that its items share. Never changed; a new text is a new version.

    A case has no state of its own: it is whole when each of its items is approved (`rules.stock`).
    """

    ref = models.CharField(max_length=10, unique=True)
    code = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    vignette = models.TextField(blank=True)
    digest = models.CharField(max_length=71)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "version"], name="case_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Item(models.Model):
    """One version of an item under one version of its case. Its text never changes, its state by the ledger.

    `options` are texts in their stable order; the first is option a; an essay has none. `digest` is
    that of the text without the key, so that it tells nobody the answer. `writer_id` and
    `reviewer_id` are accounts.
    """

    ref = models.CharField(max_length=10, unique=True)
    case = models.ForeignKey(CaseSet, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    stem = models.TextField()
    options = models.JSONField()
    domain = models.CharField(max_length=16)
    difficulty = models.CharField(max_length=16)
    unit = models.CharField(max_length=48, blank=True)
    digest = models.CharField(max_length=71)
    state = models.CharField(max_length=16)
    writer_id = models.BigIntegerField()
    reviewer_id = models.BigIntegerField(null=True)
    review_note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "version"], name="item_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ItemState]), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(domain__in=[d.value for d in Domain]), name="item_domain_known"
            ),
            models.CheckConstraint(
                condition=Q(difficulty__in=[d.value for d in Difficulty]),
                name="item_difficulty_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.APPROVED.value)
                | Q(reviewer_id__isnull=False) & ~Q(reviewer_id=F("writer_id")),
                name="item_reviewed_by_another",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="items_by_state"),)

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class ItemKey(models.Model):
    """The right option of one version of an item. Apart, so that no read of items for candidates can hold it."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, primary_key=True, related_name="+")
    option = models.CharField(max_length=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(option__in=list(OPTION_CODES)), name="item_key_known"
            ),
        )

    def __str__(self) -> str:
        return f"key of {self.item_id}"


class Essay(models.Model):
    """What makes one version of an item an essay: what candidates are told besides the stem. Never changed."""

    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, primary_key=True, related_name="essay"
    )
    guidance = models.TextField(blank=True)
    most_points = models.PositiveSmallIntegerField()
    longest = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(most_points__gte=1) & Q(longest__lte=LONGEST_ESSAY),
                name="essay_within_bounds",
            ),
        )

    def __str__(self) -> str:
        return f"essay {self.item_id}"


class MarkingGuide(models.Model):
    """How assessors mark one version of an essay. Apart as keys are, so that no candidate's page can hold it."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, primary_key=True, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return f"guide of {self.item_id}"


class Form(models.Model):
    """An assembled exam form. Never changed, by trigger too; `seed` and `pool` say how it came about.

    `digest` is that of the ordered texts, without keys; `pool` that of the cases it was chosen
    from and their uses, so that the choice can be drawn again and compared.
    """

    ref = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=16)
    blueprint = models.JSONField()
    seed = models.BigIntegerField()
    pool = models.CharField(max_length=71)
    digest = models.CharField(max_length=71)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in FormState]), name="form_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class FormItem(models.Model):
    """The item at one place of a form. Places count from 1, the items of a case in a row. Never changed."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["form", "number"], name="form_place_once"),
            models.UniqueConstraint(fields=["form", "item"], name="form_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.form_id}:{self.number}"
