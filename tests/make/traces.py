"""Which pages named a candidate, and did each of them leave a trace that the candidate can read?

Every test of a page is a test of this too: what its browser was shown is kept, and looked at when the
test is over, so that nothing is asked of the database meanwhile.
"""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from kompeten.applications.models import Application
from kompeten.people.models import Account
from kompeten.people.terms import FORGOTTEN

FACES = ("office", "candidate")
TABLES = ("people_listing", "people_access")
FILES = ("application/pdf", "application/vnd.openxmlformats")
# Where a name stands that leaves no trace, and why that is right.
UNTRACED = {
    "candidate:staff": "what anybody may read in the public register",
    "candidate:add_staff": "the same page, after a number that was not taken",
    "candidate:repair": "a line that has become nobody yet",
    "candidate:preview": "the office's own sheet, of which nothing has been kept yet",
    "candidate:columns": "the same",
}
# Files of the office that name nobody.
EMPTY = {"office:itembank_template"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody was shown at an address; `traced` says that the page asked the log of traces."""

    route: str
    account_id: int
    text: str
    is_file: bool
    traced: bool


@dataclass(slots=True)
class Watch:
    """What was shown in one test."""

    shown: list[Shown] = field(default_factory=list)

    def untraced(self) -> list[tuple[str, str]]:
        """Return the routes that named a candidate, or sent a file, and left no trace; with the name."""
        left = [s for s in self.shown if not s.traced and s.route not in UNTRACED.keys() | EMPTY]
        found = [(s.route, "(file)") for s in left if s.is_file and s.route.startswith("office:")]
        return found + [(s.route, name) for s in left for name in self._named(s)]

    def named(self) -> set[str]:
        """Return the routes that named a candidate at all."""
        return {s.route for s in self.shown if next(self._named(s), None)}

    def _named(self, one: Shown) -> Iterator[str]:
        own = Account.objects.filter(pk=one.account_id).values_list("person_id", flat=True).first()
        others = Application.objects.exclude(person_id=own).values_list("person__name", flat=True)
        for name in set(others) - {FORGOTTEN}:
            # Made-up people share a name and differ by the number behind it.
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w| \d)", one.text):
                yield name


@contextmanager
def watched(patch: Any) -> Iterator[Watch]:
    """Keep what every browser is shown while the block runs; `patch` is pytest's monkeypatch."""
    watch, ask = Watch(), Client.request

    def request(self: Client, **environ: Any) -> HttpResponse:
        asked: list[str] = []
        with connection.execute_wrapper(_noting(asked)):
            answer: Any = ask(self, **environ)
        _keep(watch, answer, traced=bool(asked))
        return answer

    patch.setattr(Client, "request", request)
    yield watch


def _noting(asked: list[str]) -> Callable[..., Any]:
    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(f'"{table}"' in sql for table in TABLES):
            asked.append(sql)
        return run(sql, params, many, context)

    return execute


def _keep(watch: Watch, answer: Any, *, traced: bool) -> None:
    match = getattr(answer, "resolver_match", None)
    if match is None or answer.status_code not in (200, 409, 422) or answer.streaming:
        return
    account = answer.wsgi_request.actor.account_id
    if match.app_name not in FACES or account is None:
        return
    kind = answer.get("Content-Type", "")
    is_file = kind.startswith(FILES)
    if not is_file and not kind.startswith("text/html"):
        return
    text = "" if is_file else _words(answer.content.decode())
    watch.shown.append(Shown(match.view_name, account, text, is_file, traced))


def _words(page: str) -> str:
    """Return the text of what is in the middle of a page, or of all of a part of one.

    What was done a moment ago is said by its own block: it names whom the step before was about.
    """
    middle = page.split("<main", 1)[-1].split("</main>", 1)[0]
    middle = re.sub(r'<div class="k-toasts".*?</div>', "", middle, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", middle)).split())
