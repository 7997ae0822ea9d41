"""Which rows hold whom somebody asked to recommend, by which link, and what they signed?"""

from django.db import models
from django.db.models import Q

from kompeten.applications.models.applications import Application
from kompeten.applications.terms.recommending import (
    Confirmed,
    RecommendationState,
    RefereeState,
)
from kompeten.schemes.terms import Recommender


class Referee(models.Model):
    """One who was asked by link to recommend somebody, or several people together.

    The address holds a token of 80 bits, of which only the SHA-256 is kept (`queries.referee_token`).
    `person` is who asked for themselves, `organization` the office that asked for its people. Name,
    post, office and address of the one asked are sealed (`terms.recommending.Signatory`), and so is
    what they have written until they sign it (`letter_sealed`). `address_index` finds the same address
    again. `codes` counts the codes that were asked for, the last one at `coded_at` (None once it has
    signed for some and the link waits for the rest), `codes_signed` those up to the last one that has
    signed; `tries` the wrong answers since. `mail_due_at`
    is when the code is due to be mailed, None when nothing is; `mail_refused_at` when the address did
    not take the last one. Moved by `chart.REFEREE` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=16)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_by_id = models.BigIntegerField(null=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16)
    signatory_sealed = models.BinaryField()
    address_index = models.BinaryField(max_length=32, db_index=True)
    letter_sealed = models.BinaryField(default=b"")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0)
    codes_signed = models.PositiveSmallIntegerField(default=0)
    coded_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mail_refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RefereeState]), name="referee_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[r.value for r in Recommender]), name="referee_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) ^ Q(person__isnull=True),
                name="referee_asked_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=["state", "ends_at"], name="referee_by_end"),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mail_due_at__isnull=False),
                name="referee_codes_due",
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Recommendation(models.Model):
    """What one referee was asked about one application, and what they signed. Once signed, never changed.

    `digest` is that of the canonical bytes of `terms.recommending.Signed`, which stand sealed in
    `said_sealed`; when they are deleted in time, the digest stays. Of several that were given for one
    application the newest counts. Moved by `chart.RECOMMENDATION` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    referee = models.ForeignKey(Referee, on_delete=models.PROTECT, related_name="recommendations")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="recommendations"
    )
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    confirmed = models.CharField(max_length=16, blank=True)
    digest = models.CharField(max_length=71, blank=True)
    said_sealed = models.BinaryField(default=b"")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RecommendationState]),
                name="recommendation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[r.value for r in Recommender]),
                name="recommendation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(confirmed__in=["", *(c.value for c in Confirmed)]),
                name="recommendation_confirmed_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "declined"]) | ~Q(digest=""),
                name="recommendation_signed_has_digest",
            ),
            models.UniqueConstraint(
                fields=["referee", "application"], name="recommendation_once_per_referee"
            ),
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=Q(state=RecommendationState.ASKED.value),
                name="recommendation_one_asked_per_kind",
            ),
        )

    def __str__(self) -> str:
        return self.ref
