"""What does a device need to sit an exam without a line? Its ticket, the package, and the order of its own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompeten.exams.adapters import keys
from kompeten.exams.adapters import package as packing
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries import vault
from kompeten.exams.queries.entries import window
from kompeten.exams.queries.sittings import form_digests
from kompeten.exams.rules import clock
from kompeten.exams.rules.paper import personal
from kompeten.exams.terms import SittingState
from kompeten.exams.terms.vault import Ticket, Unreadable
from kompeten.itembank import queries as itembank
from kompeten.kernel.refs import LENGTH

VAULT = "/ujian/brankas/"
PREPARING = (SittingState.PLANNED, SittingState.OPEN)


class Bell(StrEnum):
    """Whether a paper may be read: it can, the hour has not come, it was not opened, it is too late."""

    OPEN = "open"
    EARLY = "early"
    NOT_OPENED = "not_opened"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened paper as JSON, or why there is none; `wait` is milliseconds until the hour."""

    bell: Bell
    content: bytes = b""
    wait: int = 0


def ticket(entry: Entry, *, handin: str, at: datetime) -> dict[str, Any] | None:
    """Return the ticket document of an entry, None once its sitting is closed. No query but the first.

    `handin` is the address at which answers are taken in by hand. Section 4 of the protocol.
    """
    sitting = entry.sitting
    if sitting.state not in PREPARING:
        return None
    package = packing.package(sitting, entry.form_digest)
    granted = _granted(entry)
    return {
        "v": 1,
        "attempt": entry.ref,
        "ticket": keys.ticket(granted),
        "key": keys.attempt_key(entry.ref).hex(),
        "sitting": sitting.ref,
        "title": sitting.title,
        "zone": sitting.zone,
        "opens": granted.opens,
        "closes": granted.closes,
        "minutes": sitting.minutes,
        "extra": entry.extra_minutes,
        "opened": _ms(entry.started_at) if entry.started_at else 0,
        "package": {
            "url": f"/ujian/paket/{sitting.ref}.{package.name}.bin",
            "sha256": package.sha256,
            "bytes": len(package.content),
        },
        "order": order(entry),
        "vault": VAULT,
        "handin": handin,
        "now": _ms(at),
        "comfort": {"breaks": entry.breaks},
    }


def order(entry: Entry) -> dict[str, Any]:
    """Return where this person's cases and options stand, as numbers and codes only."""
    cases = personal(itembank.paper(entry.form_digest), seed=entry.order_seed)
    return {
        "cases": [case.number for case in cases],
        "options": {
            str(item.number): "".join(code for code, _ in item.options)
            for case in cases
            for item in case.items
            if item.essay is None
        },
    }


def package(sitting_ref: str, name: str) -> bytes | None:
    """Return the package of that name, also under an earlier code; None if there is none. Two queries."""
    sitting = (
        Sitting.objects.filter(ref=sitting_ref).first() if len(sitting_ref) == LENGTH else None
    )
    found = packing.named(sitting, form_digests(sitting), name) if sitting else None
    return found.content if found else None


def sheet(entry: Entry, *, ticket: str, at: datetime) -> Sheet:
    """Return the opened paper for a device that cannot decrypt, once its opening is on record.

    :raises Unreadable: `ticket.…`: the ticket is not ours, or for another attempt
    """
    if keys.read_ticket(ticket).attempt != entry.ref:
        raise Unreadable("ticket.forged")
    opens = entry.sitting.opens_at
    if at < opens:
        return Sheet(Bell.EARLY, wait=_ms(opens) - _ms(at))
    held = vault.held(journal().of(entry.ref))
    if held.opened is None:
        over = at >= clock.last_end(window(entry), most_extra_minutes=entry.extra_minutes)
        return Sheet(Bell.OVER if over else Bell.NOT_OPENED)
    return Sheet(Bell.OPEN, packing.paper(entry.sitting.title, itembank.paper(entry.form_digest)))


def _granted(entry: Entry) -> Ticket:
    sitting = entry.sitting
    form = keys.form_name(entry.form_digest)
    return Ticket(entry.ref, sitting.ref, form, _ms(sitting.opens_at), _ms(sitting.closes_at))


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
