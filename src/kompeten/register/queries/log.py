"""What stands in the log, and what proves it? Read from its rows; the published files are made of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from kompeten.certificates import queries as certificates
from kompeten.foundation import ledger, published
from kompeten.kernel.tlog import merkle, tiles
from kompeten.kernel.tlog.checkpoints import Checkpoint as Head
from kompeten.kernel.tlog.notes import Note, NoteMalformed
from kompeten.kernel.tlog.policies import Policy
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.kernel.tlog.tiles import Nodes, Tile
from kompeten.register.adapters import bundle as bundles
from kompeten.register.adapters import folder as folders
from kompeten.register.adapters import notes
from kompeten.register.adapters.folder import Examined
from kompeten.register.models import Checkpoint, Cosignature, Leaf, Node, Witness
from kompeten.register.queries import logkeys
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import (
    ISSUED,
    Answer,
    LogForked,
    LogKeyMissing,
    LogState,
    Opening,
    SaltErased,
    Witnessed,
)

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

HEAD = f"{logkeys.FOLDER}/checkpoint"
CHUNK = 500


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


def read(name: str) -> bytes:
    """Return a published file of the log by its name below the log's address.

    :raises FileNotFoundError: there is none
    """
    return published.read(f"{logkeys.FOLDER}/{name}")


def names() -> list[str]:
    """Return the names of all files that the published head needs, the head itself last; none before it.

    Below the log's address; `policy` is made at each asking and not among them.
    """
    raw = published.find(HEAD)
    if raw is None:
        return []
    entries = Head.parse(Note.parse(raw).text).size
    return [*(wanted.path for wanted in tiles.of_size(entries)), "checkpoint"]


def seen() -> Head | None:
    """Return the published head, signed by our key; None before the first.

    :raises LogForked: it is not ours
    """
    raw = published.find(HEAD)
    if raw is None:
        return None
    own = logkeys.key().verifier
    opened = notes.opened(raw, logkeys.verifiers())
    found = Head.parse(opened.note.text)
    if not opened.by or found.origin != own.name:
        raise LogForked(f"the published head is signed by another log than {own.name}")
    return found


def fault() -> str:
    """Say in one line why the log may not go on from these rows; "" if it may.

    The world must have seen nothing but what they make. A few queries, and the published head.
    """
    try:
        found = seen()
    except (LogForked, LogKeyMissing, notes.NoteBroken, NoteMalformed) as problem:
        return str(problem)
    if found is None:
        return ""
    here = size()
    if found.size > here:
        return f"{found.size} entries were published, {here} are here: the database is older"
    if found.size and root(found.size) != found.root:
        return f"the first {found.size} entries are others than those that were published"
    return ""


def entries_seen(old: int, new: int) -> list[bytes]:
    """Return the published entries from `old` up to `new`. :raises FileNotFoundError: some are missing"""
    bundles_of = [t for t in tiles.grown(old, new) if t.level is None]
    found = [entry for t in bundles_of for entry in tiles.unbundle(folders.fetch(read, t))]
    return found[old - bundles_of[0].number * tiles.WIDTH :] if bundles_of else []


def examine(place: Path | None, *, policy: Policy, since: bytes | None) -> Examined:
    """Return what is wrong with the log in a folder, or with our own published one (None). Asks nobody else."""
    read_file = read if place is None else lambda name: (place / name).read_bytes()
    return folders.examine(read_file, policy=policy, since=since)


def flaws() -> Iterator[str]:
    """Give every entry whose salt is there and does not open to what the ledger says. Reads all of both."""
    known = Leaf.objects.filter(event__isnull=False, salt__isnull=False).select_related("event")
    for start in range(0, size(), CHUNK):
        rows = list(known.filter(index__range=(start, start + CHUNK - 1)).order_by("index"))
        events = [leaf.event for leaf in rows if leaf.event]
        past = ledger.together({"certificate": {event.subject_id for event in events}})
        stated = rules.statements(events, history=past)
        for leaf in rows:
            statement = stated[leaf.event_id or 0]
            if rules.entry(statement, salt=bytes(leaf.salt or b"")) != bytes(leaf.entry):
                yield f"entry {leaf.index} commits to something else than the ledger says"


def leaves(certificate: "Certificate") -> list[Leaf]:
    """Return the entries about a certificate, the oldest first. One query."""
    return list(_of(certificate).select_related("event"))


def _of(certificate: "Certificate") -> "QuerySet[Leaf]":
    rows = Leaf.objects.filter(event__subject="certificate", event__subject_id=certificate.pk)
    return rows.order_by("index")


def _issued(certificate: "Certificate") -> "QuerySet[Leaf]":
    return _of(certificate).filter(event__type=ISSUED)


def places(certificates: "Iterable[Certificate]", *, below: int) -> dict[int, int]:
    """Return by certificate key where its issuance stands, among the first `below` entries. One query."""
    keys = [certificate.pk for certificate in certificates]
    rows = Leaf.objects.filter(
        event__type=ISSUED,
        event__subject="certificate",
        event__subject_id__in=keys,
        index__lt=below,
    )
    return dict(rows.order_by("index").values_list("event__subject_id", "index"))


def opening(leaf: Leaf) -> Opening:
    """Return what shows the meaning of an entry. One query.

    :raises SaltErased: its salt was deleted
    :raises LogForked: the ledger says now something else than what was logged
    """
    if leaf.salt is None or leaf.event is None:
        raise SaltErased(f"entry {leaf.index}")
    past = ledger.together({"certificate": [leaf.event.subject_id]})
    statement = rules.statements([leaf.event], history=past)[leaf.event.pk]
    salt = bytes(leaf.salt)
    if rules.entry(statement, salt=salt) != bytes(leaf.entry):
        raise LogForked(f"entry {leaf.index} commits to something else than the ledger says")
    return Opening(salt.hex(), statement)


def proof(leaf: Leaf) -> LogProof | None:
    """Return the proof that an entry stands in the log; None as long as no signed head covers it.

    It leads to the oldest head that enough witnesses have cosigned, since that proves the greatest
    age, or to the newest one as long as there is none. A few queries, whatever the size of the log.
    """
    found = _first_witnessed(leaf.index) or head()
    if found is None or found.size <= leaf.index:
        return None
    path = merkle.inclusion(leaf.index, found.size, Nodes(found.size, tile))
    return LogProof(leaf.index, tuple(path), note(found))


def witnessed_before(at: datetime) -> int:
    """Return how many entries stood in a head that enough witnesses had cosigned before the instant."""
    rows = Cosignature.objects.filter(cosigned_at__lt=at).order_by("-checkpoint_id")
    return next((size for size, keys in _by_head(rows) if _are_enough(keys)), 0)


def _first_witnessed(index: int) -> Checkpoint | None:
    rows = Cosignature.objects.filter(checkpoint__size__gt=index).order_by("checkpoint_id")
    size = next((size for size, keys in _by_head(rows) if _are_enough(keys)), None)
    return None if size is None else Checkpoint.objects.get(pk=size)


def _by_head(rows: "QuerySet[Cosignature]") -> Iterator[tuple[int, set[str]]]:
    """Give the keys that have cosigned each head, by its size, in the order of the rows."""
    pairs = rows.values_list("checkpoint_id", "witness__key").iterator(chunk_size=CHUNK)
    for size, group in groupby(pairs, key=lambda pair: pair[0]):
        yield size, {key for _, key in group}


def _are_enough(keys: set[str]) -> bool:
    stated = logkeys.policy()
    known = [party.key for party in stated.witnesses.values() if str(party.key) in keys]
    return bool(known) and stated.is_met_by(known)


def has_bundle(certificate: "Certificate") -> bool:
    """Say whether `bundle` has something to give. Two queries."""
    newest = head()
    below = newest.size if newest else 0
    return _issued(certificate).filter(index__lt=below, salt__isnull=False).exists()


def bundle(certificate: "Certificate") -> bytes | None:
    """Return sheet, credential, proof and opening of a certificate in one file.

    None where there is no proof yet, or none any more because the salt was erased.
    """
    leaf = _issued(certificate).filter(salt__isnull=False).select_related("event").last()
    found = proof(leaf) if leaf else None
    if leaf is None or found is None:
        return None
    parts = bundles.Bundle(
        certificates.pdf(certificate),
        certificates.credential(certificate),
        found.text,
        opening(leaf),
    )
    return bundles.pack(parts)


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
