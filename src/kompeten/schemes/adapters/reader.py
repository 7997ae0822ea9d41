"""Where do scheme files lie, and what do they say together?

A folder holds one file for each scheme; `common/` beside them holds shared rules and catalogues,
`instruments/` the instruments. The room's own files are the default folder.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kompeten.schemes.adapters.documents import parse
from kompeten.schemes.rules.assembly import CATALOGUES, Library
from kompeten.schemes.rules.building import build
from kompeten.schemes.rules.tree import Node
from kompeten.schemes.terms.content import SchemeFile
from kompeten.schemes.terms.problems import Problem, SchemeInvalid

PACKAGED = Path(__file__).resolve().parent.parent / "data"
CATALOGUE_FILES = (*CATALOGUES, "documents")


@dataclass(slots=True)
class _Folder:
    """One folder of scheme files, and the problems met while reading the shared ones."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def library(self) -> Library:
        shared = dict(self._trees("common"))
        standards = {code: tree for code, tree in shared.items() if code not in CATALOGUE_FILES}
        catalogues = {
            code: self._entries(shared[code]) for code in CATALOGUE_FILES if code in shared
        }
        return Library(standards, dict(self._trees("instruments")), catalogues)

    def _trees(self, folder: str) -> Iterator[tuple[str, Node]]:
        for path in sorted((self.root / folder).glob("*.yaml")):
            tree = self.tree(path)
            if tree is not None:
                yield path.stem, tree

    def tree(self, path: Path) -> Node | None:
        try:
            return parse(path.read_bytes(), file=path.relative_to(self.root).as_posix())
        except SchemeInvalid as invalid:
            self.problems.extend(invalid.problems)
            return None

    def _entries(self, tree: Node) -> Mapping[str, Node]:
        return {name: entry for name, entry in tree.children() if name.isidentifier()}


def read(path: Path) -> SchemeFile:
    """Return the scheme file at `path`, with the shared files of its folder.

    :raises SchemeInvalid: with all problems of the file and the shared files
    :raises OSError: the file cannot be opened
    """
    folder = _Folder(path.parent)
    library = folder.library()
    tree = folder.tree(path)
    if tree is None:
        raise SchemeInvalid(tuple(sorted(folder.problems)))
    return build(tree, library, found=tuple(folder.problems))


def read_all(root: Path = PACKAGED) -> tuple[SchemeFile, ...]:
    """Return every scheme file in `root`, by name.

    :raises SchemeInvalid: with the problems of all files together
    """
    folder = _Folder(root)
    library = folder.library()
    trees = [folder.tree(path) for path in sorted(root.glob("*.yaml"))]
    problems = list(folder.problems)
    files = []
    for tree in (tree for tree in trees if tree is not None):
        try:
            files.append(build(tree, library))
        except SchemeInvalid as invalid:
            problems.extend(invalid.problems)
    problems.extend(_doubled(files))
    if problems:
        raise SchemeInvalid(tuple(sorted(set(problems))))
    return tuple(files)


@cache
def packaged() -> tuple[SchemeFile, ...]:
    """Return the room's own scheme files, read once in a process."""
    return read_all(PACKAGED)


def _doubled(files: list[SchemeFile]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file in files:
        code = file.content.code
        if code in seen:
            message = f"{code!r} is already the code of {seen[code]}"
            yield Problem(file.name, 1, "code", "code.duplicate", message)
        seen.setdefault(code, file.name)
