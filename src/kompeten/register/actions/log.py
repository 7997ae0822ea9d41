"""How does the log grow? In numbered steps, each of which finds by itself what the one before has left.

1. `append`   entries for what happened, in one transaction with the cursor of the ledger's feed;
2. `write`    the files of the tree that they make, which never change once they are full;
3. `sign`     the head over them, after a look at the head that the world has seen;
4. `publish`  that head with the cosignatures it has, the only file that is replaced;
5. `cosign`   by asking the witnesses, then 4 again;
6. `note`     to the certificates that their issuance stands in the log.

The rows are the log, and files are made of rows. A crash between any two steps, or within one, is
taken up where it was; of two processes that append or publish at once, one waits for the other.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kompeten.certificates.actions import note_logged
from kompeten.certificates.queries import waiting as waiting_certificates
from kompeten.certificates.terms import State
from kompeten.foundation import ledger, published
from kompeten.kernel.tlog import merkle, tiles
from kompeten.kernel.tlog.checkpoints import Checkpoint as Head
from kompeten.kernel.tlog.notes import Note
from kompeten.kernel.tlog.policies import Party
from kompeten.kernel.tlog.tiles import Tile
from kompeten.register.adapters import notes, witnesses
from kompeten.register.models import Checkpoint, Cosignature, Leaf, Node, Witness
from kompeten.register.queries import erasing, logkeys
from kompeten.register.queries import log as queries
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import SALT_BYTES, Answer, LogForked

if TYPE_CHECKING:
    from kompeten.foundation.models import Event

FOLLOWER = "register.log"
Draw = Callable[[int], bytes]


def append(events: "Sequence[Event]", *, at: datetime, draw: Draw) -> None:
    """1. Add one entry for each event, in their order. Called within the feed of `FOLLOWER`.

    `draw` gives so many random bytes. What happened before an erasure of its certificate was ordered
    can be opened by nobody from the start. A few statements, whatever the number of events.

    :raises LogForked: the world has seen another log than the rows make; then nothing is added
    """
    _refuse_fork()
    start = queries.size()
    subjects = {event.subject_id for event in events}
    stated = rules.statements(events, history=ledger.together({"certificate": subjects}))
    erased = erasing.ordered(subjects)
    leaves = []
    for index, event in enumerate(events, start=start):
        salt = draw(SALT_BYTES)
        entry = rules.entry(stated[event.pk], salt=salt)
        kept = None if event.pk < erased.get(event.subject_id, 0) else salt
        leaves.append(Leaf(index=index, entry=entry, salt=kept, event=event, logged_at=at))
    Leaf.objects.bulk_create(leaves, batch_size=500)
    _stand_over(start, start + len(leaves))


def _stand_over(old: int, new: int) -> None:
    """Keep the roots of the tiles that became full between two sizes."""
    level = 0
    while tiles.count(level + 1, new):
        full = range(tiles.count(level + 1, old), tiles.count(level + 1, new))
        rows = [
            Node(
                level=level + 1,
                index=n,
                hash=merkle.fold(tiles.hashes(queries.tile(Tile(level, n)))),
            )
            for n in full
        ]
        Node.objects.bulk_create(rows)
        level += 1


def advance(*, at: datetime) -> Checkpoint | None:
    """2. to 4. Write, sign and publish whatever is not yet; return the newest head.

    :raises LogForked: the world has seen another log than the rows make
    """
    entries, newest = queries.size(), queries.head()
    signed = newest.size if newest else 0
    if entries > signed:
        write(signed, entries)
        newest = sign(entries, at=at)
    if newest is not None:
        publish()
        tidy(signed, entries)
    return newest


def write(old: int, new: int) -> int:
    """2. Write the files that a log of `new` entries has and one of `old` had not; return how many.

    The same rows give the same bytes: written twice, they are the same.
    """
    grown = list(tiles.grown(old, new))
    for tile in grown:
        published.put(f"{logkeys.FOLDER}/{tile.path}", queries.tile(tile))
    return len(grown)


def tidy(old: int, new: int) -> None:
    """Take away narrower tiles that a full one has overtaken; whoever wants one may take the full one."""
    for tile in tiles.grown(old, new):
        if tile.is_full:
            for name in list(published.names(f"{logkeys.FOLDER}/{tile.path}.p")):
                published.delete(name)


def sign(entries: int, *, at: datetime) -> Checkpoint:
    """3. Sign the head over the first `entries`, and keep it; one that is there is returned.

    :raises LogForked: a head that was published contradicts the rows; then nothing is signed
    """
    keys = logkeys.signers()
    with ledger.turn(FOLLOWER):
        _refuse_fork()
        root = queries.root(entries)
        head = Head(keys[-1].verifier.name, entries, root)
        note = str(Note(head.text, tuple(notes.signed(head.text, key) for key in keys)))
        row = Checkpoint(size=entries, root=root, note=note, signed_at=at)
        Checkpoint.objects.bulk_create([row], ignore_conflicts=True)
    return Checkpoint.objects.get(size=entries)


def publish() -> None:
    """4. Replace the published head by the newest one, with its cosignatures; never by an older one."""
    with ledger.turn(FOLLOWER):
        if newest := queries.head():
            _refuse_fork()
            note = queries.note(newest).encode()
            if published.find(queries.HEAD) != note:
                published.put(queries.HEAD, note)


def _refuse_fork() -> None:
    """Pass if the published head is one that the rows make. :raises LogForked: it is not

    A database that was brought back from an old copy lacks entries that the world has seen. To go on
    from there would be a second history, and witnesses would say so to everybody.
    """
    if fault := queries.fault():
        raise LogForked(fault)


def recover(*, at: datetime) -> int:
    """Take in the published entries that the rows lack; return how many.

    For a database that was brought back from an older copy: what its lost entries meant is lost,
    that they were there is not, and the log goes on behind them.

    :raises LogForked: the published entries do not give the published head, or not on top of ours
    :raises FileNotFoundError: the published files lack some
    """
    seen = queries.seen()
    with ledger.turn(FOLLOWER):
        start = queries.size()
        if seen is None or seen.size <= start:
            return 0
        lost = queries.entries_seen(start, seen.size)
        Leaf.objects.bulk_create(
            [Leaf(index=n, entry=entry, logged_at=at) for n, entry in enumerate(lost, start=start)],
            batch_size=500,
        )
        _stand_over(start, seen.size)
        _refuse_fork()
    return len(lost)


def repair() -> int:
    """Write every file of the log anew from its rows; return how many. For a store that lost some."""
    newest = queries.head()
    if newest is None:
        return 0
    written = write(0, newest.size)
    publish()
    return written + 1


def cosign(*, at: datetime) -> int:
    """5. Ask every witness that has not cosigned the newest head; return how many did now.

    :raises PolicyInvalid: the file that names the witnesses says something impossible
    """
    newest = queries.head()
    if newest is None:
        return 0
    done = 0
    for party in logkeys.policy().witnesses.values():
        row, _ = Witness.objects.get_or_create(
            key=str(party.key), defaults={"name": party.key.name}
        )
        if party.url and not Cosignature.objects.filter(checkpoint=newest, witness=row).exists():
            done += _ask(party, row, newest, at=at)
    if done:
        publish()
    return done


def _ask(party: Party, row: Witness, newest: Checkpoint, *, at: datetime) -> int:
    """Ask one witness for its cosignature; return 1 if it gave it."""
    known = min(row.size, newest.size)
    reply = witnesses.ask(
        party,
        queries.signed_today(newest),
        old=known,
        size=newest.size,
        growth=lambda old: queries.growth(old, newest.size),
    )
    current = queries.head()
    if reply.answer is Answer.AHEAD and current and reply.size <= current.size:
        return 0  # meanwhile another process of ours has asked for a newer head
    with transaction.atomic():
        changes: dict[str, object] = {"asked_at": at, "answer": reply.answer.value}
        if reply.signature is not None:
            changes["size"] = newest.size
            line = Cosignature(
                checkpoint=newest,
                witness=row,
                line=reply.signature.line,
                cosigned_at=datetime.fromtimestamp(reply.at_seconds, UTC),
            )
            Cosignature.objects.bulk_create([line], ignore_conflicts=True)
        Witness.objects.filter(pk=row.pk).update(**changes)
    return int(reply.signature is not None)


def note(*, at: datetime, most: int) -> int:
    """6. Tell the certificates that wait for it where their issuance stands; return how many, up to `most`.

    :raises StaleRecord: one of them was set aside meanwhile; then none is told, and all are next time
    """
    newest = queries.head()
    waiting = list(waiting_certificates(State.CHECKED)[:most]) if newest else []
    places = queries.places(waiting, below=newest.size) if newest else {}
    found = [certificate for certificate in waiting if certificate.pk in places]
    note_logged(found, places, at=at)
    return len(found)
