"""What stands in the log, and which heads did it sign? From its rows; the published files are made of them."""

from datetime import datetime

from django.db.models import Max

from kompeten.kernel.tlog import merkle, tiles
from kompeten.kernel.tlog.notes import Note
from kompeten.kernel.tlog.tiles import Nodes, Tile
from kompeten.register.adapters import notes
from kompeten.register.models import Checkpoint, Cosignature, Leaf, Node, Witness
from kompeten.register.queries import logkeys
from kompeten.register.terms.log import Answer, LogState, Witnessed


def size() -> int:
    """Return how many entries the log has. One query."""
    last: int | None = Leaf.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def head() -> Checkpoint | None:
    """Return the newest signed head, or None before the first. One query."""
    return Checkpoint.objects.order_by("-size").first()


def tile(wanted: Tile) -> bytes:
    """Return the content of a tile or a bundle of entries, from the rows. One query."""
    start = wanted.number * tiles.WIDTH
    span = range(start, start + wanted.width)
    if wanted.level:
        nodes = Node.objects.filter(level=wanted.level, index__range=(span[0], span[-1]))
        return b"".join(
            bytes(row) for row in nodes.order_by("index").values_list("hash", flat=True)
        )
    rows = Leaf.objects.filter(index__range=(span[0], span[-1])).order_by("index")
    entries = [bytes(entry) for entry in rows.values_list("entry", flat=True)]
    if wanted.level is None:
        return tiles.bundle(entries)
    return b"".join(map(merkle.leaf_hash, entries))


def root(entries: int) -> bytes:
    """Return the root over the first `entries`. A query for each level of the tree, about three."""
    return merkle.root(entries, Nodes(entries, tile))


def growth(old: int, new: int) -> tuple[bytes, ...]:
    """Return the proof that the log of `new` entries grew out of that of `old`."""
    return tuple(merkle.consistency(old, new, Nodes(new, tile)))


def note(checkpoint: Checkpoint) -> str:
    """Return a signed head with every cosignature that it has, as it is given away. One query.

    A head from before the key of today bears its signature too, so that whoever knows this key alone
    can read it; it is the same head, and no log contradicts itself by signing it again.

    :raises LogKeyMissing: the key of today is not here
    :raises KeyUnreadable: it does not open
    """
    lines = Cosignature.objects.filter(checkpoint=checkpoint).order_by("witness_id")
    return signed_today(checkpoint) + "".join(lines.values_list("line", flat=True))


def signed_today(checkpoint: Checkpoint) -> str:
    """Return a head as the log has signed it, also with the key of today. See `note`."""
    kept, own = Note.parse(checkpoint.note.encode()), logkeys.key()
    if any(signature.key_id == own.verifier.id for signature in kept.signatures):
        return str(checkpoint.note)
    return f"{checkpoint.note}{notes.signed(kept.text, own).line}"


def state() -> LogState:
    """Return how the log is: entries, head, witnesses. Five queries."""
    newest, stated = head(), logkeys.policy()
    rows = {row.key: row for row in Witness.objects.all()}
    cosigned = {
        line.witness_id: line.cosigned_at
        for line in (Cosignature.objects.filter(checkpoint=newest) if newest else ())
    }
    known = {party.key: rows.get(str(party.key)) for party in stated.witnesses.values()}
    enough = stated.is_met_by([key for key, row in known.items() if row and row.pk in cosigned])
    own = logkeys.verifier()
    return LogState(
        origin=own.name if own else "",
        key=str(own or ""),
        entries=size(),
        size=newest.size if newest else 0,
        root=bytes(newest.root).hex() if newest else "",
        signed_at=newest.signed_at if newest else None,
        witnesses=tuple(_witnessed(key.name, row, cosigned) for key, row in known.items()),
        is_witnessed=enough,
    )


def _witnessed(name: str, row: Witness | None, cosigned: dict[int, datetime]) -> Witnessed:
    if row is None:
        return Witnessed(name, None, None, None)
    answer = Answer(row.answer) if row.answer else None
    return Witnessed(name, cosigned.get(row.pk), row.asked_at, answer)
