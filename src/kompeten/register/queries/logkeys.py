"""With which keys is the log signed, and whom of logs and witnesses do we believe?

One key signs, `log.key`. Beside it, in the same folder, lie those before it: `leaving-….key` signs
along until every witness knows the new one, `retired-….pub` signs no more, and what it signed is
believed; `lost-….pub` is believed no more. The name of the log is the same under all of them.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kompeten.kernel.tlog import policies
from kompeten.kernel.tlog.notes import ED25519, VerifierKey
from kompeten.kernel.tlog.policies import Party, Policy
from kompeten.register.adapters import notekey
from kompeten.register.adapters.notekey import FileNoteKey
from kompeten.register.models import Checkpoint
from kompeten.register.terms.log import LogKey, LogKeyMissing, LogKeyState

FOLDER = "log"
# A crash may leave a key under two names: what stands first here holds.
FILES = {
    LogKeyState.LOST: "lost-*.pub",
    LogKeyState.LEAVING: "leaving-*.key",
    LogKeyState.RETIRED: "retired-*.pub",
}


def key_file() -> Path:
    """Return where the key of the log lies."""
    return Path(settings.DATA_DIR) / "log" / "log.key"


def verifier() -> VerifierKey | None:
    """Return the public key of the log, or None before the log has begun; opens no secret."""
    return notekey.public(key_file()) if key_file().exists() else None


def history() -> tuple[LogKey, ...]:
    """Return every key that the log has had, the one that signs first; opens no secret."""
    own = verifier()
    if own is None:
        return ()
    found = {own: LogKey(own, LogKeyState.SIGNING)}
    for state, pattern in FILES.items():
        for path in sorted(key_file().parent.glob(pattern)):
            found.setdefault(notekey.public(path), LogKey(notekey.public(path), state))
    return tuple(found.values())


def verifiers() -> list[VerifierKey]:
    """Return every key that has ever signed for our log, also those that are believed no more."""
    return [known.verifier for known in history()]


def key() -> FileNoteKey:
    """Return the key of the log; it is made at the first start of a log, and never after.

    :raises LogKeyMissing: the log has a history, and its key is not here
    :raises KeyUnreadable: the file does not open
    """
    path = key_file()
    if not path.exists():
        if Checkpoint.objects.exists():
            raise LogKeyMissing(f"the log was signed before, and {path} is missing: bring it back")
        origin = f"{settings.PUBLIC_URL.partition('://')[2]}/{FOLDER}"
        notekey.create(path, name=origin, kind=ED25519, passphrase=passphrase())
    return opened(path)


def signers() -> tuple[FileNoteKey, ...]:
    """Return the keys that sign a head: that of the log, and before it those that are leaving.

    :raises LogKeyMissing: the log has a history, and its key is not here
    :raises KeyUnreadable: a file does not open
    """
    own = key()
    leaving = map(opened, sorted(key_file().parent.glob(FILES[LogKeyState.LEAVING])))
    lost = {notekey.public(path) for path in key_file().parent.glob(FILES[LogKeyState.LOST])}
    return (*(one for one in leaving if one.verifier not in {own.verifier, *lost}), own)


def passphrase() -> bytes:
    """Return what opens the key files."""
    secret: str = settings.KEY_PASSPHRASE
    return secret.encode()


def opened(path: Path) -> FileNoteKey:
    """Return the key in a file. :raises KeyUnreadable: it does not open"""
    looks = path.stat()
    return _opened(path, passphrase(), (looks.st_mtime_ns, looks.st_ino))


# Opening costs a key derivation (10 ms and more, on purpose), so it happens once per process and file.
@lru_cache(maxsize=4)
def _opened(path: Path, secret: bytes, _looks: tuple[int, int]) -> FileNoteKey:
    return notekey.load(path, passphrase=secret)


def policy() -> Policy:
    """Return our log with its address, the witnesses that the option `log_policy` names, and the quorum.

    Each key that is believed has a line of its own; one that somebody else may have has none.

    :raises PolicyInvalid: the file says something impossible
    """
    known, path = history(), settings.OPTIONS.log_policy
    believed = [one.verifier for one in known if one.state is not LogKeyState.LOST]
    ours = tuple(Party(one, f"{settings.PUBLIC_URL}/{FOLDER}") for one in believed)
    if not path:
        return Policy(logs=ours)
    stated = policies.parse(Path(path).read_text(encoding="utf-8"))
    public = {one.verifier.public for one in known}
    others = tuple(log for log in stated.logs if log.key.public not in public)
    return Policy((*ours, *others), stated.witnesses, stated.groups, stated.quorum)
