"""How does the log change its key, and keep its name? In two steps, or at once where the old one is lost.

1. `rotate`   a new key signs; the one before signs along, so that nobody has to act on that day;
2. `finish`   once every witness has taken the new one alone, the one before signs no more.

The log is known by its name, not by its key: entries, files and heads go on as they are. What an
older key has signed stays verifiable by the line it keeps in the policy.

Source: c2sp.org/tlog-checkpoint ("clients MUST ignore unknown signatures. This enables, for example,
log key rotation"); c2sp.org/tlog-witness (a witness trusts one key or several of an origin).
"""

import os
import tempfile
from pathlib import Path

from kompeten.foundation import ledger
from kompeten.kernel.tlog.checkpoints import Checkpoint as Head
from kompeten.kernel.tlog.notes import ED25519, Note, VerifierKey
from kompeten.kernel.tlog.policies import Party
from kompeten.register.actions.log import FOLLOWER, publish
from kompeten.register.adapters import notekey, notes, witnesses
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from kompeten.register.terms.log import Answer, LogKeyState, RotationRefused


def rotate() -> VerifierKey:
    """1. Make a new key for the log; the one before signs along. Return the new one.

    :raises RotationRefused: there is no log yet, or another rotation is not finished
    """
    return _replaced(LogKeyState.LEAVING)


def replace_lost() -> VerifierKey:
    """Make a new key at once; what signed before may be in other hands and signs no more. Return the new one.

    During a rotation both keys are given up: nobody has to say which of them was stolen.
    Their lines leave the policy: what they signed is believed by what witnesses have put below it, and
    each head that we give away bears the new signature too.

    :raises RotationRefused: there is no log yet
    """
    return _replaced(LogKeyState.LOST)


def finish(*, in_spite: bool = False) -> VerifierKey:
    """2. Let the key that is leaving sign no more, and delete its secret; return it.

    Each witness is asked first whether it takes the head with the new signature alone; `in_spite`
    goes on where one does not.

    :raises RotationRefused: no key is leaving, or a witness does not know the new one yet
    """
    leaving = [known for known in logkeys.history() if known.state is LogKeyState.LEAVING]
    if not leaving:
        raise RotationRefused("no key is leaving; begin with `kompeten keys rotate --log`")
    if not in_spite and (behind := _behind()):
        names = ", ".join(party.key.name for party in behind)
        raise RotationRefused(
            f"{names} took no head signed with the new key alone; tell them the new key, or say --in-spite"
        )
    with ledger.turn(FOLLOWER):
        for known in leaving:
            _keep_public(known.verifier, LogKeyState.RETIRED)
        for path in logkeys.key_file().parent.glob(logkeys.FILES[LogKeyState.LEAVING]):
            path.unlink()
    publish()
    return leaving[0].verifier


def _replaced(before: LogKeyState) -> VerifierKey:
    path = logkeys.key_file()
    with ledger.turn(FOLLOWER):
        known = logkeys.history()
        if not known:
            raise RotationRefused("the log has not begun: it has no key yet")
        is_leaving = any(one.state is LogKeyState.LEAVING for one in known)
        if is_leaving and before is LogKeyState.LEAVING:
            raise RotationRefused("a rotation is under way; end it with --finish first")
        old, secret = known[0].verifier, logkeys.passphrase()
        logkeys.opened(path)  # who cannot open the old one shall not make a new one
        made = notekey.create(
            path.with_name(f"next-{os.getpid()}.key"),
            name=old.name,
            kind=ED25519,
            passphrase=secret,
        )
        if before is LogKeyState.LEAVING:
            leaving = path.with_name(f"leaving-{old.id.hex()}.key")
            leaving.unlink(missing_ok=True)  # of a rotation that a crash ended
            os.link(path, leaving)
        else:
            for one in known:
                if one.state in {LogKeyState.SIGNING, LogKeyState.LEAVING}:
                    _keep_public(one.verifier, LogKeyState.LOST)
        path.with_name(f"next-{os.getpid()}.key").replace(path)
        if before is LogKeyState.LOST:
            for given_up in path.parent.glob(logkeys.FILES[LogKeyState.LEAVING]):
                given_up.unlink()
    # The head that the world sees bears the new signature from now on, too.
    publish()
    return made.verifier


def _keep_public(verifier: VerifierKey, state: LogKeyState) -> None:
    path = logkeys.key_file().with_name(f"{state}-{verifier.id.hex()}.pub")
    handle, being_made = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(f"{verifier}\n")
        file.flush()
        os.fsync(file.fileno())
    Path(being_made).replace(path)


def _behind() -> list[Party]:
    """Return the witnesses that do not cosign the newest head as the new key alone has signed it."""
    newest, own = queries.head(), logkeys.key()
    if newest is None:
        return []
    text = Head(own.verifier.name, newest.size, bytes(newest.root)).text
    note = str(Note(text, (notes.signed(text, own),)))
    return [
        party
        for party in logkeys.policy().witnesses.values()
        if party.url
        and witnesses.ask(
            party,
            note,
            old=newest.size,
            size=newest.size,
            growth=lambda old: queries.growth(old, newest.size),
        ).answer
        is not Answer.COSIGNED
    ]
