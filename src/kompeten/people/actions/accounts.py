"""How do people come by an account?"""

import random
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import lettering, refs
from kompeten.kernel.actors import Actor
from kompeten.people.models import Account
from kompeten.people.queries import accounts_of, known_mails, mail_addresses, persons

LONGEST_LABEL = 120
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


def activate(
    person_id: int, *, password: str, by: Actor, at: datetime, rng: random.Random
) -> Account:
    """Let the person enter the account that was opened for them, by a password; open it where none is.

    Only one that nobody has entered yet, and that holds no role: a link from a list opens nobody's
    office.

    :raises StepRefused: `role.not_held`: `by` is somebody else; `account.active`: it was entered
        before, or holds a role; its password is changed by whoever reads the person's mail
    """
    if by.person_id != person_id:
        raise StepRefused("role.not_held", step="activate")
    invite_many([person_id], at=at, rng=rng)
    account = Account.objects.get(person_id=person_id)
    if account.has_usable_password() or account.last_login or account.grants.exists():
        raise StepRefused("account.active", step="activate")
    unset = account.password
    account.set_password(password)
    rows = Account.objects.filter(pk=account.pk, password=unset, is_active=True)
    if not rows.update(password=account.password):
        raise StepRefused("account.active", step="activate")
    return account


def invite_many(person_ids: Sequence[int], *, at: datetime, rng: random.Random) -> int:
    """Open an account for each person who has none, to be entered by link; return how many.

    The person's name is taken over, and the e-mail address where no other account has it. A few
    queries per 500.
    """
    with transaction.atomic():
        fresh = sorted(set(person_ids) - accounts_of(person_ids).keys())
        named = persons(fresh)
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
                    label=named[person_id].full_name[:LONGEST_LABEL],
                    password=UNUSABLE,
                    created_at=at,
                )
            )
        Account.objects.bulk_create(accounts, batch_size=500)
    return len(accounts)
