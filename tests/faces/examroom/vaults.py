"""What do browser tests of this face send to? The real intake over a vault of their own, and lines that lie."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from kompeten.exams.actions.receiving import Waiting, settle
from kompeten.exams.adapters import keys
from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from kompeten.exams.terms.vault import Stored
from kompeten.foundation import clock
from kompeten.web.examroom import intake
from kompeten.web.examroom.intake import Desk, Pending, Settled
from tests.faces.examroom.devices import ticket

HOUR_MS = 3_600_000
ATTEMPT = "ABCDEFGH23"


@dataclass
class Vault:
    """The intake behind a page's line. `lies` are answered first, in their order, instead of asking it."""

    journal: SqliteJournal
    desk: Desk = field(default_factory=Desk)
    lies: list[dict[str, Any]] = field(default_factory=list)
    heard: list[tuple[str, Any]] = field(default_factory=list)
    said: list[tuple[int, bytes]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer one request of the page."""
        request = route.request
        path = "/" + request.url.split("/", 3)[3]
        body = request.post_data_buffer or b""
        self.heard.append((path.rpartition("/")[2], json.loads(body) if body else None))
        if self.lies:
            route.fulfill(**self.lies.pop(0))
            return
        now = int(clock.now().timestamp() * 1000)
        outcome = intake.judge(request.method, path, body, now=now, desk=self.desk)
        while isinstance(outcome, Pending):
            waiting = Waiting(outcome.row, ask=outcome.ask)
            settle(self.journal, [waiting])
            outcome = outcome.then(Settled(waiting.kept, waiting.held))
        self.said.append((outcome.status, outcome.body))
        headers = {"Retry-After": str(outcome.retry_after)} if outcome.retry_after else {}
        route.fulfill(
            status=outcome.status,
            body=outcome.body,
            headers=headers,
            content_type="application/json",
        )

    def kept(self, attempt: str = ATTEMPT) -> list[Stored]:
        """Return what is on the disk of an attempt."""
        return self.journal.of(attempt)

    def links(self, attempt: str = ATTEMPT) -> list[Any]:
        """Return the links that are on the disk, in the order in which they came."""
        return [
            link for s in self.kept(attempt) for link in json.loads(s.row.body).get("links", ())
        ]


@contextmanager
def behind(page: Page, folder: Path) -> Iterator[Vault]:
    """Let what the page sends to the vault reach a real one while the block runs."""
    vault = Vault(SqliteJournal(folder / "vault.sqlite3"))
    page.route("**/ujian/brankas/**", vault.answer)
    try:
        yield vault
    finally:
        vault.journal.close()


def papers(attempt: str = ATTEMPT, *, over_since_days: float = -1, **more: Any) -> dict[str, Any]:
    """Return a ticket document as a device keeps it; the sitting closed so long ago, or is open still."""
    now = int(clock.now().timestamp() * 1000)
    closes = now - round(over_since_days * 24 * HOUR_MS)
    granted = ticket(attempt, opens=closes - 27 * HOUR_MS, closes=closes, **more)
    digest = "ab" * 32
    return {
        "v": 1,
        "attempt": attempt,
        "ticket": keys.ticket(granted),
        "key": keys.attempt_key(attempt).hex(),
        "sitting": granted.sitting,
        "title": f"Ujian {attempt}",
        "opens": granted.opens,
        "closes": granted.closes,
        "minutes": 90,
        "extra": 0,
        "package": {"url": f"/ujian/paket/{granted.sitting}.{digest[:16]}.bin", "sha256": digest},
    }
