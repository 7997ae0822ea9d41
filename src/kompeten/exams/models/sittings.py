"""Which rows hold sittings, and the seats in them?"""

from django.db import models
from django.db.models import F, Q

from kompeten.exams.terms import HOLDING, EntryState, SittingState


class Sitting(models.Model):
    """One written exam: a form, a window of time, and a site, or online when there is none.

    Whoever starts in `[opens_at, closes_at)` has `minutes`, but no longer than the window. `zone`
    is the IANA name in which people read its times. `form_digest` pins what the form says; a sitting
    may have further forms (`SittingForm`), and who sits which stands with the entry.
    `code_renewals` is how often the code that opens its package was renewed.
    """

    ref = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=16)
    form = models.ForeignKey("itembank.Form", on_delete=models.PROTECT, related_name="+")
    form_digest = models.CharField(max_length=71)
    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, null=True, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField(null=True)
    code_renewals = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SittingState]), name="sitting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="sitting_closes_after_opening"
            ),
        )
        indexes = (models.Index(fields=["state", "opens_at"], name="sittings_by_state"),)

    def __str__(self) -> str:
        return self.ref


class SittingScheme(models.Model):
    """A scheme version whose candidates may sit here: same minutes, same blueprint."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="schemes")
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "scheme_version"], name="sitting_scheme_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.scheme_version_id}"


class SittingForm(models.Model):
    """A further form of a sitting, of the same blueprint: each candidate is dealt one of them."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="further_forms")
    form = models.ForeignKey("itembank.Form", on_delete=models.PROTECT, related_name="+")
    form_digest = models.CharField(max_length=71)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sitting", "form"], name="sitting_form_once"),
        )

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.form_id}"


class Entry(models.Model):
    """One candidate's seat in one sitting, and the attempt made there. Moved by `chart.ENTRY` only.

    `form_digest` pins the paper of this seat, one of its sitting's. `order_seed` draws this person's
    order of cases and options. When the time ends is reckoned (`rules.clock.ends_at`), not kept.
    `reseated_at`: openings and hand-ins from before are void. `settles_at`: never handed in, and
    waited for until then; None once it was. `photo` is the SHA-256 of the photo of the check-in that
    stands; `photos_held`: the store has photos of this seat, also of check-ins taken back.
    """

    ref = models.CharField(max_length=10, unique=True)
    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    form_digest = models.CharField(max_length=71)
    order_seed = models.BigIntegerField()
    extra_minutes = models.PositiveIntegerField(default=0)
    breaks = models.PositiveSmallIntegerField(default=0)
    makeup_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    checked_in_at = models.DateTimeField(null=True)
    photo = models.CharField(max_length=64, default="", db_default="")
    photos_held = models.BooleanField(default=False, db_default=False)
    started_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    reseated_at = models.DateTimeField(null=True)
    settles_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in EntryState]), name="entry_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["started", "handed_in", "scored"])
                | Q(started_at__isnull=False),
                name="entry_started_at_known",
            ),
            models.CheckConstraint(
                condition=Q(photo="") | Q(checked_in_at__isnull=False, photos_held=True),
                name="entry_photo_of_a_check_in",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[s.value for s in HOLDING]),
                name="entry_one_seat_per_application",
            ),
            models.UniqueConstraint(
                fields=["sitting", "application"], name="entry_once_per_sitting"
            ),
        )
        indexes = (
            models.Index(fields=["sitting", "state", "id"], name="entries_of_sitting"),
            models.Index(fields=["id"], condition=Q(photos_held=True), name="entries_with_photos"),
        )

    def __str__(self) -> str:
        return self.ref
