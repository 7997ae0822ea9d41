"""Who is in, who works, who has been silent, who has handed in? Read from the vault as it grows."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kompeten.exams.queries import carrying
from kompeten.exams.terms.vault import LinkKind, Row, RowKind
from kompeten.node.rules.standing import SeatNow, standing
from kompeten.node.terms import Load, SeatRow, Standing

AT_ONCE = 5_000
# Over plain http no browser has this store: said of every phone, it would say nothing.
USUAL = "opfs"


@dataclass(slots=True)
class _Seen:
    """What has come of one attempt so far, in milliseconds and item numbers."""

    now: SeatNow = field(default_factory=SeatNow)
    answered: set[int] = field(default_factory=set)


class Board:
    """What this process has read of the vault; each look reads only what is new."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self._number = 0
        self._reading = threading.Lock()

    def rows(self, load: Load, *, at: datetime) -> list[SeatRow]:
        """Return every seat of a sitting in the order of the parcel, as it stands at `at`."""
        with self._reading:
            self._read()
            now = round(at.timestamp() * 1000)
            return [
                SeatRow(
                    attempt=seat.held.attempt,
                    name=seat.held.name,
                    code=seat.code,
                    extra=seat.held.extra,
                    standing=standing(seen.now, at=now),
                    last=seen.now.last,
                    answered=len(seen.answered),
                )
                for seat in load.seats
                for seen in [self._seen.get(seat.held.attempt, _Seen())]
            ]

    def _read(self) -> None:
        while found := carrying.after(self._number, limit=AT_ONCE):
            for stored in found:
                self._take(stored.row)
            self._number = found[-1].id

    def _take(self, row: Row) -> None:
        seen = self._seen.setdefault(row.attempt, _Seen())
        now = seen.now
        now.last = max(now.last or 0, row.received)
        now.opened = min(now.opened or row.received, row.received)
        if row.kind is not RowKind.SEGMENT:
            return
        for kind, item, choice, _mono, _wall in json.loads(row.body)["links"]:
            if kind == LinkKind.ANSWER:
                (seen.answered.add if choice else seen.answered.discard)(item)
            elif kind == LinkKind.HANDED_IN:
                now.handed_in = row.received
            elif kind == LinkKind.TROUBLE and not choice.startswith(USUAL):
                now.trouble = row.received


def progress(rows: Sequence[SeatRow]) -> dict[Standing, int]:
    """Return how many seats stand how, every standing named."""
    return {s: sum(row.standing is s for row in rows) for s in Standing}
