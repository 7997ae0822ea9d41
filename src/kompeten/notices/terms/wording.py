"""What an office writes to a person itself: kinds of message, their texts, what they cost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What an office writes to a person itself, by WhatsApp, SMS or mail."""

    MEND = "mend"
    CONFIRM = "confirm"
    RECOMMEND = "recommend"


class Placeholder(StrEnum):
    """What is put into a message for each person, as it is written between braces."""

    NAME = "nama"
    OFFICE = "kantor"
    LINK = "tautan"
    DAY = "tanggal"
    CODE = "kode"


# What a message may name. The code tells where somebody stands: whose line has to be mended has none
# yet, and who is asked to recommend somebody else is not told.
PLACES = {
    MessageKind.MEND: frozenset(Placeholder) - {Placeholder.CODE},
    MessageKind.CONFIRM: frozenset(Placeholder),
    MessageKind.RECOMMEND: frozenset(Placeholder) - {Placeholder.CODE},
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message costs as SMS: how many parts, of how many characters, and whether of the small alphabet."""

    parts: int
    characters: int
    is_small_alphabet: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a message as it is in force; `version` 0 is the one that the house brings along."""

    kind: MessageKind
    language: str
    text: str
    version: int
    written_at: datetime | None = None
    account_id: int | None = None
