"""Whom does this device belong to for the moment?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from kompeten.applications import actions, queries
from kompeten.applications.terms.helping import HelpEnd
from kompeten.kernel.actors import Actor
from kompeten.web.ui import faces, sessions

if TYPE_CHECKING:
    from kompeten.applications.models import Help

KEY = "helping"


class Request(HttpRequest):
    """A request as the middleware hands it on; `helping` is what goes on at this device, if anything.

    `helping_over`: it went on until a moment ago, and ended by the clock or at another device.
    """

    actor: Actor
    at: datetime
    helping: "Help | None"
    helping_over: bool


def actor_here(request: Request, account: Actor) -> Actor:
    """Return who acts at this device: whoever has logged in, or the person whom they help. Two queries more.

    Where the helping is over, or the helper's own time, nobody is helped any more.
    """
    ref = request.session.get(KEY)
    request.helping, request.helping_over = None, False
    if ref is None:
        return account
    held = queries.help_going_on(ref, account, at=request.at)
    if held is None or not _is_session_alive(request):
        let_go(request)
        request.helping_over = True
        return account
    actions.touch_help(held, at=request.at)
    request.helping = held
    return queries.helped(held, account)


def hand_over(request: Request, held: "Help") -> None:
    """Let the device belong to the person of `held`, under a new session key."""
    request.session.cycle_key()
    request.session[KEY] = held.ref


def take_back(request: Request) -> None:
    """End what goes on at this device, at the word of the two who sit there."""
    if request.helping is not None:
        by = request.actor
        actions.end_help(request.helping, why=HelpEnd.BUTTON, by=by, at=request.at)
        let_go(request)


def let_go(request: Request) -> None:
    """Forget in the session whose the device was, and every word that was still to be said to them."""
    request.session.pop(KEY, None)
    # A new key is a new cookie: browsers let go of pages that they kept for "back".
    request.session.cycle_key()


def hush(request: Request) -> None:
    """Let no message to one person wait for the next."""
    for _said in messages.get_messages(request):
        pass


def home(request: Request) -> str:
    """Return the face in which the helper has logged in, as the name of its addresses."""
    held = request.session.get(sessions.FACE)
    return "office" if held == faces.OFFICE.name else "candidate"


def over(request: Request) -> str:
    """Return the address of the page that says that it is over."""
    return reverse(f"{home(request)}:help_over")


def _is_session_alive(request: Request) -> bool:
    """Say whether the helper's own session still holds, and note that it was used."""
    held = request.session.get(sessions.FACE)
    own = next((face for face in faces.FACES if face.name == held), None)
    if own is None:
        return False
    entry = sessions.enter(request.session, own, at=request.at)
    return entry is sessions.Entry.OPEN
