"""What does a witness say to our head? One question over HTTP, with a time limit.

Source: c2sp.org/tlog-witness.
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import NamedTuple

from kompeten.kernel.tlog import notes as text_of
from kompeten.kernel.tlog.notes import NoteMalformed, Signature
from kompeten.kernel.tlog.policies import Party
from kompeten.kernel.tlog.requests import AddCheckpoint
from kompeten.register.adapters import notes
from kompeten.register.terms.log import Answer

TIMEOUT_SECONDS = 10
MAX_REPLY_BYTES = 100_000


class Reply(NamedTuple):
    """What came of asking: the cosignature and its time (seconds since 1970) if there is one.

    `size` is the size that the witness says it has seen, else -1.
    """

    answer: Answer
    signature: Signature | None = None
    at_seconds: int = 0
    size: int = -1


Growth = Callable[[int], tuple[bytes, ...]]


def ask(witness: Party, note: str, *, old: int, size: int, growth: Growth) -> Reply:
    """Return a witness's answer to the head `note` of `size` entries; never raises for what it says.

    `old` is the size it has seen as far as we know; `growth` proves that the log grew from a size to
    this one. Where the witness knows of another size, it is asked once more from there.
    """
    reply = _ask_once(witness, AddCheckpoint(old, growth(old), note))
    if reply.answer is Answer.REFUSED and 0 <= reply.size != old:
        if reply.size > size:
            return reply._replace(answer=Answer.AHEAD)
        reply = _ask_once(witness, AddCheckpoint(reply.size, growth(reply.size), note))
    return reply


def _ask_once(witness: Party, request: AddCheckpoint) -> Reply:
    try:
        status, body = _post(f"{witness.url.rstrip('/')}/add-checkpoint", request.body)
    except (OSError, http.client.HTTPException, ValueError):
        return Reply(Answer.UNREACHABLE)
    if status == 200:
        return _cosigned(witness, request, body)
    if status == 409 and body.strip().isdigit() and len(body) < 20:
        return Reply(Answer.REFUSED, size=int(body))
    return Reply(Answer.FORKED if status in (409, 422) else Answer.REFUSED)


def _cosigned(witness: Party, request: AddCheckpoint, body: bytes) -> Reply:
    """Return the cosignature in an answer, if it is this witness's and holds."""
    text = text_of.Note.parse(request.note.encode()).text
    try:
        for signature in text_of.signatures(body.decode()):
            if (signature.name, signature.key_id) == (witness.key.name, witness.key.id):
                at = notes.verified(text, signature, witness.key) or 0
                return Reply(Answer.COSIGNED, signature, at)
    except (NoteMalformed, notes.NoteBroken, UnicodeDecodeError):
        return Reply(Answer.REFUSED)
    return Reply(Answer.REFUSED)


def _post(url: str, body: bytes) -> tuple[int, bytes]:
    """Return status and body of the answer. :raises OSError: there is none, or no HTTP address"""
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"{url} is no address of a witness")
    head = {"Content-Type": "text/plain; charset=utf-8"}
    request = urllib.request.Request(url, data=body, headers=head, method="POST")  # noqa: S310 (checked above)
    try:
        with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return answer.status, answer.read(MAX_REPLY_BYTES)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(MAX_REPLY_BYTES)


class _Stay(urllib.request.HTTPRedirectHandler):
    """A witness that sends us elsewhere is not followed: its address is part of the policy."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)
