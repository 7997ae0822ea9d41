"""`kompeten files`: let every stored file be sealed with the secret in force, and find lists of old."""

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from kompeten.applications.actions import sheets
from kompeten.foundation import clock, files
from kompeten.ops.commands import command, noun
from kompeten.ops.output import answer, progress

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun with its verb."""
    verbs = noun(sub, "files", help="the store of documents and sheets")
    command(
        verbs,
        "seal",
        help="encrypt with the present secret what lies there otherwise; may be stopped and said again",
        handler=_seal,
        tables=False,
    )
    command(
        verbs,
        "trace-lists",
        help="find spreadsheets that were only looked at before each was noted down; once, after an upgrade",
        handler=_trace,
    )


def _trace(args: argparse.Namespace) -> int:
    found = sheets.trace_lists(at=clock.now())
    answer(args, {"found": found}, [f"{found} found; they go with the next `kompeten retention`"])
    return 0


def _seal(args: argparse.Namespace) -> int:
    told: Counter[str] = Counter()
    for name in files.names():
        try:
            told["sealed" if files.reseal(name) else "kept"] += 1
        except files.FileDamaged as damaged:
            progress(f"left as it is: {damaged}")
            told["damaged"] += 1
    counts = {key: told[key] for key in ("sealed", "kept", "damaged")}
    line = "{sealed} sealed anew, {kept} were, {damaged} cannot be opened".format(**counts)
    answer(args, counts, [line])
    return 1 if told["damaged"] else 0
