"""What does the public see of a certificate?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kompeten.certificates.terms import Fact
from kompeten.kernel.tlog.policies import Policy


class TrustUnreadable(Exception):
    """The file does not say whom to trust."""


class Status(StrEnum):
    """What a certificate is on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """One certificate as the public page shows it: all facts of the paper, to hold beside it.

    `suspended_until` is the last day of a suspension that runs; `heir` is reference and number of
    the published certificate that took its place. Why it is so stays with staff and holder.
    """

    ref: str
    number: str
    name: str
    status: Status
    facts: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    valid_from: date
    valid_until: date
    pdf_digest: str
    credential_digest: str
    is_demonstration: bool
    suspended_until: date | None = None
    withdrawn_on: date | None = None
    heir: tuple[str, str] | None = None
    is_provisional: bool = False
    leaf: int | None = None


class Kind(StrEnum):
    """What somebody handed in to be checked."""

    PDF = "pdf"
    CREDENTIAL = "credential"
    JWT = "jwt"
    QR = "qr"
    BUNDLE = "bundle"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """The parts of a verdict, in the order in which they are judged."""

    SIGNATURE = "signature"
    TIME = "time"
    ISSUER = "issuer"
    AGREEMENT = "agreement"
    VALIDITY = "validity"
    COUNTERSIGNATURE = "countersignature"
    STATUS = "status"
    LOG = "log"
    WITNESSES = "witnesses"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of a verdict: a code, what it was found on, and whether it speaks for the certificate.

    `holds` is None where nothing could be found out; that speaks neither for nor against.
    """

    part: Part
    code: str
    holds: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a file or a QR code without asking anybody.

    `ok` says that signature, issuer, agreement and validity all hold, and that nothing else that was
    looked at speaks against it. `facts` are the signed facts, empty unless the signature and its
    issuer hold. `not_checked` names what `ok` does not promise. `signed_digest` is that of the sheet
    as it was signed, or of the credential; empty for a QR code.
    """

    ok: bool
    kind: Kind
    findings: tuple[Finding, ...]
    facts: tuple[tuple[Fact, str], ...]
    not_checked: tuple[str, ...]
    signed_digest: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of a certificate: what it is today, what was issued, where that is in the log.

    `digests` are those of the files that were issued; `leaf` is None for one from before the log.
    """

    status: Status
    digests: frozenset[str]
    leaf: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What a verifier brings along beside the file, to check it without a network.

    `lists` are status lists as they were issued, `policy` says which log and witnesses to believe
    (None: none), `checkpoint` is a head of the log that the verifier knows from elsewhere.
    """

    lists: tuple[bytes, ...] = ()
    policy: Policy | None = None
    checkpoint: bytes = b""


@dataclass(frozen=True, slots=True)
class Tenure:
    """For which time a key signed: `begins` within, `ends` without, None without end.

    From `compromised_at` on somebody else may have signed with it, under any date.
    """

    begins: datetime | None = None
    ends: datetime | None = None
    compromised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The instants that matter to a verdict.

    `at` is when it is judged, `claimed` when the signer says it was made, `proven` an instant at which
    it existed on the word of somebody else: a time-stamp authority, or a log that others watch.
    """

    at: datetime
    claimed: datetime | None = None
    proven: datetime | None = None


@dataclass(frozen=True, slots=True)
class CredentialKey:
    """An Ed25519 key that a verifier trusts, with the issuer that it speaks for, and for which time."""

    issuer: str
    public_key: bytes
    tenure: Tenure = Tenure()


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a verifier believes: root certificates (DER), and credential keys by their address.

    `documents` gives the time of each known document key, by the SHA-256 of its certificate; a
    certificate that a root vouches for and that is not among them is bound by its own dates alone.
    `timestamping` are the roots of time-stamp authorities, `countersigners` the signatories of the
    national service, like `documents`.
    """

    roots: tuple[bytes, ...]
    keys: Mapping[str, CredentialKey]
    documents: Mapping[bytes, Tenure] = field(default_factory=dict)
    timestamping: tuple[bytes, ...] = ()
    countersigners: Mapping[bytes, Tenure] = field(default_factory=dict)


class Refused(Exception):
    """A file or a code does not hold; `finding` says which part, and why."""

    def __init__(self, part: Part, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.finding = Finding(part, code, holds=False, detail=detail)
