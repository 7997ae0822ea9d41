"""How do people come by an account, and under which name do they sign?"""

import random
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel import lettering, refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Account, LabelChange
from kompeten.people.queries import accounts_of, known_mails, mail_addresses, persons
from kompeten.people.rules import label_flaw

LONGEST_LABEL = 120
# Who says under which name somebody signs papers: as for roles, and never for themselves.
LABEL_KEEPERS = frozenset({Role.ADMIN})
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

    :raises StepRefused: `name.*`: the label could not be printed; `label.long_word`: it has no room on
        a certificate, and the account is opened for nobody but who acts for the body
    """
    label = lettering.tidy(label)
    judge = label_flaw if person_id is None else lettering.name_flaw
    if label and (reason := judge(label)):
        raise StepRefused(reason, step="open_account")
    account = Account(
        ref=refs.new(rng), email=email or None, person_id=person_id, label=label, created_at=at
    )
    account.set_password(password)
    account.save(force_insert=True)
    return account


def change_label(
    account: Account, label: str, *, ground: str, by: Actor, at: datetime
) -> LabelChange | None:
    """Put right under which name the holder of an account signs papers; what stood there is kept.

    What was signed before stays as it is. The same name again changes nothing: None.

    :raises StepRefused: `role.not_held`; `label.own`; `name.*`, `label.long_word`: it could not be
        printed; `label.no_ground`
    :raises StaleRecord: somebody else has changed the name since it was read
    """
    if not by.may(LABEL_KEEPERS):
        raise StepRefused("role.not_held", step="change_label")
    if by.account_id == account.pk:
        raise StepRefused("label.own", step="change_label")
    kept, ground, before = lettering.tidy(label), lettering.tidy(ground), account.label
    if reason := label_flaw(kept):
        raise StepRefused(reason, step="change_label")
    if kept == before:
        return None
    if not ground:
        raise StepRefused("label.no_ground", step="change_label")
    with transaction.atomic():
        if not Account.objects.filter(pk=account.pk, label=before).update(label=kept):
            raise StaleRecord(f"account {account.pk} signs otherwise by now")
        change = LabelChange.objects.create(
            account=account, changed_at=at, by_id=by.account, label=before, ground=ground
        )
    account.label = kept
    return change


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
