"""How do numbered sheets come into stock, onto which is a certificate printed, and which are spoiled?"""

import random
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.certificates import queries
from kompeten.certificates.chart import BLANK
from kompeten.certificates.models import Blank, BlankDelivery, Certificate
from kompeten.certificates.rules import steps as rules
from kompeten.certificates.terms import (
    BlankIssuing,
    BlankReceiving,
    BlankState,
    BlankVoiding,
    Range,
    State,
)
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor


def receive_blanks(
    came: Range, *, note: str, by: Actor, at: datetime, rng: random.Random
) -> BlankDelivery:
    """Take a range of numbered sheets into the books: each number once, whoever delivers it.

    :raises StepRefused: `role.not_held`, `blank.range_*`; `blank.known`: a number is in the books
    """
    serials = [came.serial(number) for number in range(came.first, came.last + 1)]
    if reasons := rules.range_flaws(came):
        raise StepRefused(*reasons, step="receive")
    if known := queries.known_serials(serials):
        raise StepRefused(f"blank.known:{known[0]}", step="receive")
    delivery = BlankDelivery(
        ref=refs.new(rng),
        prefix=came.prefix,
        first=came.first,
        last=came.last,
        digits=came.digits,
        note=note.strip(),
        received_at=at,
        received_by_id=by.account,
    )
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
            sheets = [
                Blank(delivery=delivery, serial=serial, number=number)
                for number, serial in enumerate(serials, start=came.first)
            ]
            facts = delivery.ref
            ledger.enter_many(
                BLANK, sheets, by=by, at=at, facts=lambda b: BlankReceiving(b.serial, facts)
            )
    except IntegrityError as clash:  # somebody else took the same numbers in at this moment
        raise StepRefused(f"blank.known:{serials[0]}", step="receive") from clash
    return delivery


def issue_blanks(
    certificates: Sequence[Certificate], *, by: Actor, at: datetime, start: str = ""
) -> list[Blank]:
    """Note on which sheets certificates are printed: the next in stock, in the order given.

    `start` is the sheet that lies on top in the printer, where it is not the next one in the books.
    All of them or none. Returns the sheets in the order of the certificates.

    :raises StepRefused: `role.not_held`; `blank.certificate_*`: one is not in force, or has a sheet;
        `blank.stock_short`: there are fewer sheets from there on
    :raises StaleRecord: another hand took one of the sheets, or gave one of them a sheet
    """
    _refuse_unfit(certificates)
    sheets = list(queries.in_stock(start=start)[: len(certificates)])
    if len(sheets) < len(certificates):
        raise StepRefused(f"blank.stock_short:{len(sheets)}", step="issue")
    for sheet, certificate in zip(sheets, certificates, strict=True):
        sheet.certificate, sheet.issued_at = certificate, at
    try:
        with transaction.atomic():
            hold(sheets)
            Blank.objects.bulk_update(sheets, ["certificate", "issued_at"], batch_size=200)
            ledger.take_many(
                BLANK,
                "issue",
                sheets,
                by=by,
                at=at,
                facts=lambda b: BlankIssuing(b.serial, b.certificate.number),
            )
    except IntegrityError as clash:
        raise StaleRecord("a certificate of the batch was given a sheet by another hand") from clash
    return sheets


def void_blank(blank: Blank, *, reason: str, by: Actor, at: datetime) -> None:
    """Write off a sheet that is spoiled or lost; a certificate that was on it waits for another one.

    :raises StepRefused: `role.not_held`; it is void already; `blank.no_reason`
    """
    said = reason.strip()
    number = blank.certificate.number if blank.certificate else ""
    facts = BlankVoiding(blank.serial, said, number)
    also = {"voided_at": at, "reason": said}
    ledger.take(BLANK, "void", blank, by=by, at=at, facts=facts, also=also)


def _refuse_unfit(certificates: Sequence[Certificate]) -> None:
    not_out = [c.number for c in certificates if c.state != State.PUBLISHED]
    if not_out:
        raise StepRefused(f"blank.certificate_not_out:{not_out[0]}", step="issue")
    taken = Blank.objects.filter(certificate__in=certificates, state=BlankState.ISSUED)
    if number := taken.values_list("certificate__number", flat=True).first():
        raise StepRefused(f"blank.certificate_has_one:{number}", step="issue")


def hold(sheets: Sequence[Blank]) -> None:
    """Keep other hands off `sheets` until the transaction ends.

    :raises StaleRecord: one is no longer in stock
    """
    keys = [sheet.pk for sheet in sheets]
    rows = Blank.objects.select_for_update().filter(pk__in=keys, state=BlankState.STOCK)
    if len(rows.values_list("pk")) != len(keys):
        raise StaleRecord("a sheet was used by another hand")
