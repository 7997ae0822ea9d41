"""In which order and under which names do statements stand? Canonical N-Quads, the same for everybody.

Nodes without a name get one from what is said of them. Where that does not tell them apart, ways
through the graph are tried; a graph can be made so that there are more ways than anybody can try, so
the work is counted and a poisonous graph is refused.

Source: RDF Dataset Canonicalization 1.0 (RDFC-1.0), sections 4.4 to 4.8, 7.1 (poisoned datasets).
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import permutations

from kompeten.foundation.vc.statements import Quad
from kompeten.foundation.vc.words import Unsafe

# A credential needs none or a few; this many take a quarter of a second.
MOST_WAYS = 50_000


class Poisoned(Unsafe):
    """The nodes without names are tied so that naming them would take for ever."""


def canonical(quads: Iterable[Quad], *, most: int = MOST_WAYS) -> bytes:
    """Return `quads` as canonical N-Quads, in UTF-8.

    :raises Poisoned: more than `most` ways through the graph would have to be tried
    """
    every = set(quads)
    try:
        names = _Canonizer(every, most).names()
    except RecursionError as error:
        raise Poisoned("the nodes without names are tied in too long a chain") from error
    return "".join(sorted(line(quad, names.get) for quad in every)).encode()


def line(quad: Quad, name: Callable[[str, str], str] = lambda part, _: part) -> str:
    """Return a statement as a line of N-Quads; `name(part, part)` says what a node of it is called there."""
    subject, predicate, object_, graph = quad
    end = f" {name(graph, graph)} .\n" if graph else " .\n"
    return f"{name(subject, subject)} {predicate} {name(object_, object_)}{end}"


class _Issuer:
    """Gives names in order: `prefix` and a number."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.given: dict[str, str] = {}

    def name(self, node: str) -> str:
        return self.given.setdefault(node, f"{self.prefix}{len(self.given)}")

    def copy(self) -> "_Issuer":
        other = _Issuer(self.prefix)
        other.given = dict(self.given)
        return other


class _Canonizer:
    """Names the nodes of one dataset; letters in comments are the steps of the specification."""

    def __init__(self, quads: set[Quad], most: int) -> None:
        self.said_of: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            for node in {part for part in quad if part.startswith("_:")}:
                self.said_of[node].append(quad)
        self.canonical = _Issuer("_:c14n")
        self.first: dict[str, str] = {}
        self.left = most

    def names(self) -> dict[str, str]:
        """Return the canonical name of each node without a name."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node in self.said_of:
            self.first[node] = self._hash_first(node)
            alike[self.first[node]].append(node)
        # Those whom their own statements tell apart, in the order of their hashes.
        for nodes in (alike[key] for key in sorted(alike)):
            if len(nodes) == 1:
                self.canonical.name(nodes[0])
        for nodes in (alike[key] for key in sorted(alike)):
            if len(nodes) > 1:
                self._name_alike(nodes)
        return self.canonical.given

    def _name_alike(self, nodes: list[str]) -> None:
        found = []
        for node in nodes:
            if node not in self.canonical.given:
                issuer = _Issuer("_:b")
                issuer.name(node)
                found.append(self._hash_ways(node, issuer))
        for _, issuer in sorted(found, key=lambda one: one[0]):
            for node in issuer.given:
                self.canonical.name(node)

    def _hash_first(self, node: str) -> str:
        def masked(part: str, default: str) -> str:
            if not part.startswith("_:"):
                return default
            return "_:a" if part == node else "_:z"

        return _sha256("".join(sorted(line(quad, masked) for quad in self.said_of[node])))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        name = self.canonical.given.get(related) or issuer.given.get(related)
        predicate = "" if position == "g" else quad.predicate
        return _sha256(position + predicate + (name or self.first[related]))

    def _hash_ways(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Return a hash of everything around `node`, and the names given on the way (4.8)."""
        around: dict[str, list[str]] = defaultdict(list)
        for quad in self.said_of[node]:
            for position, part in (("s", quad.subject), ("o", quad.object), ("g", quad.graph)):
                if part.startswith("_:") and part != node:
                    around[self._hash_related(part, quad, issuer, position)].append(part)
        text = ""
        for related in sorted(around):
            path, issuer = self._shortest_path(around[related], issuer)
            text += related + path
        return _sha256(text), issuer

    def _shortest_path(self, nodes: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        chosen, chosen_issuer = "", issuer
        for order in permutations(nodes):
            self._count()
            tried = self._path(order, issuer.copy(), chosen)
            if tried is not None and (not chosen or tried[0] < chosen):
                chosen, chosen_issuer = tried
        return chosen, chosen_issuer

    def _path(
        self, order: tuple[str, ...], issuer: _Issuer, chosen: str
    ) -> tuple[str, _Issuer] | None:
        """Return the path through `order`, or None once it cannot become shorter than `chosen`."""
        path, unseen = "", []
        for node in order:
            if node in self.canonical.given:
                path += self.canonical.given[node]
            else:
                if node not in issuer.given:
                    unseen.append(node)
                path += issuer.name(node)
            if _is_beyond(path, chosen):
                return None
        for node in unseen:
            digest, after = self._hash_ways(node, issuer)
            path += issuer.name(node) + f"<{digest}>"
            issuer = after
            if _is_beyond(path, chosen):
                return None
        return path, issuer

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Poisoned("the nodes without names are tied too closely to be told apart")


def _is_beyond(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
