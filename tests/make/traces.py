"""Which pages named a candidate, and did each of them leave a trace that the candidate can read?

Every test of a page is a test of this too: what its browser was shown is kept, and looked at when the
test is over, so that nothing is asked of the database meanwhile.
"""

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.test import Client

from kompeten.applications.models import Application
from kompeten.people import actions
from kompeten.people.actions.accessing import note_access, note_listing
from kompeten.people.models import Account
from kompeten.people.terms import FORGOTTEN

FACES = ("office", "candidate")
FILES = ("application/pdf", "application/vnd.openxmlformats")
# Where a name stands that leaves no trace, and why that is right.
UNTRACED = {
    "candidate:staff": "what anybody may read in the public register",
    "candidate:add_staff": "the same page, after a number that was not taken",
    "candidate:repair": "a line that has become nobody yet",
    "candidate:preview": "the office's own sheet, of which nothing has been kept yet",
    "candidate:columns": "the same",
}
# Where lines stand that became nobody here, under names that applicants have: there it is enough that
# the page has noted whom it knows.
LINES = {"candidate:batch"}
# Files of the office that name nobody.
EMPTY = {"office:itembank_template"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody was shown at an address; whom the page noted, by key, or None: it noted nothing."""

    route: str
    account_id: int
    text: str
    is_file: bool
    noted: frozenset[int] | None


@dataclass
class Watch:
    """What was shown in one test."""

    shown: list[Shown] = field(default_factory=list)

    @cached_property
    def person_of(self) -> dict[int, int | None]:
        """Who has an account. One query for a test."""
        return dict(Account.objects.values_list("pk", "person_id"))

    @cached_property
    def called(self) -> dict[str, set[int]]:
        """Who of the applicants is called so. One query for a test."""
        found: dict[str, set[int]] = {}
        for key, name in Application.objects.values_list("person_id", "person__name"):
            found.setdefault(name, set()).add(key)
        return found

    def untraced(self) -> list[tuple[str, str]]:
        """Return the routes that named a candidate, or sent a file, and left no trace; with the name."""
        left = [s for s in self.shown if s.route not in UNTRACED.keys() | EMPTY]
        files = [s for s in left if s.is_file and not s.noted]
        found = [(s.route, "(file)") for s in files if s.route.startswith("office:")]
        return found + [(s.route, name) for s in left for name in self._named(s)]

    def named(self) -> set[str]:
        """Return the routes that named a candidate at all."""
        return {s.route for s in self.shown if next(self._named(s, noted_too=True), None)}

    def _named(self, one: Shown, *, noted_too: bool = False) -> Iterator[str]:
        """Give the names of applicants on a page, of those of whom nobody was noted or of all."""
        own = self.person_of.get(one.account_id)
        for name, every in self.called.items():
            keys = every - {own}
            if not keys or name not in one.text:
                continue
            is_noted = one.noted is not None and (one.route in LINES or keys & one.noted)
            if name == FORGOTTEN or (is_noted and not noted_too):
                continue
            # Made-up people share a name and differ by the number behind it.
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w| \d)", one.text):
                yield name


@contextmanager
def watched(patch: Any) -> Iterator[Watch]:
    """Keep what every browser is shown while the block runs; `patch` is pytest's monkeypatch."""
    watch, ask = Watch(), Client.request

    def request(self: Client, **environ: Any) -> HttpResponse:
        noted.clear()
        answer: Any = ask(self, **environ)
        _keep(watch, answer, noted=frozenset().union(*noted) if noted else None)
        return answer

    def one(person_id: int, **how: Any) -> bool:
        noted.append({person_id})
        return note_access(person_id, **how)

    def several(person_ids: Iterable[int], **how: Any) -> int:
        noted.append(set(person_ids))
        return note_listing(noted[-1], **how)

    noted: list[set[int]] = []
    patch.setattr(actions, "note_access", one)
    patch.setattr(actions, "note_listing", several)
    patch.setattr(Client, "request", request)
    yield watch


def _keep(watch: Watch, answer: Any, *, noted: frozenset[int] | None) -> None:
    match = getattr(answer, "resolver_match", None)
    if match is None or answer.status_code not in (200, 409, 422) or answer.streaming:
        return
    if match.app_name not in FACES:
        return
    account = answer.wsgi_request.actor.account_id
    if account is None:
        return
    kind = answer.get("Content-Type", "")
    is_file = kind.startswith(FILES)
    if not is_file and not kind.startswith("text/html"):
        return
    text = "" if is_file else _words(answer.content.decode())
    watch.shown.append(Shown(match.view_name, account, text, is_file, noted))


def _words(page: str) -> str:
    """Return the text of what is in the middle of a page, or of all of a part of one.

    What was done a moment ago is said by its own block: it names whom the step before was about.
    """
    middle = page.split("<main", 1)[-1].split("</main>", 1)[0]
    middle = re.sub(r'<div class="k-toasts".*?</div>', "", middle, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", middle)).split())
