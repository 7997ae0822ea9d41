"""How do the answers of the self-check come into an application? In a sealed cookie, for a few hours.

Nothing is kept here. The cookie opens nowhere else, no page reads what is in it, and the browser sends
it to the one page that takes it over. It belongs to a browser, not to a person: whoever begins an
application there is asked before anything is filled in.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kompeten.applications.terms.statement import Statement
from kompeten.foundation import privacy
from kompeten.kernel.canonical import plain

COOKIE = "bekal"
COLUMN = "selfcheck.answers"
LIFE = timedelta(hours=3)
# Browsers keep 4,096 bytes of name, value and attributes.
MOST_BYTES = 3_800


class TooMuch(Exception):
    """The answers are longer than a browser keeps."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody answered, and when."""

    statement: Statement
    born_on: date | None
    at: datetime


def carry(response: HttpResponse, brought: Brought) -> None:
    """Give the answers along with `response`.

    :raises TooMuch: a browser would not keep them
    """
    said = {
        "statement": plain(brought.statement),
        "born_on": plain(brought.born_on),
        "at": int(brought.at.timestamp()),
    }
    packed = base64.b85encode(zlib.compress(json.dumps(said).encode(), 9)).decode()
    sealed = base64.urlsafe_b64encode(privacy.seal(packed, column=COLUMN, row="")).decode()
    if len(sealed) > MOST_BYTES:
        raise TooMuch
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=LIFE,
        path=reverse("candidate:choose"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def brought(request: HttpRequest, *, at: datetime) -> Brought | None:
    """Return the answers that came along, or None: there are none, or they are too old or not ours."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        packed = privacy.unseal(sealed, column=COLUMN, row="")
    except (binascii.Error, ValueError, privacy.SealBroken):
        return None
    said = json.loads(zlib.decompress(base64.b85decode(packed)))
    since = datetime.fromtimestamp(said["at"], tz=UTC)
    if not since <= at < since + LIFE:
        return None
    born_on = said["born_on"]
    return Brought(
        statement=Statement.of(said["statement"]),
        born_on=date.fromisoformat(born_on) if born_on else None,
        at=since,
    )


def drop(response: HttpResponse) -> None:
    """Let the browser forget the answers."""
    response.delete_cookie(COOKIE, path=reverse("candidate:choose"), samesite="Lax")
