"""Is it said of every rule where it was found, or that it is not confirmed?

A value that is in no source is data with a visible mark, never a constant: a scheme file must
cover each of its rule values by a dotted path under `sources` or under `unverified`. A path
speaks for everything beneath it until a longer path says otherwise; `*` stands for any one step.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kompeten.schemes.rules.tree import Node
from kompeten.schemes.terms.content import SchemeContent
from kompeten.schemes.terms.instruments import Bilingual
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


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value comes from: its `source`, or the `doubt` because of which it has none."""

    source: str | None = None
    doubt: Bilingual | None = None

    @property
    def verified(self) -> bool:
        """Say whether the value stands in a source."""
        return self.doubt is None and self.source is not None


def origin(content: SchemeContent, path: str) -> Origin:
    """Return what the longest path says of the value at `path`; of titles nothing is said."""
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        for pattern, doubt in content.unverified.items():
            if _matches(pattern.split("."), steps[:length]):
                return Origin(doubt=doubt)
        for pattern, source in content.sources.items():
            if _matches(pattern.split("."), steps[:length]):
                return Origin(source=source)
    return Origin()


def unproven(tree: Node) -> Iterator[Problem]:
    """Yield a problem for each path that leads nowhere and each rule of unsaid origin."""
    said = {name: _said(tree, name) for name in ("sources", "unverified")}
    for name, paths in said.items():
        for path, reason in paths.items():
            if not _leads(tree, path.split(".")):
                message = f"there is nothing at {path!r}"
                yield Problem(reason.file, reason.line, f"{name}.{path}", "path.unknown", message)
    for path in sorted(said["sources"].keys() & said["unverified"].keys()):
        reason = said["unverified"][path]
        message = f"{path!r} has a source and is called unverified"
        key = f"unverified.{path}"
        yield Problem(reason.file, reason.line, key, "provenance.both", message)
    covered = [path.split(".") for path in (*said["sources"], *said["unverified"])]
    for section in RULE_SECTIONS:
        node = tree.child(section)
        if node is not None:
            yield from _uncovered(node, [section], covered)


def _said(tree: Node, name: str) -> Mapping[str, Node]:
    node = tree.child(name)
    return node.mapping if node else {}


def _matches(pattern: Sequence[str], steps: Sequence[str]) -> bool:
    """Say whether `pattern`, in which `*` stands for any one step, is the path `steps`."""
    pairs = zip(pattern, steps, strict=False)
    return len(pattern) == len(steps) and all(want in ("*", step) for want, step in pairs)


def _leads(node: Node, steps: Sequence[str]) -> bool:
    if not steps:
        return True
    if steps[0] == "*":
        return any(_leads(child, steps[1:]) for _, child in node.children())
    child = node.child(steps[0])
    return child is not None and _leads(child, steps[1:])


def _uncovered(node: Node, steps: list[str], covered: list[list[str]]) -> Iterator[Problem]:
    if any(_matches(pattern, steps) for pattern in covered):
        return
    if any(_matches(pattern[: len(steps)], steps) for pattern in covered):
        for name, child in node.children():
            yield from _uncovered(child, [*steps, name], covered)
        return
    message = "neither under sources nor under unverified"
    yield Problem(node.file, node.line, ".".join(steps), "provenance.missing", message)
