"""How does a page of several people leave a trace that each of them can read?

Whichever view shows a list, or sends one away as a file, says here whom it names. A test walks every
page of a full house and finds a name that left none.

Source: UU 27/2022, art. 32 (the person may see what was done with their data) and 31.
"""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from kompeten.kernel.actors import Actor
from kompeten.people import actions
from kompeten.people.terms import Roll


class Request(HttpRequest):
    """A request as the middleware hands it on: with its actor and its instant."""

    actor: Actor
    at: datetime


def note_list(
    request: HttpRequest,
    roll: Roll,
    person_ids: Iterable[int],
    *,
    about: str = "",
    is_file: bool = False,
) -> None:
    """Note whom the answer to this request names. One query, and a write for who is new in this hour."""
    asked: Request = request  # type: ignore[assignment]  # the middleware has been here
    actions.note_listing(
        person_ids, roll=roll, about=about, is_file=is_file, by=asked.actor, at=asked.at
    )
