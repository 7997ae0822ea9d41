"""How does a certificate come to be, what becomes of it in force, and onto which sheet is it printed?"""

from kompeten.certificates.actions.anew import correct, reinstate
from kompeten.certificates.actions.blanks import issue_blanks, receive_blanks, void_blank
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
from kompeten.certificates.actions.sealing import seal_papers
from kompeten.certificates.actions.sharing import end_share, note_look, share

__all__ = [
    "STEPS",
    "ContentUnfit",
    "approve",
    "carry_out",
    "check",
    "correct",
    "drop",
    "end_share",
    "extend",
    "intend",
    "issue_again",
    "issue_blanks",
    "lift",
    "lift_due",
    "note_logged",
    "note_look",
    "propose",
    "publish",
    "receive_blanks",
    "reinstate",
    "reserve",
    "seal_papers",
    "share",
    "sign",
    "suspend",
    "void_blank",
    "withdraw",
]
