"""How does this machine become a witness of somebody's log? With a key of its own and a memory."""

from collections.abc import Iterable
from pathlib import Path

from kompeten.kernel.tlog.notes import COSIGNATURE, NoteMalformed, VerifierKey, is_name
from kompeten.register.adapters import notekey
from kompeten.register.adapters.notekey import FileNoteKey, KeyUnreadable
from kompeten.register.adapters.witness import Reply, Witness

__all__ = ["KeyUnreadable", "Reply", "Witness", "key", "witness"]


def key(folder: Path, *, name: str, passphrase: bytes) -> FileNoteKey:
    """Return the witness's key in `folder`, made at first use.

    :raises NoteMalformed: nobody can be called so, or the key there has another name
    :raises KeyUnreadable: the key does not open
    """
    if not is_name(name):
        raise NoteMalformed(f"{name!r} is no name: no blanks and no plus sign, as in an address")
    found = notekey.create(
        folder / "witness.key", name=name, kind=COSIGNATURE, passphrase=passphrase
    )
    if found.verifier.name != name:
        raise NoteMalformed(f"the witness here is called {found.verifier.name}")
    return found


def witness(own: FileNoteKey, *, logs: Iterable[VerifierKey], folder: Path) -> Witness:
    """Return a witness of these logs; what it has seen lies in `folder`."""
    return Witness(own, logs=logs, state=folder / "seen.sqlite3")
