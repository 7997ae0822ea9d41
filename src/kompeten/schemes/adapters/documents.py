"""From the text of a YAML file to a tree that knows its lines; nothing in the file is executed.

Only plain values are read: mappings, lists, text, whole numbers, true and false. Anchors, tags,
several documents in one file and doubled keys are problems, since a reader of the file could not
see what they come to.
"""

import re
from collections.abc import Iterator

import yaml

from kompeten.schemes.rules.tree import Node, join
from kompeten.schemes.terms.problems import Problem, SchemeInvalid

MAX_BYTES = 500_000
MAX_DEPTH = 20

# The C parser of the same library is some ten times faster; wheels carry it.
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PLAIN_TAGS = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:map",
    "tag:yaml.org,2002:seq",
}


def parse(content: bytes, *, file: str) -> Node:
    """Return the tree written in `content`; `file` is the name that problems are told with.

    :raises SchemeInvalid: with every problem found; what breaks the syntax is found alone
    """
    if len(content) > MAX_BYTES:
        message = f"more than {MAX_BYTES // 1000} kB are not read"
        raise SchemeInvalid((Problem(file, 1, "", "file.size", message),))
    parser = _Parser(file)
    tree = parser.tree(content)
    if parser.problems:
        raise SchemeInvalid(tuple(sorted(parser.problems)))
    return tree


class _Parser:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def tree(self, content: bytes) -> Node:
        root = self._compose(content)
        if root is None:
            self._note(1, "", "file.empty", "the file is empty")
            return Node({}, self.file, 1)
        return self._node(root, "", root.start_mark.line + 1)

    def _compose(self, content: bytes) -> yaml.Node | None:
        try:
            text = content.decode("utf-8-sig")
            self._refuse_traps(text)
            return yaml.compose(text, Loader=LOADER)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise self._fatal(line, "file.encoding", "this is not UTF-8 text") from error
        except yaml.reader.ReaderError as error:
            line = str(content[: error.position], "utf-8", "replace").count("\n") + 1
            raise self._fatal(line, "file.encoding", "a control character stands here") from error
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = 1 if mark is None else mark.line + 1
            raise self._fatal(line, "yaml.syntax", error.problem or "not readable") from error

    def _refuse_traps(self, text: str) -> None:
        """Refuse what a few bytes can fill a memory or a stack with, before anything is composed."""
        depth = 0
        for event in yaml.parse(text, Loader=LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                raise self._fatal(line, "yaml.alias", "anchors and references are not read")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                message = f"more than {MAX_DEPTH} levels are not read"
                raise self._fatal(line, "file.depth", message)

    def _fatal(self, line: int, code: str, message: str) -> SchemeInvalid:
        return SchemeInvalid((Problem(self.file, line, "", code, message),))

    def _note(self, line: int, key: str, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, key, code, message))

    def _node(self, node: yaml.Node, key: str, line: int) -> Node:
        if node.tag not in PLAIN_TAGS:
            self._note(line, key, "yaml.tag", f"{node.tag} is not read; write a plain value")
        if isinstance(node, yaml.MappingNode):
            return Node(dict(self._pairs(node, key)), self.file, line)
        if isinstance(node, yaml.SequenceNode):
            items = [
                self._node(item, join(key, str(place)), item.start_mark.line + 1)
                for place, item in enumerate(node.value)
            ]
            return Node(items, self.file, line)
        return Node(_scalar(str(node.value), node), self.file, line)

    def _pairs(self, node: yaml.MappingNode, key: str) -> Iterator[tuple[str, Node]]:
        seen: dict[str, int] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + 1
            name = str(name_node.value)
            path = join(key, name)
            if not isinstance(name_node, yaml.ScalarNode):
                self._note(line, key, "key.kind", "a key must be a plain word")
                continue
            if name in seen:
                message = f"{name!r} stands already on line {seen[name]}"
                self._note(line, path, "key.duplicate", message)
            seen[name] = line
            yield name, self._node(value_node, path, line)


def _scalar(text: str, node: yaml.Node) -> str | int | bool | None:
    """Return the value as a person reads it: `no` and `010` stay text, 2_000 is a number."""
    if node.tag.endswith(":str"):
        return text
    if text in ("true", "false"):
        return text == "true"
    if node.tag.endswith(":null"):
        return None
    if re.fullmatch(r"-?(0|[1-9][0-9_]*)", text):
        return int(text)
    return text
