"""A file as written: values that remember the file and line they stand on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file; `line` counts from 1 and is the line of its key where it has one."""

    value: "Scalar | list[Node] | dict[str, Node]"
    file: str
    line: int

    @property
    def mapping(self) -> "dict[str, Node]":
        """Return the children by key; nothing where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Node]":
        """Return the entries; nothing where this is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str | None:
        """Return the value where it is text."""
        return self.value if isinstance(self.value, str) else None

    def child(self, key: str) -> "Node | None":
        """Return what stands under `key`: a key of a mapping, or the entry of a list so coded."""
        if isinstance(self.value, dict):
            return self.value.get(key)
        return dict(self.children()).get(key)

    def children(self) -> "Iterator[tuple[str, Node]]":
        """Yield the parts with the name a dotted path calls them by: key, code, or place from 0."""
        if isinstance(self.value, dict):
            yield from self.value.items()
            return
        for place, item in enumerate(self.items):
            code = item.mapping.get("code")
            yield (code.text if code and code.text else str(place)), item

    def at(self, path: str) -> "Node | None":
        """Return what stands at the dotted `path`, or None."""
        node: Node | None = self
        for step in path.split("."):
            node = node.child(step) if node else None
        return node


def join(path: str, step: str) -> str:
    """Return the dotted path that goes one `step` further."""
    return f"{path}.{step}" if path else step


def from_plain(value: Any, *, file: str) -> Node:
    """Return JSON-like `value` as a tree; every line is 0, since it was not written by hand."""
    if isinstance(value, dict):
        return Node({str(key): from_plain(item, file=file) for key, item in value.items()}, file, 0)
    if isinstance(value, list | tuple):
        return Node([from_plain(item, file=file) for item in value], file, 0)
    return Node(value, file, 0)
