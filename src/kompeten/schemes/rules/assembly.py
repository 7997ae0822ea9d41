"""From a scheme file and the shared files beside it to one tree that is complete in itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kompeten.schemes.rules.shape import suggestion
from kompeten.schemes.rules.tree import Node
from kompeten.schemes.terms.problems import Problem

# Where each value came from, or why it is not confirmed: by dotted path.
PROVENANCE = ("sources", "unverified")
# What only the file says and the content does not hold.
FILE_KEYS = ("uses", "in_force_from", "in_force_until")
INSTRUMENTS = ("curriculum_vitae", "self_description", "practice", "interview")
# List in a scheme file -> catalogue that explains its codes.
CATALOGUES = ("programs", "practice_fields")


@dataclass(frozen=True, slots=True)
class Library:
    """The shared files: whole sets of rules, instruments, and catalogues, by their codes."""

    standards: Mapping[str, Node] = field(default_factory=dict)
    instruments: Mapping[str, Node] = field(default_factory=dict)
    catalogues: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A complete tree, and what could not be found on the way to it."""

    tree: Node
    problems: tuple[Problem, ...]


def assemble(scheme: Node, library: Library) -> Assembled:
    """Return `scheme` with the shared rules it uses, and with instruments and catalogues inside.

    A section of the scheme's own replaces the shared one whole.
    """
    problems: list[Problem] = []
    parts = dict(scheme.mapping)
    lent = _lent(parts, library, problems)
    parts = {**lent, **{key: part for key, part in parts.items() if key not in FILE_KEYS}}
    for name in CATALOGUES:
        if name in parts:
            parts[name] = _looked_up(parts[name], name, library, problems)
    if "documents" not in parts:  # otherwise the shape refuses it where it stands
        parts["documents"] = _documents(parts, library, problems, scheme)
    if "instruments" in parts:
        parts["instruments"] = _instruments(parts, library, problems)
    return Assembled(Node(parts, scheme.file, scheme.line), tuple(problems))


def _lent(parts: dict[str, Node], library: Library, problems: list[Problem]) -> dict[str, Node]:
    uses = parts.get("uses")
    if uses is None:
        return {}
    standard = _find(uses, "uses", library.standards, problems)
    if standard is None:
        return {}
    lent = {
        key: node
        for key, node in standard.mapping.items()
        if key not in parts and key not in PROVENANCE
    }
    for name in PROVENANCE:
        said = standard.mapping.get(name)
        kept = {
            path: reason
            for path, reason in (said.mapping if said else {}).items()
            if path.split(".")[0] in lent
        }
        _say_more(parts, name, kept, uses)
    return lent


def _say_more(parts: dict[str, Node], name: str, more: Mapping[str, Node], place: Node) -> None:
    # What the scheme says itself goes before what it borrows.
    own = parts.get(name, Node({}, place.file, place.line))
    if isinstance(own.value, dict):
        parts[name] = Node({**more, **own.value}, own.file, own.line)


def _looked_up(node: Node, name: str, library: Library, problems: list[Problem]) -> Node:
    known = library.catalogues.get(name, {})
    found = [_find(item, name, known, problems) for item in node.items]
    if not isinstance(node.value, list):
        return node
    return Node([entry for entry in found if entry is not None], node.file, node.line)


def _documents(
    parts: Mapping[str, Node], library: Library, problems: list[Problem], scheme: Node
) -> Node:
    known = library.catalogues.get("documents", {})
    routes = parts.get("routes", Node({}, scheme.file, scheme.line))
    chosen: dict[str, Node] = {}
    for route, rules in routes.mapping.items():
        documents = rules.child("documents")
        for item in _codes(documents) if documents else ():
            entry = _find(item, f"routes.{route}.documents", known, problems)
            if entry is not None and item.text:
                chosen[item.text] = entry
    return Node([chosen[code] for code in known if code in chosen], routes.file, routes.line)


def _codes(documents: Node) -> Iterator[Node]:
    for name in ("required", "optional"):
        part = documents.mapping.get(name)
        yield from part.items if part else ()
    groups = documents.mapping.get("one_of")
    for group in groups.mapping.values() if groups else ():
        yield from group.items


def _instruments(parts: dict[str, Node], library: Library, problems: list[Problem]) -> Node:
    node = parts["instruments"]
    chosen: dict[str, Node] = {}
    for name, item in node.mapping.items():
        instrument = _find(item, f"instruments.{name}", library.instruments, problems)
        if instrument is None:
            continue
        for provenance in PROVENANCE:
            said = instrument.mapping.get(provenance)
            _say_more(parts, provenance, dict(_under(f"instruments.{name}", said)), node)
        body = {key: part for key, part in instrument.mapping.items() if key not in PROVENANCE}
        chosen[name] = Node(body, instrument.file, instrument.line)
    return Node(chosen, node.file, node.line) if isinstance(node.value, dict) else node


def _under(prefix: str, said: Node | None) -> Iterator[tuple[str, Node]]:
    for path, reason in (said.mapping if said else {}).items():
        yield (prefix if path == "all" else f"{prefix}.{path}"), reason


def _find(item: Node, key: str, known: Mapping[str, Node], problems: list[Problem]) -> Node | None:
    code = item.text
    if code is not None and code in known:
        return known[code]
    said = "a code was expected" if code is None else _unknown(code, known)
    problems.append(Problem(item.file, item.line, key, "reference.unknown", said))
    return None


def _unknown(code: str, known: Iterable[str]) -> str:
    return f"unknown code {code!r}{suggestion(code, known)}"
