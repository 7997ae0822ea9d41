"""How are notices written and sent, and how do offices hear what becomes of their people's certificates?"""

from kompeten.notices.actions.calling import call
from kompeten.notices.actions.clearing import clear_notices
from kompeten.notices.actions.coding import send_codes
from kompeten.notices.actions.escalating import escalate
from kompeten.notices.actions.printing import print_invitation, print_invitations, print_letters
from kompeten.notices.actions.ringing import ring
from kompeten.notices.actions.telling import mark_all_read, mark_read, post, write
from kompeten.notices.actions.watching import (
    add,
    end_watch,
    remove,
    watch_by_mail,
    watch_by_webhook,
)
from kompeten.notices.actions.wording import word_message

__all__ = [
    "add",
    "call",
    "clear_notices",
    "end_watch",
    "escalate",
    "mark_all_read",
    "mark_read",
    "post",
    "print_invitation",
    "print_invitations",
    "print_letters",
    "remove",
    "ring",
    "send_codes",
    "watch_by_mail",
    "watch_by_webhook",
    "word_message",
    "write",
]
