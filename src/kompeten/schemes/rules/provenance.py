"""Is it said of every rule where it was found, or that it is not confirmed?

A value that is in no source is data with a visible mark, never a constant: a scheme file must
cover each of its rule values by a dotted path under `sources` or under `unverified`. A path
speaks for everything beneath it until a longer path says otherwise.
"""

from collections.abc import Iterator, Mapping, Set

from kompeten.schemes.rules.tree import Node
from kompeten.schemes.terms.problems import Problem

# Sections that hold rules; titles and catalogues of words need no source.
RULE_SECTIONS = (
    "authority",
    "legal_basis",
    "units",
    "routes",
    "instruments",
    "cognitive",
    "portfolio",
    "practice",
    "interview",
    "pass_rule",
    "certificate",
    "preparation",
    "committee",
    "retake",
    "appeal",
    "candidate_days",
    "service_days",
)


def unproven(tree: Node) -> Iterator[Problem]:
    """Yield a problem for each path that leads nowhere and each rule of unsaid origin."""
    said = {name: _said(tree, name) for name in ("sources", "unverified")}
    for name, paths in said.items():
        for path, reason in paths.items():
            if tree.at(path) is None:
                message = f"there is nothing at {path!r}"
                yield Problem(reason.file, reason.line, f"{name}.{path}", "path.unknown", message)
    for path in sorted(said["sources"].keys() & said["unverified"].keys()):
        reason = said["unverified"][path]
        message = f"{path!r} has a source and is called unverified"
        key = f"unverified.{path}"
        yield Problem(reason.file, reason.line, key, "provenance.both", message)
    covered = said["sources"].keys() | said["unverified"].keys()
    for section in RULE_SECTIONS:
        node = tree.child(section)
        if node is not None:
            yield from _uncovered(node, section, covered)


def _said(tree: Node, name: str) -> Mapping[str, Node]:
    node = tree.child(name)
    return node.mapping if node else {}


def _uncovered(node: Node, path: str, covered: Set[str]) -> Iterator[Problem]:
    if path in covered:
        return
    if any(said.startswith(f"{path}.") for said in covered):
        for name, child in node.children():
            yield from _uncovered(child, f"{path}.{name}", covered)
        return
    message = "neither under sources nor under unverified"
    yield Problem(node.file, node.line, path, "provenance.missing", message)
