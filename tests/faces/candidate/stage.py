"""What do tests of this face share? Browsers of people, parts of pages, and counted queries."""

import io
import re
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from tests.make.people import account

HTMX = {"HX-Request": "true"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def browser(by: Actor) -> Client:
    """Return the browser of somebody who has logged in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=by.account_id))
    return client


def stranger() -> Client:
    """Return the browser of somebody with an account who has nothing to do with the story."""
    return browser(account(7001, Role.APPLICANT))


def words(answer: Any) -> str:
    """Return the text of an answer, its white space made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def is_part(fragment: Any, whole: Any) -> bool:
    """Say whether the fragment stands in the page as it is, but for the forms' changing tokens."""
    part, page = (TOKEN.sub("", a.content.decode()).strip() for a in (fragment, whole))
    return len(part) > 100 and part in page and "<html" not in part


def count_queries(client: Client, path: str) -> int:
    """Return how many queries a page costs once everything that is read but once has been read."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(path)
    return len(seen)


def upload(content: bytes, name: str = "berkas.pdf") -> io.BytesIO:
    """Return a file as a browser sends one."""
    file = io.BytesIO(content)
    file.name = name
    return file
