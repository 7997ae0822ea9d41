"""Who opens the files of strangers? A process of ours that holds no secret and may die of them.

It is started at first use and asked one thing at a time. What takes it too long or too much memory is
refused and costs it its life; the next question starts another. It ends when we do: its input closes.
"""

import atexit
import io
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, cast

import kompeten
from kompeten.applications.adapters.papers import frames

log = logging.getLogger("kompeten.applications")

EDGE = 1600  # pixels of the longer side of a preview: A4 at 137 dots per inch, eight-point type is legible
MAX_PAGES = 100
PATIENCE = 20.0
"""Seconds for one question; the slowest honest paper of 10 MB takes a tenth of it on a slow machine."""
QUEUE = 30.0  # seconds to wait for those who asked before
LIFE = 500  # questions one process answers: what a library never gives back goes with it
_PROGRAM = "kompeten.applications.adapters.papers.inside"


class PaperRefused(Exception):
    """A paper cannot be opened; `code` says why.

    `damaged`; `wrong_type`; `too_large`, `too_small` (pixels); `locked` (a password); `too_many_pages`;
    `too_heavy`: it takes more time or memory than any honest one; `no_such_page`; `busy`: others
    are served first, ask again.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def count(content: bytes) -> int:
    """Return how many pages a PDF has. :raises PaperRefused: see there"""
    return int(_ask({"verb": "count"}, content)[0]["pages"])


def drawn(content: bytes, *, media_type: str, page: int, edge: int = EDGE) -> bytes:
    """Return a JPEG of one page of a PDF, from 1, or of a picture, no side longer than `edge`.

    :raises PaperRefused: see there
    """
    words = {"verb": "draw", "media_type": media_type, "page": page, "edge": edge}
    return _ask(words, content)[1]


def cleaned(content: bytes, *, media_type: str, wanted: tuple[str, ...]) -> tuple[bytes, str, int]:
    """Return what may be kept of a PDF or a picture, its media type, and how many pages it has.

    Pages look as they did. What acts, what hangs behind, what hides and what tells where and with
    what it was made is gone. A picture is drawn anew, as JPEG where that is `wanted`. The same bytes
    give the same bytes.

    :raises PaperRefused: see there
    """
    words = {
        "verb": "clean",
        "media_type": media_type,
        "as_jpeg": "image/jpeg" in wanted,
        "most": MAX_PAGES,
    }
    said, kept = _ask(words, content)
    return kept, said["media_type"], int(said["pages"])


class _Helper:
    """The process apart, with a lock: it is asked one thing at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.asked = 0

    def ask(self, words: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
        """Send a question and return the answer; whoever takes too long is killed. Holds the lock."""
        process = self.alive()
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        try:
            frames.send(_pipe(process.stdin), words, content)
            return frames.receive(_pipe(process.stdout))
        except (BrokenPipeError, frames.Silence) as silence:
            ended = self.end()
            log.warning("a paper ended the process that opened it (%s)", ended)
            # A signal (negative) is our own patience, the kernel's, or a fault in a library.
            raise PaperRefused("too_heavy" if ended < 0 else "damaged") from silence
        finally:
            watch.cancel()

    def alive(self) -> subprocess.Popen[bytes]:
        """Return the process, another one where it has served its time."""
        if self.process is not None and (self.asked >= LIFE or self.process.poll() is not None):
            self.end()
        if self.process is None:
            self.process, self.asked = _started(), 0
        self.asked += 1
        return self.process

    def end(self) -> int:
        """End the process, if there is one; return its exit code."""
        process = self.let_go()
        if process is None:
            return 0
        try:
            return process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def let_go(self) -> subprocess.Popen[bytes] | None:
        """Close our ends of the pipes and return the process, which then ends."""
        process, self.process = self.process, None
        if process is not None:
            _pipe(process.stdin).close()
            _pipe(process.stdout).close()
        return process


def _pipe(end: IO[bytes] | None) -> io.RawIOBase:
    return cast(io.RawIOBase, end)  # there, and without a buffer: it was asked for so


def _started() -> subprocess.Popen[bytes]:
    """Start the process with nothing of our environment: no secret of the house, no settings."""
    root = str(Path(kompeten.__file__).parents[1])
    return subprocess.Popen(  # noqa: S603 (our own module, no word of a stranger)
        [sys.executable, "-m", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={"PYTHONPATH": root, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )


_helper = _Helper()


def _forget() -> None:
    """In a forked process the helper belongs to the parent: two may not share its pipes."""
    global _helper
    process = _helper.let_go()
    if process is not None:
        process.returncode = 0  # it is not our child, and not ours to wait for
    _helper = _Helper()


def _ask(words: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    if not _helper.lock.acquire(timeout=QUEUE):
        raise PaperRefused("busy")
    try:
        said, answer = _helper.ask(words, content)
    finally:
        _helper.lock.release()
    if "refused" in said:
        raise PaperRefused(said["refused"])
    return said, answer


atexit.register(lambda: _helper.end())
os.register_at_fork(after_in_child=_forget)
