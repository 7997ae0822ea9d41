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
from kompeten.certificates.actions.recalling import approve, carry_out, drop, propose

__all__ = [
    "STEPS",
    "ContentUnfit",
    "approve",
    "carry_out",
    "check",
    "correct",
    "drop",
    "extend",
    "intend",
    "issue_again",
    "lift",
    "lift_due",
    "note_logged",
    "propose",
    "publish",
    "reinstate",
    "reserve",
    "sign",
    "suspend",
    "withdraw",
]
