"""How are applications, collective lists and what keeps them called on a page?"""

from kompeten.applications.labels import list_reasons, reasons, recommending, words
from kompeten.applications.labels.recommending import (
    CAPACITY,
    CONFIRMED,
    RECOMMENDATION_STATE,
    SENTENCE,
)
from kompeten.applications.labels.words import (
    FIELD,
    FIELD_HELP,
    HELP_TEXT,
    INVITATION_STATE,
    REPAIR_STATE,
    SCAN,
    STATE,
    STEP,
    VERDICT,
)

REASON = {**list_reasons.REASON, **reasons.REASON, **recommending.REASON}
EVENT = {**words.EVENT, **recommending.EVENT}
KEPT = {**words.KEPT, **recommending.KEPT}

__all__ = [
    "CAPACITY",
    "CONFIRMED",
    "EVENT",
    "FIELD",
    "FIELD_HELP",
    "HELP_TEXT",
    "INVITATION_STATE",
    "KEPT",
    "REASON",
    "RECOMMENDATION_STATE",
    "REPAIR_STATE",
    "SCAN",
    "SENTENCE",
    "STATE",
    "STEP",
    "VERDICT",
]
