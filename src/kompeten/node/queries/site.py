"""How does it stand at a site, and what does it hand out to a device? No tables; the site's own disk."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from kompeten.exams.queries import carrying
from kompeten.exams.queries.packages import VAULT, Bell, Sheet
from kompeten.exams.terms.carried import CarriedPaper, CarriedSeat
from kompeten.exams.terms.vault import Ticket, Unreadable
from kompeten.node.adapters.site import site
from kompeten.node.rules import seatcodes
from kompeten.node.terms import Card, Load, NoteKind, Seat

Window = tuple[int, int]
MINUTE = 60_000


class Made(NamedTuple):
    """A package as devices fetch it."""

    name: str
    sha256: str
    content: bytes


def card() -> Card | None:
    """Return who this node is; None before it was made one."""
    return site().card()


def pin() -> str:
    """Return what opens the board."""
    return site().pin()


def loads() -> list[Load]:
    """Return the sittings this site holds, by their opening hour."""
    return site().loads()


def due(*, at: datetime) -> Load | None:
    """Return the sitting that is on, or the next one, or the last; None where the site holds none."""
    held, now = loads(), _ms(at)
    going = [load for load in held if now < window(load)[1]]
    return (going or held[-1:] or [None])[0]  # type: ignore[list-item]


def window(load: Load) -> Window:
    """Return when a sitting opens and closes here, in milliseconds: as planned, or as opened by hand."""
    return _opened().get(load.sitting.ref, (load.sitting.opens, load.sitting.closes))


def seat(code: str, *, at: datetime) -> tuple[Load, Seat] | None:
    """Return whose seat a code is; of two sittings with the same one, that which is due."""
    bare = seatcodes.read(code)
    found = [(load, s) for load in loads() for s in load.seats if s.code == bare]
    now = _ms(at)
    return next((f for f in found if now < window(f[0])[1]), found[-1] if found else None)


def attempt(ref: str) -> tuple[Load, Seat] | None:
    """Return an attempt that this site holds, with its sitting."""
    for load in loads():
        for held in load.seats:
            if held.held.attempt == ref:
                return load, held
    return None


def copy_is_away() -> bool:
    """Say whether the second copy was last noted to be away."""
    noted = [n for n in site().notes() if n.kind is NoteKind.COPY]
    return bool(noted and noted[-1].said.get("away"))


def allowed() -> tuple[Mapping[str, int], Mapping[str, Window]]:
    """Return extra minutes by attempt, and the windows of sittings that were opened by hand."""
    extra = {s.held.attempt: s.held.extra for load in loads() for s in load.seats if s.held.extra}
    return extra, _opened()


def ticket(load: Load, seat: Seat, *, at: datetime) -> dict[str, Any]:
    """Return the ticket document of an attempt: section 4 of the protocol, with this site's own key."""
    sitting, held = load.sitting, seat.held
    opens, closes = window(load)
    made = _package(load, seat.held)
    form = sitting.paper_of(held).form
    return {
        "v": 1,
        "attempt": held.attempt,
        "ticket": carrying.ticket(Ticket(held.attempt, sitting.ref, form, opens, closes)),
        "key": held.key,
        "sitting": sitting.ref,
        "title": sitting.title,
        "zone": sitting.zone,
        "opens": opens,
        "closes": closes,
        "minutes": sitting.minutes,
        "extra": held.extra,
        "package": {
            "url": f"/ujian/paket/{sitting.ref}.{made.name}.bin",
            "sha256": made.sha256,
            "bytes": len(made.content),
        },
        "order": held.order,
        "vault": VAULT,
        "handin": load.handin,
        "now": _ms(at),
        "comfort": {"breaks": 0},
    }


def package(sitting: str, name: str) -> bytes | None:
    """Return the paper of a sitting as a package, where its name is right."""
    for load in loads():
        if load.sitting.ref == sitting:
            papers = {load.sitting.paper_of(seat.held) for seat in load.seats}
            made = (_sealed_paper(load, paper) for paper in papers)
            if found := next((one for one in made if one.name == name), None):
                return found.content
    return None


def sheet(ref: str, *, ticket: str, at: datetime) -> Sheet:
    """Return the opened paper for a device that cannot decrypt, once its opening is on record.

    :raises Unreadable: `ticket.…`: the ticket is not ours, or for another attempt
    """
    found = attempt(ref)
    if carrying.read_ticket(ticket).attempt != ref or found is None:
        raise Unreadable("ticket.forged")
    load, held = found
    opens, closes = window(load)
    now = _ms(at)
    if now < opens:
        return Sheet(Bell.EARLY, wait=opens - now)
    if carrying.held(ref).opened is None:
        over = now >= closes + held.held.extra * MINUTE
        return Sheet(Bell.OVER if over else Bell.NOT_OPENED)
    return Sheet(Bell.OPEN, load.sitting.paper_of(held.held).paper.encode())


def _package(load: Load, held: CarriedSeat) -> Made:
    return _sealed_paper(load, load.sitting.paper_of(held))


def _sealed_paper(load: Load, paper: CarriedPaper) -> Made:
    return _sealed(load.sitting.ref, paper.form, paper.paper, paper.items)


# Its code takes a tenth of a second to wrap, and every device asks for it within a minute.
@lru_cache(maxsize=64)
def _sealed(ref: str, form: str, paper: str, items: int) -> Made:
    made = carrying.package(ref, form, paper=paper, items=items)
    return Made(made.name, made.sha256, made.content)


def _opened() -> dict[str, Window]:
    return {
        n.said["sitting"]: (n.said["opens"], n.said["closes"])
        for n in site().notes()
        if n.kind is NoteKind.OPENED
    }


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
