"""What may be done with applications and lists? One verb, one function."""

from kompeten.applications.actions.arriving import announce, clear_transfers, discard, receive
from kompeten.applications.actions.codes import keep_status_codes
from kompeten.applications.actions.coding import send_code_again, write
from kompeten.applications.actions.collective import receive_list
from kompeten.applications.actions.filing import (
    attach,
    consent,
    introduce,
    open_application,
    revise,
    submit,
    withdraw,
)
from kompeten.applications.actions.foreseeing import foresee
from kompeten.applications.actions.helping import (
    begin_help,
    end_help,
    end_idle_helps,
    prove_helped,
    touch_help,
)
from kompeten.applications.actions.inviting import (
    activate,
    confirm,
    decline,
    invite,
    invite_all,
    nudge,
    nudge_all,
    object_to,
    person,
    prove,
)
from kompeten.applications.actions.judging import judge
from kompeten.applications.actions.mending import as_written, drop, mend, mend_invited
from kompeten.applications.actions.naming import name_headings
from kompeten.applications.actions.outcome import (
    accept,
    accept_many,
    conclude_many,
    reject,
    send_back,
)
from kompeten.applications.actions.recommending import (
    ask,
    ask_again,
    lapse_recommendations,
    note_mailed,
    take_back,
    take_back_all,
)
from kompeten.applications.actions.scanning import scan_waiting
from kompeten.applications.actions.sheets import keep_sheet
from kompeten.applications.actions.signing import sign

__all__ = [
    "accept",
    "accept_many",
    "activate",
    "announce",
    "as_written",
    "ask",
    "ask_again",
    "attach",
    "begin_help",
    "clear_transfers",
    "conclude_many",
    "confirm",
    "consent",
    "decline",
    "discard",
    "drop",
    "end_help",
    "end_idle_helps",
    "foresee",
    "introduce",
    "invite",
    "invite_all",
    "judge",
    "keep_sheet",
    "keep_status_codes",
    "lapse_recommendations",
    "mend",
    "mend_invited",
    "name_headings",
    "note_mailed",
    "nudge",
    "nudge_all",
    "object_to",
    "open_application",
    "person",
    "prove",
    "prove_helped",
    "receive",
    "receive_list",
    "reject",
    "revise",
    "scan_waiting",
    "send_back",
    "send_code_again",
    "sign",
    "submit",
    "take_back",
    "take_back_all",
    "touch_help",
    "withdraw",
    "write",
]
