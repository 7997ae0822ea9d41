"""From trees to contents and back: the only way a content comes into being."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kompeten.kernel import canonical, digest
from kompeten.schemes.rules import tree
from kompeten.schemes.rules.assembly import Library, assemble
from kompeten.schemes.rules.printing import unprinted
from kompeten.schemes.rules.provenance import unproven
from kompeten.schemes.rules.shape import FAILED, Shaper
from kompeten.schemes.rules.tree import Node
from kompeten.schemes.terms.content import SchemeContent, SchemeFile
from kompeten.schemes.terms.problems import Problem, SchemeInvalid


def build(scheme: Node, library: Library, *, found: tuple[Problem, ...] = ()) -> SchemeFile:
    """Return the scheme file written in `scheme`.

    :raises SchemeInvalid: with every problem of this file and of the shared files it uses, and
        with those already `found` while reading them
    """
    assembled = assemble(scheme, library)
    shaper = Shaper()
    content = shaper.build(SchemeContent, assembled.tree)
    start, end = _in_force(scheme, shaper)
    shaped = _not_told(assembled.problems, shaper.problems)
    problems = {*found, *assembled.problems, *shaped, *unproven(assembled.tree)}
    if isinstance(content, SchemeContent):
        problems |= {*unprinted(assembled.tree, content)}
    if problems:
        raise SchemeInvalid(tuple(sorted(problems)))
    return SchemeFile(scheme.file, content, digest_of(content), start, end)


def to_plain(content: SchemeContent) -> dict[str, Any]:
    """Return `content` as JSON types, ready for storing and for its digest."""
    plain: dict[str, Any] = canonical.plain(content)
    return plain


def from_plain(plain: Mapping[str, Any]) -> SchemeContent:
    """Return the content that `to_plain` wrote.

    :raises SchemeInvalid: `plain` is no content of a known schema
    """
    shaper = Shaper()
    content = shaper.build(SchemeContent, tree.from_plain(plain, file="content"))
    if shaper.problems or not isinstance(content, SchemeContent):
        raise SchemeInvalid(tuple(sorted(shaper.problems)))
    return content


def digest_of(content: SchemeContent) -> str:
    """Return the digest of the canonical bytes of `content`. Source: RFC 8785."""
    return digest.of(to_plain(content))


def _not_told(told: Iterable[Problem], shaped: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems that are not mere consequences: what was not found is also missing."""
    keys = {problem.key for problem in told}
    for problem in shaped:
        lent = "uses" in keys and problem.code == "key.missing" and "." not in problem.key
        if problem.key not in keys and not lent:
            yield problem


def _in_force(scheme: Node, shaper: Shaper) -> tuple[Any, date | None]:
    start = scheme.child("in_force_from")
    end = scheme.child("in_force_until")
    if start is None:
        return shaper.note(scheme, "in_force_from", "key.missing", "missing"), None
    first = shaper.build(date, start, "in_force_from")
    last = shaper.build(date | None, end, "in_force_until") if end else None
    if first is not FAILED and last not in (None, FAILED) and last <= first:
        shaper.note(end or start, "in_force_until", "date.order", f"{last} is not after {first}")
    return first, last
