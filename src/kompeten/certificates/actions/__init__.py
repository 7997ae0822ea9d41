"""How does a certificate come to be, step by step, and what becomes of it in force?"""

from kompeten.certificates.actions.anew import correct, reinstate
from kompeten.certificates.actions.holding import issue_again
from kompeten.certificates.actions.issuing import (
    STEPS,
    ContentUnfit,
    check,
    intend,
    note_logged,
    publish,
    reserve,
    sign,
)
from kompeten.certificates.actions.life import extend, lift, lift_due, suspend, withdraw

__all__ = [
    "STEPS",
    "ContentUnfit",
    "check",
    "correct",
    "extend",
    "intend",
    "issue_again",
    "lift",
    "lift_due",
    "note_logged",
    "publish",
    "reinstate",
    "reserve",
    "sign",
    "suspend",
    "withdraw",
]
