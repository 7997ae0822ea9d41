"""Which rows hold sittings, entries, answers and scores?"""

from django.db import models
from django.db.models import F, Q

from kompeten.exams.terms import HOLDING, EntryState, RemarkState, SittingState
from kompeten.exams.terms.scripts import MarkingState, ScriptState
from kompeten.exams.terms.vault import RowKind, Via


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


class AnswerBatch(models.Model):
    """Answers of exams from before the vault; nothing writes or counts them, they stay readable."""

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="batches", db_index=False
    )
    key = models.CharField(max_length=40)
    answers = models.JSONField()
    received_at = models.DateTimeField()
    late = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "key"], name="batch_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.pk}"


class Record(models.Model):
    """One row of the vault, as the room took it in: never changed, by trigger too.

    `number` is that of the vault; a row is known by its place, so that a vault which was put back
    from a copy and numbers anew makes no second one. `body` is the message as JSON, `received`
    milliseconds since 1970.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    number = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    chain = models.CharField(max_length=16)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    body = models.TextField()
    received = models.BigIntegerField()
    via = models.CharField(max_length=4)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "chain", "first", "last", "head"], name="record_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in RowKind]), name="record_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(via__in=[v.value for v in Via]), name="record_via_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.chain}:{self.first}-{self.last}"


class Standing(models.Model):
    """How one attempt stands by its records so far: a summary for boards, written by the drain alone.

    `contact` is when something last came in, in milliseconds since 1970. `tip` is the chain that goes
    on, `last` its last link. `is_odd`: more than one line of page loads, so that the counts of
    conflicts, late answers and missing links are those of a full reading; the rest is added up.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="standing"
    )
    contact = models.BigIntegerField(default=0)
    tip = models.CharField(max_length=16, default="")
    last = models.PositiveIntegerField(default=0)
    segments = models.PositiveIntegerField(default=0)
    links = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)
    clock = models.PositiveIntegerField(default=0)
    still = models.PositiveIntegerField(default=0)
    store = models.PositiveIntegerField(default=0)
    is_odd = models.BooleanField(default=False)
    conflicts = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    gaps = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.entry_id}@{self.contact}"


class Mark(models.Model):
    """How far the drain has read the vault: the number of the last row taken in, and the highest ever.

    They differ where the vault was put back from a copy and is read again from its beginning.
    """

    name = models.CharField(max_length=16, primary_key=True)
    number = models.BigIntegerField(default=0)
    highest = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}@{self.number}"


class Remark(models.Model):
    """Something that needs a person: the code says what (`labels.REMARK`). One open a kind.

    `entry` is empty where the attempt is not known here. `number` is that of the row in the vault, 0
    where a person noted it; then `note` has what they saw.
    """

    code = models.CharField(max_length=40)
    attempt = models.CharField(max_length=10)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="remarks")
    state = models.CharField(max_length=16)
    number = models.BigIntegerField()
    note = models.CharField(max_length=300, default="", db_default="")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RemarkState]), name="remark_state_known"
            ),
            models.UniqueConstraint(
                fields=["attempt", "code"], condition=Q(state="open"), name="remark_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.attempt}"


class Script(models.Model):
    """One candidate's text of one essay, as it is laid before assessors. Its text never changes, by trigger too.

    Moved by `chart.SCRIPT` only. `number` is the place of the essay in the form; `points` are what it
    was settled at.
    """

    ref = models.CharField(max_length=10, unique=True)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="scripts", db_index=False
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=71)
    most_points = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16)
    points = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "number"], name="script_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ScriptState]), name="script_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ScriptState.SETTLED.value)
                | Q(points__isnull=False, points__lte=F("most_points")),
                name="script_settled_within_points",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="scripts_by_state"),)

    def __str__(self) -> str:
        return self.ref


class Marking(models.Model):
    """One assessor's points for one script, with a note. Kept by trigger once it is no longer open."""

    ref = models.CharField(max_length=10, unique=True)
    script = models.ForeignKey(
        Script, on_delete=models.PROTECT, related_name="markings", db_index=False
    )
    assessor = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    third = models.BooleanField(default=False)
    state = models.CharField(max_length=16)
    points = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MarkingState]), name="marking_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MarkingState.HANDED_IN.value) | Q(points__isnull=False),
                name="marking_handed_in_with_points",
            ),
            models.UniqueConstraint(fields=["script", "assessor"], name="marking_once"),
        )
        indexes = (models.Index(fields=["assessor", "state", "id"], name="marking_desk"),)

    def __str__(self) -> str:
        return self.ref


class Score(models.Model):
    """What an entry came to, sealed: raw points, and by domain as [points, out of]. Never changed.

    `answers` has one sign for each choice item of the form in its order: the option that counted, or
    `-`. `digest` is that of the content: entry, form, answers and points, and of each essay the digest
    of its text and its points where the form has any.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="score")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    points = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    by_domain = models.JSONField()
    answers = models.TextField()
    digest = models.CharField(max_length=71)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(points__lte=F("out_of")) & Q(answered__lte=F("out_of")),
                name="score_within_bounds",
            ),
            models.UniqueConstraint(fields=["application"], name="score_one_per_application"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.points}/{self.out_of}"
