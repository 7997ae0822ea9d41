"""What becomes of a published certificate? It is suspended and lifted, withdrawn, or replaced.

Source: ISO/IEC 17024:2012, 9.5 (suspending, withdrawing or reducing the scope of certification).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.chart import CERTIFICATE, Replacing, Suspending, Withdrawing
from kompeten.certificates.models import Certificate, Suspension, Withdrawal
from kompeten.certificates.rules import steps as rules
from kompeten.certificates.terms import SuspensionCause, WithdrawalCause
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM, Actor

_AT_ONCE = 500
# A suspension whose end has come, and that was not lifted yet, still has to have a length.
_MOMENT = timedelta(seconds=1)


def suspend(
    certificate: Certificate,
    *,
    cause: SuspensionCause,
    note: str,
    ends_at: datetime,
    by: Actor,
    at: datetime,
) -> Event:
    """Let the certificate not hold from `at` until `ends_at` at the latest; then it is lifted by itself.

    `note` is for staff and holder. The register, the status list and the log follow.

    :raises StepRefused: `role.not_held`, `step.not_open`, or why the period is none (`suspension.*`)
    """
    _judge(rules.suspension_flaws(note, at, ends_at), "suspend")
    facts = Suspending(cause, ends_at)
    with transaction.atomic():
        event = ledger.take(CERTIFICATE, "suspend", certificate, by=by, at=at, facts=facts)
        Suspension.objects.create(
            certificate=certificate, cause=cause, note=note.strip(), starts_at=at, ends_at=ends_at
        )
    return event


def extend(certificate: Certificate, *, ends_at: datetime, by: Actor, at: datetime) -> Event:
    """Let the suspension that runs end at `ends_at` instead; earlier ends are a `lift`.

    :raises StepRefused: `role.not_held`, `step.not_open`, or why the period is none (`suspension.*`)
    """
    running = _running(certificate, "extend")
    reasons = rules.suspension_flaws(running.note, running.starts_at, ends_at)
    _judge(reasons or rules.suspension_flaws(running.note, running.ends_at, ends_at), "extend")
    facts = Suspending(SuspensionCause(running.cause), ends_at)
    with transaction.atomic():
        event = ledger.take(CERTIFICATE, "extend", certificate, by=by, at=at, facts=facts)
        Suspension.objects.filter(pk=running.pk).update(ends_at=ends_at)
    return event


def lift(certificate: Certificate, *, by: Actor, at: datetime) -> Event:
    """Let a suspended certificate hold again.

    :raises StepRefused: `role.not_held` or `step.not_open`
    """
    with transaction.atomic():
        event = ledger.take(CERTIFICATE, "lift", certificate, by=by, at=at)
        _close([certificate], at=at)
    return event


def lift_due(*, at: datetime, most: int) -> int:
    """Lift up to `most` suspensions whose end has come; return how many."""
    due = [row.certificate for row in queries.overdue_suspensions(at)[:most]]
    with transaction.atomic():
        ledger.take_many(CERTIFICATE, "lift", due, by=SYSTEM, at=at)
        _close(due, at=at)
    return len(due)


def withdraw(
    certificates: Sequence[Certificate],
    *,
    cause: WithdrawalCause,
    note: str,
    by: Actor,
    at: datetime,
    recall: str = "",
) -> None:
    """Take certificates back for good, all or none; a running suspension ends with it.

    `recall` is the reference of the recall that asks it. A reinstatement is a certificate of its own.

    :raises StepRefused: `role.not_held`, `step.not_open`, or `withdrawal.no_note`
    """
    _judge(rules.withdrawal_flaws(note), "withdraw")
    with transaction.atomic():
        facts = Withdrawing(cause, recall)
        ledger.take_many(CERTIFICATE, "withdraw", certificates, by=by, at=at, facts=lambda _: facts)
        _close(certificates, at=at)
        _stop_heirs([c.number for c in certificates], at=at)
        rows = [
            Withdrawal(certificate=c, cause=cause, note=note.strip(), at=at) for c in certificates
        ]
        Withdrawal.objects.bulk_create(rows, batch_size=500)


def replace(
    certificates: Sequence[Certificate], heirs: Mapping[str, Certificate], *, at: datetime
) -> None:
    """Mark certificates whose place another took; `heirs` holds it by their numbers.

    A suspension that runs goes over to the heir: what was put right has lifted nothing.
    """
    running = {s.certificate_id: s for s in queries.open_suspensions(certificates)}
    ledger.take_many(
        CERTIFICATE,
        "replace",
        certificates,
        by=SYSTEM,
        at=at,
        facts=lambda c: Replacing(heirs[c.number].number),
    )
    _close(certificates, at=at)
    for certificate in certificates:
        if (suspension := running.get(certificate.pk)) is not None:
            suspend(
                heirs[certificate.number],
                cause=SuspensionCause(suspension.cause),
                note=suspension.note,
                ends_at=max(suspension.ends_at, at + _MOMENT),
                by=SYSTEM,
                at=at,
            )


def stop(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """Void certificates that are on their way in the place of one that was withdrawn meanwhile."""
    ledger.take_many(CERTIFICATE, "stop", certificates, by=SYSTEM, at=at)


def _stop_heirs(numbers: Sequence[str], *, at: datetime) -> None:
    """Stop what is on its way in the place of withdrawn ones: what was wrong with them is wrong with it."""
    for start in range(0, len(numbers), _AT_ONCE):
        stop(list(queries.unpublished_heirs(numbers[start : start + _AT_ONCE])), at=at)


def _running(certificate: Certificate, verb: str) -> Suspension:
    running = queries.open_suspension(certificate)
    if running is None:
        raise StepRefused("step.not_open", step=verb)
    return running


def _close(certificates: Sequence[Certificate], *, at: datetime) -> None:
    rows = Suspension.objects.filter(certificate__in=certificates, ended_at__isnull=True)
    rows.update(ended_at=at)


def _judge(reasons: tuple[str, ...], verb: str) -> None:
    if reasons:
        raise StepRefused(*reasons, step=verb)
