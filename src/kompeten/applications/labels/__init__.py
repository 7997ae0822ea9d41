"""How are applications, collective lists and what keeps them called on a page?"""

from kompeten.applications.labels import list_reasons, reasons
from kompeten.applications.labels.words import (
    EVENT,
    FIELD,
    FIELD_HELP,
    HELP_TEXT,
    INVITATION_STATE,
    KEPT,
    REPAIR_STATE,
    SCAN,
    STATE,
    STEP,
    VERDICT,
)

REASON = {**list_reasons.REASON, **reasons.REASON}

__all__ = [
    "EVENT",
    "FIELD",
    "FIELD_HELP",
    "HELP_TEXT",
    "INVITATION_STATE",
    "KEPT",
    "REASON",
    "REPAIR_STATE",
    "SCAN",
    "STATE",
    "STEP",
    "VERDICT",
]
