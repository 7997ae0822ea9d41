"""How does a record become paper? Typst templates with JSON data; the same input gives the same bytes."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from kompeten.kernel.canonical import plain

_ONE_AT_A_TIME = Lock()
# The package: a template may ask for what papers share as "/foundation/paper.typ".
_ROOT = Path(__file__).parents[1]
Picture = Literal["png", "svg"]


def pdf(template: Path, data: Any, *, at: datetime) -> bytes:
    """Return `template` (a .typ file) set with `data`, which it reads from `sys.inputs.data` as JSON.

    `at` becomes the document's date. Only fonts within the typesetter are used.
    """
    text = json.dumps(plain(data), ensure_ascii=False)
    with _ONE_AT_A_TIME:  # the compiler refuses a second thread
        compiled = _compiler().compile(
            input=str(template),
            root=str(_ROOT),
            format="pdf",
            sys_inputs={"data": text},
            pdf_standards=["a-3a", "ua-1"],  # archival and accessible at once
            timestamp=at.replace(microsecond=0),
        )
    if not isinstance(compiled, bytes):
        raise TypeError("the typesetter returned no document")
    return compiled


def picture(template: Path, data: Any, *, kind: Picture, ppi: int, at: datetime) -> bytes:
    """Return the one page of `template` as "png" (with `ppi` pixels an inch) or "svg"; see `pdf`."""
    text = json.dumps(plain(data), ensure_ascii=False)
    with _ONE_AT_A_TIME:
        compiled = _compiler().compile(
            input=str(template),
            root=str(_ROOT),
            format=kind,
            ppi=ppi,
            sys_inputs={"data": text},
            timestamp=at.replace(microsecond=0),
        )
    if not isinstance(compiled, bytes):
        raise TypeError("the template has more than one page")
    return compiled


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    # One per process: it keeps fonts and parsed templates (40 ms for the first page, 3 ms after).
    return typst.Compiler(ignore_system_fonts=True)
