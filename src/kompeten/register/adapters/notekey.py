"""How does the key of a log or of a witness lie in a file? Its public line, and below it encrypted PEM."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.kernel.tlog.notes import NoteMalformed, VerifierKey


class KeyUnreadable(Exception):
    """The key's file is damaged, or the passphrase is not its own."""


@dataclass(frozen=True)
class FileNoteKey:
    """A key that signs notes and lives in this process."""

    verifier: VerifierKey
    key: ed25519.Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature over `message`."""
        return self.key.sign(message)


def create(path: Path, *, name: str, kind: int, passphrase: bytes) -> FileNoteKey:
    """Make a key called `name` in the file `path` (mode 600), and return it; one that is there is loaded.

    Of several processes that make it at once one wins, and the others load what it made.

    :raises KeyUnreadable: there is one, and it does not open
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = ed25519.Ed25519PrivateKey.generate()
    verifier = VerifierKey(name, kind, private.public_key().public_bytes_raw())
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
    handle, being_made = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(f"{verifier}\n".encode() + pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(being_made, path)
    except FileExistsError:
        return load(path, passphrase=passphrase)
    finally:
        Path(being_made).unlink()
    return FileNoteKey(verifier, private)


def public(path: Path) -> VerifierKey:
    """Return the public half of the key in a file; needs no passphrase.

    :raises FileNotFoundError: there is none
    :raises KeyUnreadable: the file does not begin with it
    """
    line, _, _ = path.read_bytes().partition(b"\n")
    try:
        return VerifierKey.parse(line.decode())
    except (NoteMalformed, UnicodeDecodeError) as error:
        raise KeyUnreadable(f"{path} does not begin with a public key") from error


def load(path: Path, *, passphrase: bytes) -> FileNoteKey:
    """Return the key in a file.

    :raises FileNotFoundError: there is none
    :raises KeyUnreadable: it is damaged, or the passphrase is not its own
    """
    verifier = public(path)
    pem = path.read_bytes().partition(b"\n")[2]
    try:
        private = serialization.load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError) as error:
        raise KeyUnreadable(f"{path} does not open with this passphrase: {error}") from error
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise KeyUnreadable(f"{path} holds no Ed25519 key")
    if private.public_key().public_bytes_raw() != verifier.public:
        raise KeyUnreadable(f"{path} holds another key than its first line says")
    return FileNoteKey(verifier, private)
