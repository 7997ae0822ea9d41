"""Does a tree have the shape of a dataclass? One reader that checks everything and builds."""

import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from kompeten.schemes.rules.consistency import contradictions
from kompeten.schemes.rules.tree import Node, join
from kompeten.schemes.terms.limits import Between, Items, Pattern
from kompeten.schemes.terms.problems import Problem


class _Failed:
    """Stands for a value that could not be built; its problem is already noted."""


FAILED: Final = _Failed()


class Shaper:
    """Builds values from trees and notes every problem on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def build(self, shape: Any, node: Node, key: str = "") -> Any:
        """Return the value of type `shape` written at `node`, or FAILED with problems noted."""
        if get_origin(shape) is Annotated:
            return self._limited(shape, node, key)
        if get_origin(shape) in (Union, types.UnionType):
            inner = next(part for part in get_args(shape) if part is not type(None))
            return None if node.value is None else self.build(inner, node, key)
        if get_origin(shape) is tuple:
            return self._list(get_args(shape)[0], node, key)
        if get_origin(shape) is Mapping:
            keys, values = get_args(shape)
            return self._mapping(keys, values, node, key)
        if is_dataclass(shape):
            return self._record(shape, node, key)
        return self._scalar(shape, node, key)

    def note(self, node: Node, key: str, code: str, message: str) -> _Failed:
        """Note a problem at `node` and return FAILED."""
        self.problems.append(Problem(node.file, node.line, key, code, message))
        return FAILED

    def _record(self, shape: Any, node: Node, key: str) -> Any:
        if not isinstance(node.value, dict):
            return self.note(node, key, "type.wrong", f"expected named values, found {_say(node)}")
        known = _known(shape)
        misspelt = self._unknown(known, node, key)
        values = dict(self._fields(known, node, key, misspelt))
        if any(value is FAILED for value in values.values()):
            return FAILED
        record = shape(**values)
        wrong = list(contradictions(record))
        for name, code, message in wrong:
            self.note(node.at(name) or node, join(key, name), code, message)
        return FAILED if wrong else record

    def _unknown(self, known: Iterable[str], node: Node, key: str) -> set[str]:
        """Note the keys nobody knows; return the known ones that they seem to mean."""
        meant = set()
        for name, child in node.mapping.items():
            if name not in known:
                message = f"unknown key {name!r}{suggestion(name, known)}"
                self.note(child, join(key, name), "key.unknown", message)
                meant.update(_nearest(name, known))
        return meant

    def _fields(
        self, known: Mapping[str, tuple[Field[Any], Any]], node: Node, key: str, misspelt: set[str]
    ) -> Iterator[tuple[str, Any]]:
        for name, (field, shape) in known.items():
            child = node.mapping.get(name)
            if child is not None:
                yield name, self.build(shape, child, join(key, name))
            elif name in misspelt:
                yield name, FAILED
            elif field.default is MISSING and field.default_factory is MISSING:
                yield name, self.note(node, join(key, name), "key.missing", "missing")

    def _limited(self, shape: Any, node: Node, key: str) -> Any:
        inner, *limits = get_args(shape)
        value = self.build(inner, node, key)
        for limit in limits:
            if value is not FAILED:
                value = self._limit(limit, value, node, key)
        return value

    def _limit(self, limit: object, value: Any, node: Node, key: str) -> Any:
        match limit:
            case Between(least, most) if not least <= value <= most:
                return self.note(
                    node, key, "value.range", f"{value} is not between {least} and {most}"
                )
            case Pattern(regex, meaning) if not re.fullmatch(regex, value):
                return self.note(
                    node, key, "value.pattern", f"{_say(node)} is not right: {meaning}"
                )
            case Items(least, _) if len(value) < least:
                return self.note(node, key, "list.short", f"at least {least} entries are needed")
            case Items(_, unique):
                return self._unique(value, unique, node, key)
        return value

    def _unique(self, values: tuple[Any, ...], name: str | None, node: Node, key: str) -> Any:
        seen: set[Any] = set()
        for value, item in zip(values, node.items, strict=True):
            code = getattr(value, name) if name else value
            if code in seen:
                message = f"{str(code)!r} stands twice in this list"
                return self.note(item, join(key, str(code)), "code.duplicate", message)
            seen.add(code)
        return values

    def _list(self, shape: Any, node: Node, key: str) -> Any:
        if not isinstance(node.value, list):
            return self.note(node, key, "type.wrong", f"expected a list, found {_say(node)}")
        values = [
            self.build(shape, item, join(key, name))
            for (name, item) in zip(_names(node), node.value, strict=True)
        ]
        return FAILED if any(value is FAILED for value in values) else tuple(values)

    def _mapping(self, keys: Any, values: Any, node: Node, key: str) -> Any:
        if not isinstance(node.value, dict):
            return self.note(node, key, "type.wrong", f"expected named values, found {_say(node)}")
        built = {}
        for name, child in node.value.items():
            path = join(key, name)
            word = self.build(keys, Node(name, child.file, child.line), path)
            built[name] = (word, self.build(values, child, path))
        if any(FAILED in pair for pair in built.values()):
            return FAILED
        return types.MappingProxyType(dict(_ordered(keys, built.values())))

    def _scalar(self, shape: Any, node: Node, key: str) -> Any:
        if isinstance(shape, type) and issubclass(shape, StrEnum):
            return self._word(shape, node, key)
        if shape is date:
            return self._date(node, key)
        if type(node.value) is shape:
            return node.value
        expected = {str: "text", int: "a whole number", bool: "true or false"}[shape]
        quotes = "; put it in quotes" if shape is str and not node.mapping and node.value else ""
        return self.note(
            node, key, "type.wrong", f"expected {expected}, found {_say(node)}{quotes}"
        )

    def _word(self, shape: type[StrEnum], node: Node, key: str) -> Any:
        words = [member.value for member in shape]
        if node.text in words:
            return shape(node.text)
        hint = suggestion(node.text, words) if node.text else ""
        message = f"{_say(node)} is none of {', '.join(words)}{hint}"
        return self.note(node, key, "value.choice", message)

    def _date(self, node: Node, key: str) -> Any:
        if node.text and re.fullmatch(r"\d{4}-\d\d-\d\d", node.text):
            try:
                return date.fromisoformat(node.text)
            except ValueError:
                message = f"{node.text} is no day of the calendar"
                return self.note(node, key, "date.impossible", message)
        return self.note(
            node, key, "type.wrong", f"expected a day like 2026-01-31, found {_say(node)}"
        )


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where a known word is near, else nothing."""
    near = _nearest(word, known)
    return f"; did you mean {near[0]!r}?" if near else ""


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word, list(known), n=1, cutoff=0.6)


@cache
def _known(shape: type) -> Mapping[str, tuple[Field[Any], Any]]:
    hints: dict[str, Any] = get_type_hints(shape, include_extras=True)
    return {field.name: (field, hints[field.name]) for field in fields(shape)}


def _ordered(keys: Any, pairs: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    # Words in the order they are declared, else by the alphabet: a database that stores JSON
    # may hand keys back in an order of its own (PostgreSQL's jsonb sorts them by length).
    if isinstance(keys, type) and issubclass(keys, StrEnum):
        declared = list(keys)
        return sorted(pairs, key=lambda pair: declared.index(pair[0]))
    return sorted(pairs, key=lambda pair: str(pair[0]))


def _names(node: Node) -> list[str]:
    return [name for name, _ in node.children()]


def _say(node: Node) -> str:
    says: dict[type, Callable[[Any], str]] = {
        dict: lambda _: "named values",
        list: lambda _: "a list",
        type(None): lambda _: "nothing",
        bool: lambda value: str(value).lower(),
    }
    say = says.get(type(node.value), repr)
    return say(node.value)
