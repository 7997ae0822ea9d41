"""Which rows hold eligibility reviews, and the reasons they may give?"""

from django.db import models
from django.db.models import Q

from kompeten.verification.terms import ANSWERS, UNANSWERED, ReasonState, State

OPEN = State.OPEN.value
COUNTED = tuple(s.value for s in ANSWERS)
WAITING = tuple(s.value for s in UNANSWERED)


class Review(models.Model):
    """One verifier's look at one submission of an application; frozen by trigger once it is answered.

    The files that were put in are pinned at the claim (`files`, digest by document code): while it
    is open the applicant cannot change them. `findings`, `remarks`, `grounds` and `note` are
    `terms.Record` as JSON; `digest` follows every change of them.

    `first` is the held review that this one looks at a second time, blind. `answer` is how a review
    that is held, or looks a second time, would end; `why` what the head said when it was set aside.
    `lapses_at` is when a claim runs out, or a held answer takes effect by itself.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    verifier_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    round = models.PositiveSmallIntegerField()
    files = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    grounds = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    why = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=71)
    answer = models.CharField(max_length=16, blank=True)
    submitted_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    correct_by_on = models.DateField(null=True)
    lapses_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="review_state_known"
            ),
            # Two verifiers who take the same application at once: one row is written.
            models.UniqueConstraint(
                fields=["application"], condition=Q(state=OPEN), name="review_one_open"
            ),
            models.UniqueConstraint(
                fields=["application", "round"],
                condition=Q(state__in=COUNTED),
                name="review_one_answer_per_round",
            ),
            models.UniqueConstraint(
                fields=["first"],
                condition=~Q(state=State.RELEASED.value),
                name="review_one_second_look",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, closed_at__isnull=True)
                | (~Q(state__in=WAITING) & Q(closed_at__isnull=False)),
                name="review_closed_has_its_time",
            ),
        )
        indexes = (
            models.Index(fields=["verifier_id", "state", "id"], name="review_desk"),
            models.Index(fields=["state", "opened_at"], name="review_by_state"),
            models.Index(fields=["state", "lapses_at"], name="review_lapsing"),
        )

    def __str__(self) -> str:
        return self.ref


class Reason(models.Model):
    """One wording of a reason on the list that the head maintains; its words are frozen by trigger.

    New words are a new row with the next `version` under the same `code`; the one before is retired,
    and answers that gave it go on saying what it said.
    """

    ref = models.CharField(max_length=10, unique=True)
    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16)
    kind = models.CharField(max_length=32)
    words = models.JSONField()
    documents = models.JSONField(default=list)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ReasonState]), name="reason_state_known"
            ),
            models.UniqueConstraint(fields=["code", "version"], name="reason_version_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state=ReasonState.CURRENT.value),
                name="reason_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
