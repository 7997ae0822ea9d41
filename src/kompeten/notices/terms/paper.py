"""A letter on paper: which are meant, and what stands on one."""

from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """Of what a letter on paper tells."""

    RETURNED = "returned"
    RESULT = "result"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class PaperPart:
    """Which letters are meant; `region` is a province or a district, empty is everywhere.

    Without `again` those are meant that have gone out by no way yet: no mail reaches the person.
    """

    kind: PaperKind
    region: str = ""
    list_ref: str = ""
    application_ref: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One thing to mend, as a letter lists it."""

    about: str
    fault: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One letter as it is printed, in the language at hand; `address` has a line each.

    Of what `application_ref` and `invitation_ref` name the letter carries the short address; of the
    first the status code, too. Empty: there is none.
    """

    ref: str
    application_ref: str
    name: str
    address: tuple[str, ...]
    subject: str
    body: tuple[str, ...]
    items: tuple[PaperItem, ...] = ()
    invitation_ref: str = ""
