"""How does the intake stand inside the web server? Before the pages, on the web server's own threads.

`Inside` is what the server calls: nothing of a page's making (sessions, languages, policies) is
needed where a ticket is the credential and the answer is JSON. `view` is the same intake as a page
of the framework, for servers that know the framework only; it keeps each message by itself.
"""

import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kompeten.exams.actions.receiving import GroupCommit, Waiting, journal, settle
from kompeten.exams.terms.vault import MOST_BYTES
from kompeten.web.examroom import intake
from kompeten.web.examroom.intake import Allowances, Budgets, Desk, Pending, Reply, Settled
from kompeten.web.examroom.intake_desk import Refresher, look, now_ms

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIEnvironment

PATIENCE_SECONDS = 20  # then the sender is told to come again; what was put in the queue is kept


class Request(HttpRequest):
    """A request as the middleware hands it on: with its instant."""

    at: "datetime"


class Inside:
    """The intake as a WSGI application; its threads start with the first request."""

    def __init__(self, desk: Desk | None = None, *, look: Callable[[], Allowances] = look) -> None:
        self.desk = desk or Desk()
        self._refresher = Refresher(self.desk, look)
        self._commit: GroupCommit | None = None
        self._opening = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request; the thread waits until what came is kept."""
        reply = self._reply(environ)
        phrase = HTTPStatus(reply.status).phrase
        start_response(f"{reply.status} {phrase}", _headers(reply))
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [reply.body]

    def _reply(self, environ: "WSGIEnvironment") -> Reply:
        size = environ.get("CONTENT_LENGTH") or "0"
        if not size.isdigit() or int(size) > MOST_BYTES:
            return intake.refused(413, "message.size")
        body = environ["wsgi.input"].read(int(size))
        commit = self._open()
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        outcome = intake.judge(method, path, body, now=now_ms(), desk=self.desk)
        while isinstance(outcome, Pending):
            settled = _kept(commit, outcome)
            outcome = outcome.then(settled) if settled else intake.later(self.desk)
        return outcome

    def _open(self) -> GroupCommit:
        with self._opening:
            if self._commit is None:
                self._commit = GroupCommit(journal, release=_wake)
                self.desk.backlog = self._commit.backlog
                self._refresher.start()
            return self._commit

    def close(self) -> None:
        """Keep what waits, then stop the threads."""
        if self._commit is not None:
            self._commit.close()
            self._refresher.stop()


_budgets = Budgets()


@csrf_exempt
def view(request: Request, path: str) -> HttpResponse:
    """Answer one request of a device, by the framework."""
    desk = Desk(allowances=look(), budgets=_budgets)
    outcome = intake.judge(
        request.method or "",
        intake.PREFIX + path,
        request.body,
        now=int(request.at.timestamp() * 1000),
        desk=desk,
    )
    while isinstance(outcome, Pending):
        waiting = Waiting(outcome.row, ask=outcome.ask)
        settle(journal(), [waiting])
        outcome = outcome.then(Settled(waiting.kept, waiting.held))
    return HttpResponse(outcome.body, status=outcome.status, headers=dict(_headers(outcome)))


def _kept(commit: GroupCommit, pending: Pending) -> Settled | None:
    done = threading.Event()
    waiting = Waiting(pending.row, ask=pending.ask, caller=done)
    commit.put(waiting)
    if not done.wait(PATIENCE_SECONDS) or waiting.error:
        return None
    return Settled(waiting.kept, waiting.held)


def _wake(batch: list[Waiting]) -> None:
    for waiting in batch:
        waiting.caller.set()


def _headers(reply: Reply) -> list[tuple[str, str]]:
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(reply.body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if reply.retry_after:
        headers.append(("Retry-After", str(reply.retry_after)))
    return headers
