"""Is a consent somebody's own, to a text that stays what it was?"""

import hashlib

import pytest
from django.db import IntegrityError
from django.utils import translation

from kompeten.foundation import ledger
from kompeten.kernel.roles import Role
from kompeten.people import actions, queries
from kompeten.people.labels import CONSENT
from kompeten.people.models import Consent
from kompeten.people.terms import CONSENT_VERSION, ConsentWay, Purpose
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
NOW = CONSENT_VERSION[Purpose.CERTIFICATION]
# The words that people agreed to, in Indonesian. A changed text is a new version: never change a line.
AGREED_TO = {
    (
        Purpose.CERTIFICATION,
        "2026-11",
    ): "76ad69bcaf3d0148ec4c37e2ba60686f0ab4b946b910ad316f976d93ffa694a7",
}


def agree(n: int = 1, *, by: int = 1, version: str = NOW) -> Consent:
    """Let somebody agree for the n-th person in a record of theirs."""
    person = account(n, Role.APPLICANT).person_id
    assert person is not None
    actor = account(by, Role.APPLICANT) if by != n else queries.actor(_account(person), at=TUESDAY)
    return actions.consent(
        person,
        purpose=Purpose.CERTIFICATION,
        version=version,
        about="7F3K9QZ2M4",
        way=ConsentWay.CODE,
        by=actor,
        at=TUESDAY,
    )


def _account(person: int) -> int:
    return queries.accounts_of([person])[person]


def test_a_consent_says_who_to_what_when_and_how_and_stays() -> None:
    given = agree()

    assert (given.purpose, given.version, given.way) == ("certification", NOW, "code")
    assert given.given_at == TUESDAY
    (event,) = ledger.history("consent", given.pk)
    assert event.type == "consent.given"
    assert event.facts == {
        "purpose": "certification",
        "version": NOW,
        "way": "code",
        "about": "7F3K9QZ2M4",
    }
    with pytest.raises(IntegrityError):
        Consent.objects.filter(pk=given.pk).update(given_at=MONDAY)


def test_nobody_agrees_for_somebody_else() -> None:
    with pytest.raises(ledger.StepRefused) as refusal:
        agree(1, by=2)

    assert refusal.value.reasons == ("role.not_held",)
    assert not Consent.objects.exists()


def test_a_text_of_before_is_not_agreed_to() -> None:
    with pytest.raises(ledger.StepRefused) as refusal:
        agree(version="2019-01")

    assert refusal.value.reasons == ("consent.outdated",)


def test_agreeing_again_changes_nothing() -> None:
    given = agree()
    actor = queries.actor(_account(given.person_id), at=TUESDAY)

    again = actions.consent(
        given.person_id,
        purpose=Purpose.CERTIFICATION,
        version=NOW,
        about=given.about,
        way=ConsentWay.ACCOUNT,
        by=actor,
        at=TUESDAY,
    )

    assert again == given
    assert queries.consents_of(given.person_id) == [given]
    assert len(ledger.history("consent", given.pk)) == 1


def test_every_text_that_was_agreed_to_still_reads_as_it_did() -> None:
    with translation.override("id"):
        now = {key: hashlib.sha256(str(text).encode()).hexdigest() for key, text in CONSENT.items()}

    assert now == AGREED_TO
    assert (Purpose.CERTIFICATION, NOW) in AGREED_TO
