"""How does a command answer? Words for a person, JSON for a program; progress never on standard output."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from kompeten.kernel.canonical import plain


def answer(args: argparse.Namespace, payload: Any, lines: Iterable[str]) -> None:
    """Print `payload` as JSON when `--json` was given, else `lines`.

    `payload` may hold dataclasses, enums and times; keys keep their order.
    """
    if args.json:
        print(json.dumps(plain(payload), ensure_ascii=False, indent=2), flush=True)
        return
    for line in lines:
        print(line, flush=True)


def progress(text: str) -> None:
    """Tell a waiting person what is going on, on standard error."""
    print(text, file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return `rows` under `head` as lines in columns; figures to the right, words to the left.

    >>> table(("room", "people"), [("exams", 12), ("training", 7)])
    ['room      people', 'exams         12', 'training       7']
    """
    body = [list(row) for row in rows]
    cells = [[*map(str, head)], *([str(cell) for cell in row] for row in body)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    right = [
        bool(body) and all(isinstance(r[i], int | float) for r in body) for i in range(len(head))
    ]
    return [
        "  ".join(
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in cells
    ]
