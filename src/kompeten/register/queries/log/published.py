"""What has the world seen of the log, and does it agree with the rows from which it was made?"""

from collections.abc import Iterator
from pathlib import Path

from kompeten.foundation import ledger, published
from kompeten.kernel.tlog import tiles
from kompeten.kernel.tlog.checkpoints import Checkpoint as Head
from kompeten.kernel.tlog.notes import Note, NoteMalformed
from kompeten.kernel.tlog.policies import Policy
from kompeten.register.adapters import folder as folders
from kompeten.register.adapters import notes
from kompeten.register.adapters.folder import Examined
from kompeten.register.models import Leaf
from kompeten.register.queries import logkeys
from kompeten.register.queries.log.tree import root, size
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import LogForked, LogKeyMissing

HEAD = f"{logkeys.FOLDER}/checkpoint"
CHUNK = 500


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
