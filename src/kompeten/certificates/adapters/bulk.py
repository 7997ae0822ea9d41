"""How are many certificates made at once? The slow, pure work is shared among processes.

A few are made in this process. For many a pool is kept; its workers import no database and get
plain data, so a worker that dies takes nothing with it but its share, which the next try makes again.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any

import typst

from kompeten.certificates.adapters import pdf, seal, token
from kompeten.certificates.ports import Keys
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import Content, Sealed, Unsealed
from kompeten.foundation import parent, pictures

log = logging.getLogger("kompeten.certificates")

FEW = 24  # below this a pool costs more (0.6 s to start) than it saves (12 ms each)
SHARE = 8


def sign_many(
    contents: Sequence[Content],
    *,
    keys: Keys,
    at: datetime,
    photos: Sequence[bytes],
    provisional: bool = False,
) -> Iterator[Sealed | Unsealed]:
    """Give each content signed and not yet read back, or why it is not, in the same order.

    `photos` are the portraits, empty where there is none. One content that cannot be made keeps no
    other from it.
    """
    sign = partial(_sign, keys=keys, at=at, provisional=provisional)
    return _spread(sign, list(zip(contents, photos, strict=True)))


def portraits(originals: Sequence[bytes]) -> list[bytes]:
    """Return each picture as the portrait of a sheet, in the same order; empty where none can be drawn."""
    return list(_spread(_portrait, [(original,) for original in originals]))


def read_back_many(pairs: Sequence[tuple[Sealed, Content]], *, keys: Keys) -> list[tuple[str, ...]]:
    """Return what is wrong with each finished certificate, as codes, in the same order."""
    return list(_spread(partial(_read_back, keys=keys), pairs))


def _portrait(original: bytes) -> bytes:
    try:
        return pictures.portrait(original)
    except pictures.PictureRefused:
        return b""


def _sign(
    content: Content, photo: bytes, *, keys: Keys, at: datetime, provisional: bool
) -> Sealed | Unsealed:
    try:
        return seal.sign(content, keys=keys, at=at, photo=photo, provisional=provisional)
    except seal.NotSealed as refusal:
        return Unsealed(refusal.reasons, foreseen=True)
    except token.TokenTooLong:
        return Unsealed(("content.too_long",), foreseen=False)
    except typst.TypstError as error:
        lacking = pdf.flaws(rules.printed(content)) if pdf.MISSING_GLYPH in str(error) else ()
        return Unsealed(lacking or ("sheet.refused",), foreseen=False)
    # An isolation point: whatever one content does to a library, the others go on. Whether it was
    # the content is proved by whoever asked.
    except Exception as error:
        log.exception("certificate %s could not be made", content.number)
        return Unsealed((f"seal.broken:{type(error).__name__}",), foreseen=False)


def _read_back(sealed: Sealed, content: Content, *, keys: Keys) -> tuple[str, ...]:
    return seal.read_back(sealed, content=content, keys=keys)


def _spread(work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    every = list(arguments)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if len(every) < FEW or not cores or cores < 2:
        yield from (work(*one) for one in every)
        return
    columns = zip(*every, strict=True)
    try:
        yield from _pool(cores).map(work, *columns, chunksize=SHARE)
    except BrokenProcessPool:
        _pool.cache_clear()  # a pool that lost a worker takes no work any more; the next try gets a new one
        raise


@lru_cache(maxsize=1)
def _pool(cores: int) -> ProcessPoolExecutor:
    # Not forked: a fork of a threaded web or job process would copy locks and connections.
    return ProcessPoolExecutor(
        max_workers=cores,
        mp_context=get_context("spawn"),
        initializer=parent.end_with,
        initargs=(os.getpid(),),
    )
