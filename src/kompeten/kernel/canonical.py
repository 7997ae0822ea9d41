"""What are the bytes of a record? One answer for ever: JSON in canonical form.

Source: RFC 8785, JSON Canonicalization Scheme.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

import rfc8785

# The metadata of a field that came later: at its default it is left out, so that the bytes, and with
# them the digests, of everything written before it came stay what they were.
LATER = {"kompeten.later": True}

_AS_IT_IS = frozenset({str, int, bool, float, type(None)})
_NEVER = object()
_SAFE = 2**53 - 1  # past it JSON's numbers are no longer exact
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def plain(value: Any) -> Any:
    """Return `value` as JSON types: dataclasses by field, enums by value, times as ISO 8601, sets sorted.

    A field with the metadata `LATER` is left out while it has its default.
    """
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is dict:
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [plain(item) for item in value]
    if is_dataclass(kind):
        return {
            name: plain(told)
            for name, default in _told(kind)
            if (told := getattr(value, name)) != default
        }
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return what is of a rarer kind as JSON types, see `plain`."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


@cache
def _told(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a dataclass, each with the value at which it is left out, or one never met."""
    return tuple(
        (f.name, f.default if LATER.keys() <= f.metadata.keys() else _NEVER) for f in fields(kind)
    )


def dumps(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of `value`.

    Python's own encoder writes them where it cannot differ from the standard (five times as fast); the
    library writes what has subtle rules: fractions, large numbers, names outside ASCII.

    :raises TypeError: a part has no JSON form (bytes, open files, models)
    :raises ValueError: a number or a text has no canonical form
    """
    if _is_simple(value):  # what came as JSON is plain already, and need not be copied
        return _encode(value).encode()
    told = plain(value)
    return _encode(told).encode() if _is_simple(told) else rfc8785.dumps(told)


def _is_simple(value: Any) -> bool:
    match value:
        case str():
            return value.isascii() or value.isprintable()
        case dict():
            return all(
                isinstance(key, str) and key.isascii() and _is_simple(item)
                for key, item in value.items()
            )
        case list():
            return all(map(_is_simple, value))
        case None | bool():
            return True
        case int():
            return abs(value) <= _SAFE
    return False
