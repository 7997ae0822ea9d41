"""What is in a file that a device gives out? Everything it recorded, tagged with the attempt's own key.

As QR codes the same bytes are cut in frames, which are read in any order and as often as one likes.
docs/rooms/exam-protocol.md, section 9.
"""

import hmac
import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from kompeten.exams.rules import chain as chains
from kompeten.exams.rules.handin import tag
from kompeten.exams.terms.vault import LONGEST_CHAIN, MOST_LINKS, Segment, Unreadable
from kompeten.kernel.refs import ALPHABET

TAG_BYTES = 16
MOST_BYTES = 2 * 1024 * 1024  # of a file, unpacked
MOST_CHAINS = 64
FRAME_BYTES = 210  # a QR code that a cheap camera still reads off a phone
MOST_FRAMES = 999
GZIP = b"\x1f\x8b"
ATTEMPT = re.compile(rf"[{ALPHABET}]{{10}}")
FRAME = re.compile(r"F([1-9][0-9]{0,2})\.([1-9][0-9]{0,2})\.([0-9a-f]{8})\.([A-Za-z0-9_-]{1,400})")


@dataclass(frozen=True, slots=True)
class Handed:
    """What a file holds: the segments of each chain of one attempt, each checked by its hashes."""

    attempt: str
    chains: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """How far frames have come: `content` once all are there, else which numbers of `of` are missing."""

    content: bytes | None
    of: int
    missing: tuple[int, ...]


def parse(content: bytes, *, key_of: Callable[[str], bytes]) -> Handed:
    """Return what a file holds; `key_of` gives the key of an attempt.

    :raises Unreadable: `handin.file`: it is no such file, or cut off; `handin.tag`: it was changed, or
        was not made with the attempt's key; `message.…`: a chain in it does not hold together
    """
    said = _loaded(_unpacked(content))
    attempt, listed, made = said.get("attempt"), said.get("chains"), said.get("tag")
    if not isinstance(attempt, str) or not ATTEMPT.fullmatch(attempt):
        raise Unreadable("handin.file")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_CHAINS:
        raise Unreadable("handin.file")
    fits = tag(canonical(listed), key=key_of(attempt), size=TAG_BYTES).hex()
    if not isinstance(made, str) or not hmac.compare_digest(fits.encode(), made.encode()):
        raise Unreadable("handin.tag")
    return Handed(attempt, tuple(_segments(one, attempt) for one in listed if one["links"]))


def canonical(listed: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the bytes that the tag of a file stands for: of each chain its name, parent and links.

    :raises Unreadable: `handin.file`: a chain lacks one of them
    """
    try:
        plain = [
            {"chain": one["chain"], "links": one["links"], "parent": one["parent"]}
            for one in listed
        ]
        return json.dumps(plain, separators=(",", ":")).encode("ascii")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable("handin.file") from error


def cut(content: bytes, *, size: int = FRAME_BYTES) -> list[str]:
    """Return the frames of a file, each with its number, how many there are, and whose they are.

    >>> cut(b"abc", size=2)
    ['F1.2.ba7816bf.YWI', 'F2.2.ba7816bf.Yw']
    """
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    name = sha256(content).hexdigest()[:8]
    return [f"F{n}.{len(parts)}.{name}.{_text(part)}" for n, part in enumerate(parts, 1)]


def join(frames: Iterable[str]) -> Joined:
    """Return what frames come to, in any order, repeated or not.

    :raises Unreadable: `handin.frame`: one is no frame; `handin.frames_mixed`: they are of different
        files; `handin.frames_damaged`: all are there, and one was read wrongly
    """
    whose: set[tuple[int, str]] = set()
    found: dict[int, bytes] = {}
    for frame in frames:
        read = FRAME.fullmatch("".join(frame.split()))
        if read is None or int(read[1]) > int(read[2]):
            raise Unreadable("handin.frame")
        whose.add((int(read[2]), read[3]))
        found[int(read[1])] = _bytes(read[4])
    if len(whose) != 1:
        raise Unreadable("handin.frames_mixed" if whose else "handin.frame")
    ((of, name),) = whose
    missing = tuple(n for n in range(1, of + 1) if n not in found)
    if missing:
        return Joined(None, of, missing)
    content = b"".join(found[n] for n in range(1, of + 1))
    if sha256(content).hexdigest()[:8] != name:
        raise Unreadable("handin.frames_damaged")
    return Joined(content, of, ())


def _loaded(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("handin.file") from error
    if not isinstance(said, dict) or said.get("v") != 1:
        raise Unreadable("handin.file")
    return said


def _unpacked(content: bytes) -> bytes:
    """Return a file as it is, or unpacked if it is gzip; no bomb of small size is let go off."""
    if content[:2] == GZIP:
        reader = zlib.decompressobj(wbits=31)
        try:
            content = reader.decompress(content, MOST_BYTES + 1)
        except zlib.error as error:
            raise Unreadable("handin.file") from error
    if not 2 <= len(content) <= MOST_BYTES:
        raise Unreadable("handin.file")
    return content


def _segments(said: Mapping[str, Any], attempt: str) -> tuple[Segment, ...]:
    links = said["links"]
    if not isinstance(links, list) or len(links) > LONGEST_CHAIN:
        raise Unreadable("message.links")
    names = ((said["chain"], chains.CHAIN), (said["parent"], chains.PARENT))
    if not all(isinstance(name, str) and shape.fullmatch(name) for name, shape in names):
        raise Unreadable("message.chain")
    before = chains.root(attempt, said["chain"], said["parent"]).hex()
    found: list[Segment] = []
    for first, some in _pieces(links):
        message = {"chain": said["chain"], "parent": said["parent"], "first": first}
        read = chains.read(message | {"before": before, "links": some}, attempt=attempt)
        found.append(read)
        before = read.head
    return tuple(found)


def _pieces(links: list[Any]) -> Iterator[tuple[int, list[Any]]]:
    rest = iter(links)
    first = 1
    while some := list(islice(rest, MOST_LINKS)):
        yield first, some
        first += len(some)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Unreadable("handin.frame") from error
