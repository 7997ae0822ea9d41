"""What does a JSON text say? One meaning or none: no member twice, no NaN, no endless nesting."""

import json
from typing import Any


class Unreadable(ValueError):
    """The text is no JSON, or has more than one meaning."""


def read(content: bytes | str) -> Any:
    """Return the value that `content` states. :raises Unreadable: it states none, or several"""
    try:
        return json.loads(content, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"this is no JSON that can be believed: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member is there twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
