"""What do tests of this face share? Sittings around the present hour, candidates logged in, words."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from kompeten.exams import actions
from kompeten.exams.models import Entry
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from tests.make import exams as make

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def entered(by: Actor, **more: Any) -> Client:
    """Return the browser of somebody who has logged in."""
    client = Client(**more)
    client.force_login(get_user_model().objects.get(pk=by.account_id))
    return client


def seated(*, opens: timedelta, length: timedelta = 3 * HOUR) -> tuple[Entry, Actor, datetime]:
    """Return a seat in a sitting that opens so long from now, its candidate, and when it opens."""
    opens_at = clock.now() + opens
    held = make.sitting(opens_at=opens_at, closes_at=opens_at + length)
    entry, candidate = make.one_seated(held=held)
    return entry, candidate, opens_at


def started(
    *, opens: timedelta = -10 * MINUTE, length: timedelta = 3 * HOUR
) -> tuple[Entry, Actor, datetime]:
    """Return the same, begun as it opened."""
    entry, candidate, opens_at = seated(opens=opens, length=length)
    make.opened(entry.sitting)
    actions.start(entry, by=candidate, at=opens_at)
    return entry, candidate, opens_at


def words(html: bytes) -> str:
    """Return the text of a page, its white space made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def said(sentence: str, **blanks: object) -> str:
    """Return a sentence as the house says it in Indonesian."""
    with translation.override("id"):
        return gettext(sentence) % blanks
