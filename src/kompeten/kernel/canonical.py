"""What are the bytes of a record? One answer for ever: JSON in canonical form.

Source: RFC 8785, JSON Canonicalization Scheme.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import rfc8785

# The metadata of a field that came later: at its default it is left out, so that the bytes, and with
# them the digests, of everything written before it came stay what they were.
LATER = {"kompeten.later": True}

_AS_IT_IS = frozenset({str, int, bool, float, type(None)})
_SAFE = 2**53 - 1  # past it JSON's numbers are no longer exact
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def plain(value: Any) -> Any:
    """Return `value` as JSON types: dataclasses by field, enums by value, times as ISO 8601, sets sorted.

    A field with the metadata `LATER` is left out while it has its default.
    """
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if _is_told(f, value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _is_told(field: "Field[Any]", value: Any) -> bool:
    later = "kompeten.later" in field.metadata
    return not later or bool(getattr(value, field.name) != field.default)


def dumps(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of `value`.

    Python's own encoder writes them where it cannot differ from the standard (five times as fast); the
    library writes what has subtle rules: fractions, large numbers, names outside ASCII.

    :raises TypeError: a part has no JSON form (bytes, open files, models)
    :raises ValueError: a number or a text has no canonical form
    """
    told = plain(value)
    return _encode(told).encode() if _is_simple(told) else rfc8785.dumps(told)


def _is_simple(value: Any) -> bool:
    match value:
        case str():
            return value.isascii() or value.isprintable()
        case dict():
            return all(key.isascii() and _is_simple(item) for key, item in value.items())
        case list():
            return all(map(_is_simple, value))
        case None | bool():
            return True
        case int():
            return abs(value) <= _SAFE
    return False
