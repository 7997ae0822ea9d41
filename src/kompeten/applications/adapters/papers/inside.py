"""The process apart: `python -m …papers.inside` answers questions about files of strangers.

It knows no settings, no database and no secret, may write no file, and has bounded memory and time.
A fault that nobody foresaw ends it, and that is as it should be: the one who asked is told.
"""

import io
import logging
import resource
import signal
from collections.abc import Callable
from typing import Any

from kompeten.applications.adapters.papers import cleaning, drawing, frames
from kompeten.applications.adapters.papers.refused import Refused

MEMORY = 1_000_000_000  # bytes of address space; 60 million pixels in colour are 180 million
GLANCE = 160  # pixels: enough to see that a page can be drawn
SECONDS = 15  # of the processor, for one question

Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Answer until nobody asks any more."""
    _bound()
    asked, answered = io.FileIO(0), io.FileIO(1, "w")
    while True:
        try:
            words, content = frames.receive(asked)
        except frames.Silence:
            return
        _allow(SECONDS)
        frames.send(answered, *_answer(words, content))


def _answer(words: dict[str, Any], content: bytes) -> Answer:
    verb: Callable[..., Answer] = _VERBS[words.pop("verb")]
    try:
        return verb(content, **words)
    except Refused as refusal:
        return {"refused": refusal.code}, b""
    except MemoryError:
        return {"refused": "too_heavy"}, b""


def _count(content: bytes) -> Answer:
    return {"pages": drawing.count(content)}, b""


def _draw(content: bytes, *, media_type: str, page: int, edge: int) -> Answer:
    if media_type == "application/pdf":
        return {}, drawing.page(content, page=page, edge=edge)
    return {}, drawing.picture(content, page=page, edge=edge)


def _clean(content: bytes, *, media_type: str, as_jpeg: bool, most: int) -> Answer:
    if media_type == "application/pdf":
        kept, pages = cleaning.paper(content, most=most)
        drawing.page(
            kept, page=1, edge=GLANCE
        )  # what cannot be shown is refused now, not in a week
        return {"media_type": media_type, "pages": pages}, kept
    kept, found = cleaning.picture(content, as_jpeg=as_jpeg)
    return {"media_type": found, "pages": 1}, kept


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whoever stops the server at a terminal stops it first; we end when our input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)  # libraries tell of each fault in a file that is full of them


def _allow(seconds: int) -> None:
    """Let the next question use so much of the processor and no more: then the kernel ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


_VERBS: dict[str, Callable[..., Answer]] = {"count": _count, "draw": _draw, "clean": _clean}

if __name__ == "__main__":
    main()
