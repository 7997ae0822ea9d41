"""With which key is the log signed, and whom of logs and witnesses do we believe?"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kompeten.kernel.tlog import policies
from kompeten.kernel.tlog.notes import ED25519, VerifierKey
from kompeten.kernel.tlog.policies import Party, Policy
from kompeten.register.adapters import notekey
from kompeten.register.adapters.notekey import FileNoteKey
from kompeten.register.models import Checkpoint
from kompeten.register.terms.log import LogKeyMissing

FOLDER = "log"


def key_file() -> Path:
    """Return where the key of the log lies."""
    return Path(settings.DATA_DIR) / "log" / "log.key"


def verifier() -> VerifierKey | None:
    """Return the public key of the log, or None before the log has begun; opens no secret."""
    return notekey.public(key_file()) if key_file().exists() else None


def key() -> FileNoteKey:
    """Return the key of the log; it is made at the first start of a log, and never after.

    :raises LogKeyMissing: the log has a history, and its key is not here
    :raises KeyUnreadable: the file does not open
    """
    path = key_file()
    passphrase = settings.KEY_PASSPHRASE.encode()
    if not path.exists():
        if Checkpoint.objects.exists():
            raise LogKeyMissing(f"the log was signed before, and {path} is missing: bring it back")
        origin = f"{settings.PUBLIC_URL.partition('://')[2]}/{FOLDER}"
        notekey.create(path, name=origin, kind=ED25519, passphrase=passphrase)
    return _opened(path, passphrase)


# Opening costs a key derivation (10 ms and more, on purpose), so it happens once per process.
@lru_cache(maxsize=2)
def _opened(path: Path, passphrase: bytes) -> FileNoteKey:
    return notekey.load(path, passphrase=passphrase)


def policy() -> Policy:
    """Return our log with its address, the witnesses that the option `log_policy` names, and the quorum.

    :raises PolicyInvalid: the file says something impossible
    """
    own, path = verifier(), settings.OPTIONS.log_policy
    ours = (Party(own, f"{settings.PUBLIC_URL}/{FOLDER}"),) if own else ()
    if not path:
        return Policy(logs=ours)
    stated = policies.parse(Path(path).read_text(encoding="utf-8"))
    others = tuple(log for log in stated.logs if log.key != own)
    return Policy((*ours, *others), stated.witnesses, stated.groups, stated.quorum)
