"""What does a device give out when there is no line? Files, codes and frames of an attempt."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kompeten.exams.adapters import keys
from kompeten.exams.rules import chain, handfile, handin
from kompeten.exams.rules.edits import written
from kompeten.exams.terms.vault import Stated

CHAIN = "00112233445566ff"


def taps(choices: Mapping[int, str], *, since: datetime) -> list[list[Any]]:
    """Return links that open the paper and answer these items, one a second."""
    start = round(since.timestamp() * 1000)
    answers = [
        ["a", item, choice, n * 1000, start + n * 1000]
        for n, (item, choice) in enumerate(choices.items(), 1)
    ]
    return [["o", 0, "code", 10, start], *answers]


def head(
    attempt: str, links: Sequence[Sequence[Any]], *, name: str = CHAIN, parent: str = ""
) -> str:
    """Return the hash of the last link."""
    *_, last = chain.hashes(chain.root(attempt, name, parent), 1, links)
    return last.hex()


def file(attempt: str, links: Sequence[Sequence[Any]], *, name: str = CHAIN) -> bytes:
    """Return the file of a device with one chain."""
    listed = [{"chain": name, "parent": "", "links": list(links), "receipts": []}]
    key = keys.attempt_key(attempt)
    made = handin.tag(handfile.canonical(listed), key=key, size=handfile.TAG_BYTES).hex()
    said = {"v": 1, "attempt": attempt, "ticket": "", "chains": listed, "tag": made}
    return json.dumps(said).encode("ascii")


def with_text(links: list[list[Any]], item: int, text: str) -> list[list[Any]]:
    """Return links, and those that write an essay a minute after the last one."""
    _, _, _, mono, wall = links[-1]
    edits = written(0, 0, text)
    return links + [["e", item, edit, mono + 60_000, wall + 60_000] for edit in edits]


def code(
    attempt: str,
    choices: Mapping[int, str],
    *,
    since: datetime,
    items: int = 100,
    links: Sequence[Sequence[Any]] = (),
) -> str:
    """Return the code of the same answers as it is typed; `links` are all there are, if there are texts."""
    partial = bool(links)
    links = links or taps(choices, since=since)
    stated = Stated(
        attempt=attempt,
        count=len(links),
        seconds=links[-1][4] // 1000,
        head=head(attempt, links)[:16],
        choices="".join(choices.get(n, "-") for n in range(1, items + 1)),
        partial=partial,
    )
    return handin.written(handin.pack(stated, key=keys.attempt_key(attempt)))
