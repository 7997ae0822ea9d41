"""What is made of a content: signed files, under which names?"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Issuer:
    """Under which names the body issues credentials: a DID or address, and where its words are explained."""

    id: str
    context_url: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """One finished certificate: signed, and read back by a reader that did not make it."""

    number: str
    content_digest: str
    pdf: bytes
    credential: bytes
    qr: str
    pdf_digest: str
    credential_digest: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A content that could not be made a certificate: why, as codes.

    `foreseen` says that the content itself is known to be at fault; if not, somebody has to find
    out whether it is this content or the maker.
    """

    reasons: tuple[str, ...]
    foreseen: bool
