"""When is a message tried again, and where may it go?"""

from kompeten.notices.rules.messages import filled, flaws, sms_parts
from kompeten.notices.rules.trying import FIRST_WAIT, LEASE, LONGEST_WAIT, next_try
from kompeten.notices.rules.webhook import is_public, signature, told_bytes, url_flaws

__all__ = [
    "FIRST_WAIT",
    "LEASE",
    "LONGEST_WAIT",
    "filled",
    "flaws",
    "is_public",
    "next_try",
    "signature",
    "sms_parts",
    "told_bytes",
    "url_flaws",
]
