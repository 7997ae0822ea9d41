"""How does a certificate come to be, what becomes of it in force, and onto which sheet is it printed?"""

from kompeten.certificates.actions.anew import correct, reinstate
from kompeten.certificates.actions.blanks import issue_blanks, receive_blanks, void_blank
from kompeten.certificates.actions.countersigning import countersign, name_signatory
from kompeten.certificates.actions.holding import issue_again
from kompeten.certificates.actions.issuing import (
    STEPS,
    ContentUnfit,
    check,
    intend,
    note_logged,
    publish,
    sign,
)
from kompeten.certificates.actions.keeping import (
    renew_revocation_list,
    report_compromise,
    rotate_keys,
    take_revocation_list,
    trust_timestamps,
)
from kompeten.certificates.actions.lasting import keep_lists, stamp
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
    "countersign",
    "drop",
    "end_share",
    "extend",
    "intend",
    "issue_again",
    "issue_blanks",
    "keep_lists",
    "lift",
    "lift_due",
    "name_signatory",
    "note_logged",
    "note_look",
    "propose",
    "publish",
    "receive_blanks",
    "reinstate",
    "renew_revocation_list",
    "report_compromise",
    "reserve",
    "rotate_keys",
    "seal_papers",
    "share",
    "sign",
    "stamp",
    "suspend",
    "take_revocation_list",
    "trust_timestamps",
    "void_blank",
    "withdraw",
]
from kompeten.certificates.actions.reserving import reserve
