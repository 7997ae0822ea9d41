"""Which rows hold eligibility reviews?"""

from django.db import models
from django.db.models import Q

from kompeten.verification.terms import State

OPEN = State.OPEN.value
COUNTED = (State.ELIGIBLE.value, State.RETURNED.value, State.REJECTED.value)


class Review(models.Model):
    """One verifier's look at one submission of an application; frozen by trigger once it is answered.

    The files that were put in are pinned at the claim (`files`, digest by document code): while it
    is open the applicant cannot change them. `findings`, `remarks`, `grounds` and `note` are
    `terms.Record` as JSON; `digest` follows every change of them.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="+"
    )
    verifier_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    round = models.PositiveSmallIntegerField()
    files = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    grounds = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=71)
    submitted_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    correct_by_on = models.DateField(null=True)

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
            models.CheckConstraint(
                condition=Q(state=OPEN, closed_at__isnull=True)
                | (~Q(state=OPEN) & Q(closed_at__isnull=False)),
                name="review_closed_has_its_time",
            ),
        )
        indexes = (
            models.Index(fields=["verifier_id", "state", "id"], name="review_desk"),
            models.Index(fields=["state", "opened_at"], name="review_by_state"),
        )

    def __str__(self) -> str:
        return self.ref
