"""Which parts can a person play? The names follow ISO/IEC 17024 where it has one."""

from enum import StrEnum


class Role(StrEnum):
    """A part somebody plays for a term; the page's words are in `people.labels`."""

    APPLICANT = "applicant"
    SPONSOR = "sponsor"
    REFEREE = "referee"
    VERIFIER = "verifier"
    TRAINER = "trainer"
    ITEM_WRITER = "item_writer"
    ASSESSOR = "assessor"
    INVIGILATOR = "invigilator"
    COMMITTEE = "committee"
    DIRECTOR = "director"
    REGISTRAR = "registrar"
    COORDINATOR = "coordinator"
    MINISTRY = "ministry"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"


# Parts that nobody is given: the house itself, and who signs a recommendation by link, without an account.
UNGRANTED = frozenset({Role.REFEREE, Role.SYSTEM})
# Whoever holds one of these works in the office and must show a second factor.
STAFF = frozenset(Role) - {Role.APPLICANT, Role.SPONSOR} - UNGRANTED
