"""How are many certificates made at once? The slow, pure work is shared among processes.

A few are made in this process. For many a pool is kept; its workers import no database and get
plain data, so a worker that dies takes nothing with it but its share, which the next try makes again.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any

from kompeten.certificates.adapters import seal
from kompeten.certificates.ports import Keys
from kompeten.certificates.terms import Content, Sealed

FEW = 24  # below this a pool costs more (0.6 s to start) than it saves (12 ms each)
SHARE = 8


def sign_many(contents: Sequence[Content], *, keys: Keys, at: datetime) -> list[Sealed]:
    """Return each content signed, in the same order, not yet read back.

    :raises NotSealed: one of them is unfit to be signed
    """
    return _spread(partial(seal.sign, keys=keys, at=at), [(content,) for content in contents])


def read_back_many(pairs: Sequence[tuple[Sealed, Content]], *, keys: Keys) -> list[tuple[str, ...]]:
    """Return what is wrong with each finished certificate, as codes, in the same order."""
    return _spread(partial(_read_back, keys=keys), pairs)


def _read_back(sealed: Sealed, content: Content, *, keys: Keys) -> tuple[str, ...]:
    return seal.read_back(sealed, content=content, keys=keys)


def _spread(work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
    every = list(arguments)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if len(every) < FEW or not cores or cores < 2:
        return [work(*one) for one in every]
    columns = zip(*every, strict=True)
    return list(_pool(cores).map(work, *columns, chunksize=SHARE))


@lru_cache(maxsize=1)
def _pool(cores: int) -> ProcessPoolExecutor:
    # Not forked: a fork of a threaded web or job process would copy locks and connections.
    return ProcessPoolExecutor(max_workers=cores, mp_context=get_context("spawn"))
