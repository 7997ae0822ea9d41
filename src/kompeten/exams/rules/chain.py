"""Do links hash to one another, and is a message of links readable? Alike here and on the device.

A link's hash takes in the hash before it, so one hash stands for everything up to it: what was
signed for cannot be changed, dropped or moved afterwards without its being seen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from kompeten.exams.rules.edits import is_edit
from kompeten.exams.terms.vault import (
    LONGEST_CHAIN,
    MOST_LINKS,
    Link,
    LinkKind,
    Segment,
    Unreadable,
)

SEED = "kompeten/chain/1"
KINDS = {kind.value: kind for kind in LinkKind}
CHAIN = re.compile(r"[0-9a-f]{16}")
HASH = re.compile(r"[0-9a-f]{64}")
PARENT = re.compile(r"([0-9a-f]{16}):([1-9][0-9]{0,3}):([0-9a-f]{64})|")
DETAIL = re.compile(r"[A-Za-z0-9._:-]{0,64}")
LATEST = 2**53  # what a device can count exactly


def root(attempt: str, chain: str, parent: str) -> bytes:
    """Return the hash before the first link of a chain."""
    return sha256(f"{SEED}|{attempt}|{chain}|{parent}".encode("ascii")).digest()


def onward(before: bytes, number: int, link: Sequence[Any]) -> bytes:
    """Return the hash of link `number`, `[kind, item, choice, mono, wall]`, after the hash `before`."""
    kind, item, choice, mono, wall = link
    return sha256(
        before + f"{number}|{kind}|{item}|{choice}|{mono}|{wall}".encode("ascii")
    ).digest()


def hashes(before: bytes, first: int, links: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Give the hash of each link after `before`, which is that of link `first - 1`."""
    for number, link in enumerate(links, first):
        before = onward(before, number, link)
        yield before


def read(message: Any, *, attempt: str) -> Segment:
    """Return the segment that a decoded message holds for `attempt`.

    It is checked alone: its first link by `before`, which for link 1 is the root of the chain.
    Whether items exist and instants are in time is judged later, so that nothing is dropped here.

    :raises Unreadable: `message.shape`, `message.links`, `message.chain`, `message.hash`
    """
    try:
        chain, parent = message["chain"], message["parent"]
        first, before, links = message["first"], message["before"], message["links"]
        sent = message.get("sent")
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable("message.shape") from error
    _check_place(chain, parent, first, before, sent)
    if not isinstance(links, list) or not 1 <= len(links) <= MOST_LINKS:
        raise Unreadable("message.links")
    if first + len(links) - 1 > LONGEST_CHAIN:
        raise Unreadable("message.links")
    read_links = tuple(_link(link) for link in links)
    start = bytes.fromhex(before)
    if first == 1 and start != root(attempt, chain, parent):
        raise Unreadable("message.hash")
    *_, head = hashes(start, first, links)
    return Segment(attempt, chain, parent, first, before, head.hex(), read_links, sent)


def _check_place(chain: Any, parent: Any, first: Any, before: Any, sent: Any) -> None:
    texts = ((chain, CHAIN), (parent, PARENT), (before, HASH))
    if not all(isinstance(text, str) and shape.fullmatch(text) for text, shape in texts):
        raise Unreadable("message.chain")
    if not _is_count(first, least=1) or not (sent is None or _is_count(sent)):
        raise Unreadable("message.chain")


def _link(link: Any) -> Link:
    if not isinstance(link, list) or len(link) != 5:
        raise Unreadable("message.links")
    kind, item, choice, mono, wall = link
    known = isinstance(kind, str) and kind in KINDS
    fits = is_edit if kind == LinkKind.EDIT else DETAIL.fullmatch
    plain = isinstance(choice, str) and fits(choice)
    if not known or not plain or not all(map(_is_count, (item, mono, wall))):
        raise Unreadable("message.links")
    return Link(KINDS[kind], item, choice, mono, wall)


def _is_count(value: Any, least: int = 0) -> bool:
    return type(value) is int and least <= value < LATEST
