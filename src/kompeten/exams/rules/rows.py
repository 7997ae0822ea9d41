"""How do records lie in the vault? As rows whose body is the message; written and read here only."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kompeten.exams.rules.chain import KINDS, hashes, root
from kompeten.exams.rules.strands import plain
from kompeten.exams.terms.vault import (
    Link,
    Opening,
    Received,
    Row,
    RowKind,
    Segment,
    Stated,
    Via,
)
from kompeten.kernel import digest

VERSION = 1


def segment(
    attempt: str,
    chain: str,
    links: Sequence[Link],
    *,
    parent: str = "",
    first: int = 1,
    before: str = "",
    sent: int | None = None,
) -> Segment:
    """Return `links` as a segment with its hashes; `before` is that of the chain's root if empty."""
    start = bytes.fromhex(before) if before else root(attempt, chain, parent)
    *_, head = hashes(start, first, map(plain, links))
    return Segment(attempt, chain, parent, first, start.hex(), head.hex(), tuple(links), sent)


def segment_row(segment: Segment, *, received: int, via: Via = Via.LINE) -> Row:
    """Return a segment as the vault keeps it."""
    body = {
        "v": VERSION,
        "chain": segment.chain,
        "parent": segment.parent,
        "first": segment.first,
        "before": segment.before,
        "sent": segment.sent,
        "links": [plain(link) for link in segment.links],
    }
    place = (segment.attempt, segment.chain, segment.first, segment.last, segment.head)
    return Row(RowKind.SEGMENT, *place, _bytes(body), received, via)


def opening_row(attempt: str, chain: str, *, received: int, via: Via = Via.LINE) -> Row:
    """Return an opening as the vault keeps it."""
    body = _bytes({"v": VERSION, "chain": chain})
    return Row(RowKind.OPENING, attempt, chain, 0, 0, "", body, received, via)


def stated_row(stated: Stated) -> Row:
    """Return what was stated as the vault keeps it: told from others by the digest of its content."""
    body = {
        "v": VERSION,
        "count": stated.count,
        "seconds": stated.seconds,
        "head": stated.head,
        "choices": stated.choices,
    }
    if stated.partial:
        body["partial"] = True
    place = (stated.attempt, stated.head, stated.count, stated.count)
    name = digest.of(body).removeprefix("sha256:")
    return Row(RowKind.STATED, *place, name, _bytes(body), stated.received, stated.via)


def read(row: Row) -> Received | Opening | Stated:
    """Return what a row of the vault says.

    Its hashes were checked before it was kept and are not reckoned again.
    """
    if row.kind is RowKind.OPENING:
        return Opening(row.attempt, row.chain, row.received)
    said = json.loads(row.body)
    if row.kind is RowKind.STATED:
        words = (said["count"], said["seconds"], said["head"], said["choices"])
        return Stated(row.attempt, *words, row.received, row.via, said.get("partial", False))
    found = Segment(
        attempt=row.attempt,
        chain=row.chain,
        parent=said["parent"],
        first=row.first,
        before=said["before"],
        head=row.head,
        links=links(said["links"]),
        sent=said.get("sent"),
    )
    return Received(found, row.received, row.via)


def links(said: Iterable[Sequence[Any]]) -> tuple[Link, ...]:
    """Return links from `[kind, item, choice, mono, wall]` each."""
    return tuple(Link(KINDS[k], item, choice, mono, wall) for k, item, choice, mono, wall in said)


def apart(
    found: Iterable[Received | Opening | Stated],
) -> tuple[list[Received], list[Stated], list[Opening]]:
    """Return segments, statements and openings, each in a list of its own, as `join` asks for them."""
    received, stated, opened = [], [], []
    for one in found:
        if isinstance(one, Received):
            received.append(one)
        elif isinstance(one, Stated):
            stated.append(one)
        else:
            opened.append(one)
    return received, stated, opened


def of_attempt(rows: Iterable[Row]) -> tuple[list[Received], list[Stated], list[Opening]]:
    """Return the rows of one attempt as `join` asks for them."""
    return apart(read(row) for row in rows)


def stated_via(stated: Stated, *, received: int, via: Via) -> Stated:
    """Return what was stated, with when and how it came in."""
    return replace(stated, received=received, via=via)


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode("ascii")
