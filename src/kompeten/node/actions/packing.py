"""How does a sitting get to a site? As one sealed file that only that node can open."""

import random
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kompeten.exams.queries import carrying
from kompeten.foundation import files, ledger
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.node.adapters import sealing
from kompeten.node.chart import PARCEL
from kompeten.node.models import Node, Parcel
from kompeten.node.queries.parcels import card_of, seat_codes
from kompeten.node.rules import contents, frames
from kompeten.node.terms import MEDIA, Card, Load, NodeState, Packing, Seat, Way

if TYPE_CHECKING:
    from kompeten.exams.models import Sitting

HOUSE = "0" * 10


def pack(
    sitting: "Sitting",
    node: Node,
    *,
    handin: str = "",
    house: str = "Kompeten",
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> tuple[Parcel, bytes]:
    """Give a sitting to a node: return the parcel on record and the file that travels.

    Paper, seats with names and time given, and their codes are in it; no key of any item, no
    identity number. `handin` is where answers are taken in by hand. Packed again, it holds who is
    seated now, with the same codes. The file is kept under its digest too, to be fetched again. A
    few queries.

    :raises StepRefused: `node.ended`, `parcel.no_seats`
    """
    if node.state != NodeState.ACTIVE:
        raise ledger.StepRefused("node.ended", step="open")
    carried = carrying.sitting(sitting)
    if not carried.seats:
        raise ledger.StepRefused("parcel.no_seats", step="open")
    codes = seat_codes(sitting)
    parcel = Parcel(
        ref=refs.new(rng), node=node, sitting=sitting, seats=len(carried.seats), packed_at=at
    )
    made = round(at.timestamp() * 1000)
    load = Load(
        parcel=parcel.ref,
        node=node.ref,
        house=sealing.own_card(ref=HOUSE, name=house),
        packed=made,
        sitting=replace(carried, seats=()),  # they stand in `seats`, with their codes
        seats=tuple(Seat(codes[seat.attempt], seat) for seat in carried.seats),
        handin=handin,
    )
    content = _file(load, card_of(node), made=made)
    parcel.digest = files.put(content, media_type=MEDIA).sha256
    facts = Packing(node.ref, sitting.ref, len(load.seats), parcel.digest, node.name)
    ledger.enter(PARCEL, parcel, by=by, at=at, facts=facts)
    return parcel, content


def _file(load: Load, to: Card, *, made: int) -> bytes:
    head = frames.header(
        Way.OUT, parcel=load.parcel, node=load.node, sitting=load.sitting.ref, made=made
    )
    return frames.joined(head, [sealing.sealed(head, 0, contents.packed(load), to=to)])
