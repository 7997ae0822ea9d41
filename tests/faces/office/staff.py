"""What do tests of the office share? Somebody at work, the words of a page, and what a page costs."""

import re
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make import people
from tests.make.costs import spent


def entered(by: Actor, **more: Any) -> Client:
    """Return the browser of somebody who has logged in."""
    client = Client(**more)
    client.force_login(get_user_model().objects.get(pk=by.account_id))
    return client


def at_work(*roles: Role, n: int = 7000) -> tuple[Client, Actor]:
    """Return the browser of somebody new who holds `roles` now, and who it is."""
    actor = people.account(n, *roles, at=clock.now(), label=f"Petugas {n}")
    return entered(actor), actor


def words(answer: HttpResponse) -> str:
    """Return the text of a page, its white space made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(sentence: str, **blanks: object) -> str:
    """Return a sentence as the house says it in Indonesian."""
    with translation.override("id"):
        return gettext(sentence) % blanks if blanks else gettext(sentence)


def cost(client: Client, path: str) -> int:
    """Return how many queries a page takes, once what is read once in a process was read."""
    client.get(path)
    return spent(lambda: client.get(path))


def part_of(client: Client, path: str) -> tuple[str, str]:
    """Return what htmx would swap in, and the whole page; each form's token is new each time."""
    fragment = client.get(path, headers={"HX-Request": "true"})
    return _tokenless(fragment).strip(), _tokenless(client.get(path))


def _tokenless(answer: HttpResponse) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
