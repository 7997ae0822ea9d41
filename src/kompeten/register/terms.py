"""What does the public see of a certificate?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What a certificate is on a day; suspension and withdrawal come with their own records."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """One certificate as the public page shows it: all facts of the paper, to hold beside it."""

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
