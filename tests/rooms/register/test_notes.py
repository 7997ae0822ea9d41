"""Are signatures on notes those of the published vectors, and is no other one believed?"""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import COSIGNATURE, ED25519, Note, NoteMalformed, VerifierKey
from kompeten.register.adapters import notekey, notes
from kompeten.register.adapters.notekey import FileNoteKey, KeyUnreadable
from kompeten.register.adapters.notes import NoteBroken
from tests.make.register import AT_SECONDS, LOG_KEY, key
from tests.make.tlogs import VECTORS

GO = VECTORS["note"]
TEXT, PETER_LINE, ENOCH_LINE = GO["text"], GO["peter_line"], GO["enoch_line"]
PETER, ENOCH = VerifierKey.parse(GO["peter"]), VerifierKey.parse(GO["enoch"])
BOTH = f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}".encode()


def peters_key() -> FileNoteKey:
    """Return the published secret key."""
    seed = base64.b64decode(GO["peter_secret"].split("+", 4)[4])[1:]
    return FileNoteKey(PETER, ed25519.Ed25519PrivateKey.from_private_bytes(seed))


def test_a_signature_is_the_published_one() -> None:
    assert notes.signed(TEXT, peters_key()).line == PETER_LINE


@pytest.mark.parametrize(
    ("known", "by"), [([PETER], {PETER}), ([PETER, ENOCH], {PETER, ENOCH}), ([], set())]
)
def test_known_keys_are_believed_and_others_passed_over(
    known: list[VerifierKey], by: set[VerifierKey]
) -> None:
    opened = notes.opened(BOTH, known)

    assert opened.by == by
    assert opened.note.text == TEXT


def test_a_signature_of_a_known_key_that_does_not_hold_spoils_the_note() -> None:
    broken = PETER_LINE[:60] + "ABCD" + PETER_LINE[60:]

    with pytest.raises(NoteBroken):
        notes.opened(f"{TEXT}\n{broken}".encode(), [PETER])
    with pytest.raises(NoteBroken):
        notes.opened(BOTH.replace(b"answer", b"answex"), [PETER])
    # Whoever does not know Peter cannot say anything of his signature.
    assert notes.opened(f"{TEXT}\n{broken}{ENOCH_LINE}".encode(), [ENOCH]).by == {ENOCH}


def test_a_name_without_its_key_is_somebody_else() -> None:
    misnamed = PETER_LINE.replace("PeterNeumann", "CarmenSandiego")
    other_id = PETER_LINE.replace("x08g", "xxxx")

    for line in (misnamed, other_id):
        assert notes.opened(f"{TEXT}\n{line}".encode(), [PETER]).by == set()


def test_a_log_and_a_witness_with_one_key_are_two() -> None:
    witness = FileNoteKey(VerifierKey(PETER.name, COSIGNATURE, PETER.public), peters_key().key)
    line = notes.cosigned(TEXT, witness, at_seconds=AT_SECONDS).line
    note = f"{TEXT}\n{line}".encode()

    assert notes.opened(note, [PETER, witness.verifier]).cosigned == {witness.verifier: AT_SECONDS}
    assert notes.opened(note, [PETER]).by == set()


def test_the_time_of_a_cosignature_is_signed() -> None:
    witness = key("w1.example")
    text = Checkpoint("lsp.example/log", 1, bytes(32)).text
    signature = notes.cosigned(text, witness, at_seconds=AT_SECONDS)
    later = (AT_SECONDS + 1).to_bytes(8, "big") + signature.value[8:]

    assert notes.verified(text, signature, witness.verifier) == AT_SECONDS
    for value in (later, signature.value[:-1], b"\x80" + signature.value[1:]):
        changed = type(signature)(signature.name, signature.key_id, value)
        with pytest.raises(NoteBroken):
            notes.verified(text, changed, witness.verifier)


# -- Keys in files ------------------------------------------------------------------------------


def test_a_key_is_made_once_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    made = notekey.create(path, name="lsp.example/log", kind=ED25519, passphrase=b"secret")
    again = notekey.create(path, name="other.example", kind=ED25519, passphrase=b"secret")

    assert again.verifier == made.verifier
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().splitlines()[0] == str(made.verifier)
    assert b"ENCRYPTED" in path.read_bytes()
    note = Note(TEXT, (notes.signed(TEXT, again),))
    assert notes.opened(str(note).encode(), [made.verifier]).by == {made.verifier}
    assert [p.name for p in path.parent.iterdir()] == ["log.key"]


def test_a_key_that_is_not_what_it_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    notekey.create(path, name="lsp.example/log", kind=ED25519, passphrase=b"secret")
    whole = path.read_bytes()
    _, _, pem = whole.partition(b"\n")

    with pytest.raises(KeyUnreadable, match="does not open"):
        notekey.load(path, passphrase=b"another")
    for content in (pem, f"{LOG_KEY.verifier}\n".encode() + pem, whole[:-40], b""):
        path.write_bytes(content)
        with pytest.raises(KeyUnreadable):
            notekey.load(path, passphrase=b"secret")
    with pytest.raises(FileNotFoundError):
        notekey.load(tmp_path / "none", passphrase=b"secret")


def test_bytes_that_are_no_note_are_no_note() -> None:
    with pytest.raises(NoteMalformed):
        notes.opened(b"", [PETER])
