"""Who has agreed to what, and when?"""

from django.db.models import QuerySet

from kompeten.people.models import Consent
from kompeten.people.terms import Purpose


def consents(purpose: Purpose) -> QuerySet[Consent]:
    """Return every consent for the purpose; `about` holds the reference of the record it is for."""
    return Consent.objects.filter(purpose=purpose.value)


def consent_about(ref: str, purpose: Purpose) -> Consent | None:
    """Return the latest consent given for the record with this reference, or None. One query."""
    return consents(purpose).filter(about=ref).order_by("-id").first()


def consents_of(person_id: int) -> list[Consent]:
    """Return all that a person has agreed to, the newest first. One query."""
    return list(Consent.objects.filter(person_id=person_id).order_by("-id"))
