"""How is a person forgotten whose records have to stay? What says who they are is taken away."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from kompeten.foundation import ledger
from kompeten.kernel.actors import SYSTEM
from kompeten.people.chart import NIK_CLAIM
from kompeten.people.models import Account, LabelChange, NameChange, NikClaim, Person
from kompeten.people.queries.held import ended_sessions
from kompeten.people.queries.removals import accounts_to_close
from kompeten.people.terms import FORGOTTEN, ClaimState

# So long can somebody who asked to be forgotten still log in to read what was done.
CLOSE_AFTER = timedelta(days=30)
BATCH = 200


def forget_person(person_id: int, *, at: datetime) -> int:
    """Take away everything that says who the person is; the row stays, since others point to it.

    A NIK that they said is theirs goes too: nobody settles a dispute of somebody whom nobody knows.

    :raises StaleRecord: a dispute of theirs was settled at this moment; nothing is changed
    """
    with transaction.atomic():
        disputes = NikClaim.objects.filter(person_id=person_id)
        waiting = list(disputes.filter(state=ClaimState.OPEN))
        ledger.take_many(NIK_CLAIM, "lapse", waiting, by=SYSTEM, at=at, also={"settled_at": at})
        disputes.update(nik_sealed=b"", nik_index=b"")
        NameChange.objects.filter(person_id=person_id).delete()
        return Person.objects.filter(pk=person_id).update(
            name=FORGOTTEN,
            title_before="",
            title_after="",
            sex="",
            birth_place="",
            birth_on=None,
            region_code="",
            address="",
            phone="",
            email="",
            employer=None,
            nik_sealed=None,
            nik_index=None,
        )


def accounts_closing(*, busy: QuerySet[Any], at: datetime) -> QuerySet[Account]:
    """Return the accounts that `close_accounts` would close."""
    return accounts_to_close(forgotten_by=at - CLOSE_AFTER, busy=busy, at=at)


def close_accounts(*, busy: QuerySet[Any], at: datetime) -> int:
    """Close up to 200 accounts whose person was forgotten a month ago: address and label go too.

    `busy` gives the keys of persons who have something going on, and whose account stays.
    """
    with transaction.atomic():
        accounts = accounts_closing(busy=busy, at=at).select_for_update(of=("self",))
        keys = [account.pk for account in accounts.order_by("pk")[:BATCH]]
        EmailAddress.objects.filter(user_id__in=keys).delete()
        LabelChange.objects.filter(account_id__in=keys).delete()
        Account.objects.filter(pk__in=keys).update(
            email=None, label="", password=make_password(None), is_active=False
        )
    return len(keys)


def end_sessions(*, at: datetime) -> int:
    """Delete up to 200 sessions that have run out."""
    over = ended_sessions(at=at).order_by("expire_date")
    keys = list(over.values_list("pk", flat=True)[:BATCH])
    return Session.objects.filter(pk__in=keys).delete()[0]
