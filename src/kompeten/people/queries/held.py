"""What does this room hold of one person, as they get it back?"""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from kompeten.people.models import Account, Consent, NikClaim, Person
from kompeten.people.queries.persons import name_changes, particulars
from kompeten.people.queries.removals import own_removals

Records = list[dict[str, Any]]


def identity_records(person_id: int) -> Records:
    """Return who the person is, the NIK in clear, what they were called before, and disputes. Four queries."""
    person = Person.objects.filter(pk=person_id).select_related("employer").first()
    if person is None or (person.nik_sealed is None and not person.phone and not person.birth_on):
        return []
    known = particulars([person_id])[person_id]
    return [
        {
            "reference": person.ref,
            "name": known.full_name,
            "nik": known.nik,
            "sex": known.sex,
            "birth_place": known.birth_place,
            "birth_date": known.birth_on,
            "region": known.region_code,
            "address": known.address,
            "phone": known.phone,
            "email": known.email,
            "former_names": [
                {"name": n.full_name, "until": n.changed_at, "ground": n.ground}
                for n in name_changes(person)
            ],
            "nik_disputes": [
                {"state": c.state, "opened": c.opened_at, "settled": c.settled_at}
                for c in NikClaim.objects.filter(person_id=person_id).order_by("id")
            ],
        }
    ]


def account_records(person_id: int) -> Records:
    """Return the person's way into the house and the roles it holds or held. Two queries."""
    accounts = Account.objects.filter(person_id=person_id, is_active=True)
    return [
        {
            "email": account.email,
            "opened": account.created_at,
            "last_login": account.last_login,
            "roles": [
                {"role": g.role, "from": g.valid_from, "until": g.valid_until}
                for g in account.grants.order_by("id")
            ],
        }
        for account in accounts
    ]


def consent_records(person_id: int) -> Records:
    """Return to what the person agreed, by version of the text. One query."""
    return [
        {
            "purpose": c.purpose,
            "version": c.version,
            "about": c.about,
            "way": c.way,
            "given": c.given_at,
        }
        for c in Consent.objects.filter(person_id=person_id).order_by("id")
    ]


def request_records(person_id: int) -> Records:
    """Return the person's requests to erase, with the answers. One query."""
    return [
        {
            "reference": r.ref,
            "state": r.state.value,
            "wish": r.wish,
            "asked": r.asked_at,
            "answered": r.answered_at,
            "answer": dict(r.answer),
            "note": r.note,
        }
        for r in own_removals(person_id)
    ]


def ended_sessions(*, at: datetime) -> QuerySet[Session]:
    """Return the sessions that have run out."""
    return Session.objects.filter(expire_date__lt=at)
