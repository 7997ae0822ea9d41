"""How does what a site has kept come home? In any order, as often as one likes, cut off or not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction

from kompeten.exams.actions import carrying
from kompeten.exams.queries.carrying import places, refs
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import Actor
from kompeten.node.adapters import sealing
from kompeten.node.chart import PARCEL
from kompeten.node.models import Node, Parcel, Return, SiteNote
from kompeten.node.queries.parcels import card_of
from kompeten.node.rules import clocks, contents, frames, returns
from kompeten.node.terms import (
    MEDIA,
    Coming,
    Framed,
    Note,
    ParcelRefused,
    Piece,
    Unpacked,
    Way,
)

TOGETHER = 1_000


def unpack(content: bytes, *, by: Actor, at: datetime) -> Unpacked:
    """Take in a file that came back: its rows into the vault, its notes beside, itself on file.

    The vault first, then the record of it: after a crash between the two the same file is taken
    again and changes nothing but the record.

    :raises ParcelRefused: it is no parcel of ours, or a byte was changed; nothing was taken
    :raises StepRefused: `role.not_held`
    """
    _permit(by)
    framed = frames.cut(content)
    parcel = _parcel(framed)
    pieces = [contents.piece(p) for p in sealing.opened(framed, by=card_of(parcel.node))]
    if not pieces:
        raise ParcelRefused("parcel.cut_off")
    attempts = refs(parcel.sitting)
    named = sorted({row.attempt for piece in pieces for row in piece.rows} & attempts)
    sorted_ = returns.sort(pieces, attempts=attempts, known=places(named), check=carrying.check)
    for start in range(0, len(sorted_.rows), TOGETHER):
        carrying.keep(sorted_.rows[start : start + TOGETHER])
    done = Unpacked(
        parcel=parcel.ref,
        digest=sha256(content).hexdigest(),
        rows=len(sorted_.rows),
        fresh=sorted_.fresh,
        refused=dict(sorted_.refused),
        whole=framed.whole and pieces[-1].last,
        skew=clocks.skew(sorted_.rows),
    )
    files.put(content, media_type=MEDIA)
    fresh = _record(parcel, done, pieces, sorted_.notes, by=by, at=at)
    return replace(done, again=not fresh)


def _permit(by: Actor) -> None:
    # Before anything is kept: the vault takes whatever it is given.
    if not by.may(PARCEL.of("return").roles):
        raise ledger.StepRefused("role.not_held", step="return")


def _parcel(framed: Framed) -> Parcel:
    found = (
        Parcel.objects.filter(ref=framed.header["parcel"]).select_related("node", "sitting").first()
    )
    if found is None:
        raise ParcelRefused("parcel.unknown")
    returns.belongs(framed, way=Way.BACK, node=found.node.ref, sitting=found.sitting.ref)
    return found


def _record(
    parcel: Parcel,
    done: Unpacked,
    pieces: list[Piece],
    notes: Iterable[Note],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Note a file that came back; say whether it was not here before. Of two at once one is noted."""
    made = pieces[-1].made
    said = {
        "whole": done.whole,
        "rows": done.rows,
        "fresh": done.fresh,
        "refused": dict(done.refused),
        "skew_ms": done.skew,
        "node_at": _at(made),
        "hq_at": at,
    }
    facts = Coming(
        digest=done.digest,
        rows=done.rows,
        fresh=done.fresh,
        refused=sum(done.refused.values()),
        whole=done.whole,
        node_made=made,
        skew=done.skew,
    )
    with transaction.atomic():
        _, is_new = Return.objects.get_or_create(parcel=parcel, digest=done.digest, defaults=said)
        if is_new:
            _keep(notes, node=parcel.node, at=at)
            # Another file of the same parcel may have come while this one was opened.
            parcel.refresh_from_db(fields=["state"])
            ledger.take(
                PARCEL, "return", parcel, by=by, at=at, facts=facts, also={"returned_at": at}
            )
    return is_new


def _keep(notes: Iterable[Note], *, node: Node, at: datetime) -> None:
    kept = [
        SiteNote(
            node=node,
            number=note.number,
            kind=note.kind.value,
            said=dict(note.said),
            node_at=_at(note.at),
            hq_at=at,
        )
        for note in notes
    ]
    SiteNote.objects.bulk_create(kept, ignore_conflicts=True, batch_size=500)


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
