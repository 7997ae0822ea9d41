"""Which lists about people leave the house? Each is written into the ledger before it is handed out."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.decisions import actions as decisions
from kompeten.decisions.terms import PaperKind
from kompeten.kernel import digest
from kompeten.kernel.actors import Actor
from kompeten.reporting import queries, rules
from kompeten.reporting.adapters import bnsp, codes, handover
from kompeten.reporting.terms import Order, Parcel

if TYPE_CHECKING:
    from kompeten.decisions.models import Decree


def bnsp_list(decree: "Decree", *, order: Order, by: Actor, at: datetime) -> bytes:
    """Return the list for BNSP as .xlsx, with everybody the decree names, K and BK.

    :raises StepRefused: `role.not_held`; the decree is not signed
    :raises CodesUnreadable: the file that `bnsp_codes` names cannot be read
    """
    known = codes.load(settings.OPTIONS.bnsp_codes)
    rows = queries.bnsp_rows(decree, order=order, codes=known)
    content = bnsp.workbook(rows, title=f"BNSP {decree.number}", at=at)
    return _released(decree, PaperKind.BNSP, content, rows=len(rows), by=by, at=at)


def handover_list(
    decree: "Decree", *, province: str, office: str | None, by: Actor, at: datetime
) -> bytes:
    """Return the handing-over list as PDF: of one province, of one office, or of all.

    :raises StepRefused: `role.not_held`; the decree is not signed
    """
    meant = rules.chosen(queries.parcels(decree, at=at), province=province, office=office)
    content = handover.handover(queries.heading(decree, at=at), meant, at=at)
    return _released(decree, PaperKind.HANDOVER, content, rows=_people(meant), by=by, at=at)


def address_labels(
    decree: "Decree",
    *,
    province: str,
    office: str | None,
    skip: int,
    by: Actor,
    at: datetime,
) -> bytes:
    """Return labels for the same people as PDF, after `skip` labels that are used already.

    :raises StepRefused: `role.not_held`; the decree is not signed
    """
    meant = rules.chosen(queries.parcels(decree, at=at), province=province, office=office)
    content = handover.labels(queries.heading(decree, at=at), meant, skip=skip, at=at)
    return _released(decree, PaperKind.LABELS, content, rows=_people(meant), by=by, at=at)


def _people(parcels: tuple[Parcel, ...]) -> int:
    return sum(len(parcel.recipients) for parcel in parcels)


def _released(
    decree: "Decree", kind: PaperKind, content: bytes, *, rows: int, by: Actor, at: datetime
) -> bytes:
    said = digest.of_bytes(content)
    decisions.release(decree, kind=kind, rows=rows, digest=said, by=by, at=at)
    return content
