"""What stands in the log, and what is said of it? Commitments, openings, and the log's own health.

An entry of the log says nothing by itself: it is a digest over a secret salt and a statement. Whoever
holds both, the *opening*, can show what the entry means; once the salt is deleted, nobody can.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from kompeten.kernel.tlog.notes import VerifierKey

VERSION = 1
SALT_BYTES = 32
ENTRY_BYTES = 33

# The instant from which a certificate is issued: signed, read back, and found in order.
ISSUED = "certificate.checked"


class LogForked(Exception):
    """What is to be published contradicts what was published before; nothing was signed."""


class LogKeyMissing(Exception):
    """The log has a history, and the key that signed it is not here; another one would be a fork."""


class RotationRefused(Exception):
    """The log's key cannot be changed so; the message says why, and what to do."""


class BundleUnreadable(Exception):
    """The file is no bundle of ours, or lacks a part."""


class SaltErased(Exception):
    """The salt of this entry was deleted; what the entry means cannot be shown any more."""


class LedgerEvent(Protocol):
    """What a statement is made of: an event as the ledger keeps it."""

    id: int
    type: str
    subject_id: int
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one entry commits to: an event of a certificate, told by number and digests only.

    `content`, `pdf` and `credential` are the digests in force when it happened, "" before there were
    any; `facts` is the digest of the event's own facts. No name, no NIK, no ground in words.
    """

    type: str
    number: str
    content: str
    pdf: str
    credential: str
    facts: str
    at: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What shows the meaning of an entry: the salt (hexadecimal) and the statement."""

    salt: str
    statement: Statement
    version: int = VERSION


class LogKeyState(StrEnum):
    """What a key of the log is for."""

    SIGNING = "signing"
    LEAVING = "leaving"  # signs beside the new one, until every witness knows that
    RETIRED = "retired"  # signs no more; the heads that it signed are believed
    LOST = "lost"  # somebody else may have it: believed no more


@dataclass(frozen=True, slots=True)
class LogKey:
    """One key of the log, and what it is for."""

    verifier: VerifierKey
    state: LogKeyState


class Answer(StrEnum):
    """What a witness answered last."""

    COSIGNED = "cosigned"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    AHEAD = "ahead"  # it has seen a larger log than we have: ours was rolled back
    FORKED = "forked"  # it has seen another log of the same name


ALARMS = frozenset({Answer.AHEAD, Answer.FORKED})


@dataclass(frozen=True, slots=True)
class Witnessed:
    """One witness as pages show it: when it cosigned the head of the log, None if it has not."""

    name: str
    cosigned_at: datetime | None
    asked_at: datetime | None
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class LogState:
    """The log as a whole: entries, the signed head (size 0: none yet), and who has witnessed it.

    `waiting` counts entries that stand in no signed head yet. `is_witnessed` says that the quorum
    of the policy is met.
    """

    origin: str
    key: str
    entries: int
    size: int
    root: str
    signed_at: datetime | None
    witnesses: tuple[Witnessed, ...]
    is_witnessed: bool

    @property
    def waiting(self) -> int:
        """How many entries the head does not cover."""
        return self.entries - self.size

    @property
    def cosigned(self) -> int:
        """How many witnesses have cosigned the head."""
        return sum(witness.cosigned_at is not None for witness in self.witnesses)

    @property
    def alarms(self) -> tuple[Witnessed, ...]:
        """Witnesses that have seen another log than ours."""
        return tuple(w for w in self.witnesses if w.answer in ALARMS)
