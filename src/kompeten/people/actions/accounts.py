"""How do people come by an account?"""

import random
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import lettering, refs
from kompeten.people.models import Account
from kompeten.people.queries import accounts_of, known_mails, mail_addresses

UNUSABLE = make_password(None)


def open_account(
    *,
    at: datetime,
    rng: random.Random,
    email: str | None = None,
    person_id: int | None = None,
    password: str | None = None,
    label: str = "",
) -> Account:
    """Open an account; without a password it can be entered only after one is set by link.

    `label` is the name under which its holder signs papers.

    :raises StepRefused: `name.*`: the label could not be printed
    """
    label = lettering.tidy(label)
    if label and (reason := lettering.name_flaw(label)):
        raise StepRefused(reason, step="open_account")
    account = Account(
        ref=refs.new(rng), email=email or None, person_id=person_id, label=label, created_at=at
    )
    account.set_password(password)
    account.save(force_insert=True)
    return account


def invite_many(person_ids: Sequence[int], *, at: datetime, rng: random.Random) -> int:
    """Open an account for each person who has none, to be entered by link; return how many.

    The person's e-mail address is taken over where no other account has it. A few queries per 500.
    """
    with transaction.atomic():
        fresh = sorted(set(person_ids) - accounts_of(person_ids).keys())
        mails = {p: m.lower() for p, m in mail_addresses(fresh).items()}
        taken = known_mails(mails.values())
        accounts = []
        for person_id in fresh:
            mail = mails.get(person_id)
            free = mail if mail and mail not in taken else None
            taken |= {free} if free else set()
            accounts.append(
                Account(
                    ref=refs.new(rng),
                    email=free,
                    person_id=person_id,
                    password=UNUSABLE,
                    created_at=at,
                )
            )
        Account.objects.bulk_create(accounts, batch_size=500)
    return len(accounts)
