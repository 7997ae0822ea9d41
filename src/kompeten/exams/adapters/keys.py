"""Which tickets, keys and codes come from the vault key? All of them, so that none has to be looked up.

Sections 4 and 5 of docs/rooms/exam-protocol.md.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from functools import lru_cache

from django.conf import settings

from kompeten.exams.terms.vault import Ticket, Unreadable
from kompeten.kernel.refs import ALPHABET, LENGTH

MAC_BYTES = 16
FORM_LENGTH = 16
TICKET = re.compile(
    rf"1\.([{ALPHABET}]{{10}})\.([{ALPHABET}]{{10}})\.([0-9a-f]{{16}})\.([0-9]{{1,15}})\.([0-9]{{1,15}})"
)


def ticket(granted: Ticket) -> str:
    """Return the text that lets a device write to one attempt."""
    body = f"1.{granted.attempt}.{granted.sitting}.{granted.form}.{granted.opens}.{granted.closes}"
    return f"{body}.{_ticket_mac(body)}"


# A device sends the same ticket a few hundred times; only whole, genuine ones are remembered.
@lru_cache(maxsize=65_536)
def read_ticket(text: str) -> Ticket:
    """Return what a ticket grants.

    :raises Unreadable: `ticket.shape`; `ticket.forged`: it was not made with this house's key
    """
    body, _, mac = text.rpartition(".")
    found = TICKET.fullmatch(body)
    if found is None or not mac.isascii():
        raise Unreadable("ticket.shape")
    if not hmac.compare_digest(mac, _ticket_mac(body)):
        raise Unreadable("ticket.forged")
    attempt, sitting, form, opens, closes = found.groups()
    return Ticket(attempt, sitting, form, int(opens), int(closes))


def form_name(form_digest: str) -> str:
    """Return how tickets and content keys name a form: the start of its digest's hexadecimal part."""
    return form_digest.removeprefix("sha256:")[:FORM_LENGTH]


def attempt_key(attempt: str) -> bytes:
    """Return the 16 bytes that authenticate what comes by hand from this attempt."""
    return _mac(f"attempt|{attempt}")[:MAC_BYTES]


def content_key(sitting: str, form_digest: str) -> bytes:
    """Return the 32 bytes that open the paper of a sitting; a form's name does for its digest."""
    return _mac(f"paper|{sitting}|{form_name(form_digest)}")


def sitting_code(sitting: str, n: int) -> str:
    """Return the ten characters that an invigilator reads out, after `n` renewals."""
    bits = int.from_bytes(_mac(f"code|{sitting}|{n}")[:7], "big") >> 6
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))


def _ticket_mac(body: str) -> str:
    return urlsafe_b64encode(_mac(body)[:MAC_BYTES]).rstrip(b"=").decode("ascii")


def _mac(text: str) -> bytes:
    return hmac.digest(settings.VAULT_KEY.encode(), text.encode("ascii"), "sha256")
