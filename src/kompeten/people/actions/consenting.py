"""How does somebody agree that their data is used? They themselves, to one text, for one record."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.people.chart import CONSENT
from kompeten.people.models import Consent
from kompeten.people.terms import CONSENT_VERSION, Consenting, ConsentWay, Purpose


def consent(
    person_id: int,
    *,
    purpose: Purpose,
    version: str,
    about: str,
    way: ConsentWay,
    by: Actor,
    at: datetime,
) -> Consent:
    """Record that the person agreed to the text of this version; agreeing again changes nothing.

    `about` is the reference of the record it is for, and of one person only.

    :raises StepRefused: `role.not_held`: nobody agrees in the name of somebody else;
        `consent.helped`: at a helper's device they show once more that it is they;
        `consent.outdated`: this is not the text of today
    """
    if by.person_id != person_id:
        raise StepRefused("role.not_held", step="consent")
    if by.helped_by is not None and way is ConsentWay.ACCOUNT:
        raise StepRefused("consent.helped", step="consent")
    if version != CONSENT_VERSION[purpose]:
        raise StepRefused("consent.outdated", step="consent")
    given = Consent.objects.filter(about=about, purpose=purpose.value, version=version)
    if (found := given.first()) is not None:
        return found
    record = Consent(
        person_id=person_id,
        purpose=purpose.value,
        about=about,
        version=version,
        way=way.value,
        given_at=at,
    )
    try:
        with transaction.atomic():
            facts = Consenting(purpose.value, version, way.value, about)
            ledger.enter(CONSENT, record, by=by, at=at, facts=facts)
    except IntegrityError:  # a second click came first
        return given.get()
    return record
