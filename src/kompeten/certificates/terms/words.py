"""Which states and causes does a certificate know, and who may do what with it?"""

from datetime import timedelta, timezone
from enum import StrEnum

from kompeten.kernel.roles import Role

# The body sits in Jakarta: a certificate begins and ends with a day of Western Indonesian Time.
BODY_ZONE = timezone(timedelta(hours=7), "WIB")


# Every status list has this many places, so that one among them points at nobody.
# Source: W3C Bitstring Status List v1.0, 6.1 (131,072 at least).
STATUS_LIST_SIZE = 131_072


class State(StrEnum):
    """How far a certificate has come."""

    RESERVED = "reserved"
    INTENDED = "intended"
    SIGNED = "signed"
    CHECKED = "checked"
    LOGGED = "logged"  # its issuance stands in the log that nobody can rewrite
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # another certificate bears what was put right
    HELD = "held"  # set aside: something about this one certificate cannot go on
    VOID = "void"  # its number stays used; another one was issued in its place


# Certificates that were published and are neither withdrawn nor replaced.
IN_FORCE = frozenset({State.PUBLISHED, State.SUSPENDED})


# What the public register knows: published once, and whatever became of it since.
OUT = IN_FORCE | {State.WITHDRAWN, State.REPLACED}


# Who lets certificates be issued again, suspends them and puts them right; and who withdraws them.
KEEPERS = frozenset({Role.REGISTRAR, Role.DIRECTOR})


WITHDRAWERS = frozenset({Role.DIRECTOR})


# Whoever holds a certificate gives links to it away; every person is an applicant besides.
HOLDERS = frozenset({Role.APPLICANT})


class StatusPurpose(StrEnum):
    """What an entry of a status list says when it is set: withdrawn for good, or suspended for a while."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class Countersign(StrEnum):
    """Whether the national signature stands on the sheet beside the body's own."""

    NONE = ""  # none is asked for
    DUE = "due"  # until it comes the certificate is provisional
    DONE = "done"


class SuspensionCause(StrEnum):
    """Why a certificate is suspended (ISO/IEC 17024, 9.5.2)."""

    INQUIRY = "inquiry"
    SURVEILLANCE = "surveillance"
    MISUSE = "misuse"
    REQUEST = "request"


class WithdrawalCause(StrEnum):
    """Why a certificate is withdrawn (ISO/IEC 17024, 9.5.3)."""

    ISSUED_IN_ERROR = "issued_in_error"
    FORGED_EVIDENCE = "forged_evidence"
    CONDUCT = "conduct"
    MISUSE = "misuse"
    NO_LONGER_MET = "no_longer_met"
    REQUEST = "request"
    DECEASED = "deceased"


class RecallState(StrEnum):
    """How far the recall of many certificates has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    DROPPED = "dropped"


class ShareState(StrEnum):
    """Whether a link that the holder gave away may still be used; that its time is over is no state."""

    OPEN = "open"
    ENDED = "ended"
