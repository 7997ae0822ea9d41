"""What does a JSON-LD document state? Its statements (RDF quads), none of them lost.

Strict, as signing asks it: an undefined word, a relative address, a value that JSON-LD would drop or a
feature that we do not read is an error that names it. No network: contexts come from `held`.

Source: JSON-LD 1.1 Processing Algorithms and API, sections 5.1 (expansion), 5.3 (values), 8.1 (to RDF).
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kompeten.foundation.vc import context
from kompeten.foundation.vc.literals import RDF, of_json, of_value
from kompeten.foundation.vc.words import (
    EMPTY,
    KEYWORDS,
    Active,
    Term,
    Unsafe,
    checked,
    iri,
    is_language,
)

MOST_STATEMENTS = 20_000
_TYPE = f"<{RDF}type>"
_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_NO_TERM = Term(None)


class Quad(NamedTuple):
    """One statement, its four parts as N-Quads writes them; `graph` is "" for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


def of(document: Mapping[str, Any]) -> set[Quad]:
    """Return what `document` states; nodes without a name are numbered as they come.

    :raises Unsafe: it would lose something, cannot be read, or states nothing
    """
    reader = _Reader()
    try:
        reader.node(document, EMPTY, graph="")
    except RecursionError as error:
        raise Unsafe("the document is nested too deeply") from error
    if not reader.quads:
        raise Unsafe("the document states nothing")
    return reader.quads


class _Reader:
    """Reads one document; `quads` grows."""

    def __init__(self) -> None:
        self.quads: set[Quad] = set()
        self.named: dict[str, str] = {}
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return f"_:b{self.count}"

    def state(self, subject: str, predicate: str, object_: str, graph: str) -> None:
        self.quads.add(Quad(subject, predicate, object_, graph))
        if len(self.quads) > MOST_STATEMENTS:
            raise Unsafe("the document states too much")

    def resource(self, address: str) -> str:
        """Return an IRI or a blank node as a part of a statement."""
        if address.startswith("_:"):
            return self.named.setdefault(address, "") or self._name(address)
        return f"<{checked(address)}>"

    def _name(self, address: str) -> str:
        self.named[address] = self.fresh()
        return self.named[address]

    def node(self, element: Mapping[str, Any], active: Active, *, graph: str) -> str:
        """State a node and everything within it; return its name."""
        active, typed = self._known_within(element, active)
        keywords, properties = _entries(element, active)
        if keywords.keys() - {"@id", "@type"}:
            raise Unsafe(f"{', '.join(sorted(keywords))} is not read here")
        subject = self._subject(keywords, active)
        for kind in _as_list(keywords.get("@type", [])):
            meaning = iri(_text(kind, "a type"), typed, vocab=True)
            if meaning in KEYWORDS:
                raise Unsafe(f"{kind} is no type")
            self.state(subject, _TYPE, self.resource(meaning), graph)
        for predicate, name, value in properties:
            self._property(subject, predicate, name, value, active, graph=graph)
        return subject

    def _known_within(self, element: Mapping[str, Any], active: Active) -> tuple[Active, Active]:
        """Return the words known inside a node, and those by which its own types are named."""
        if "@context" in element:
            active = context.process(active, element["@context"])
        typed = active
        for kind in sorted(_types(element, active)):
            term = typed.terms.get(kind)
            if term is not None:
                active = context.of_type(active, term)
        return active, typed

    def _subject(self, keywords: Mapping[str, Any], active: Active) -> str:
        if "@id" not in keywords:
            return self.fresh()
        return self.resource(_address(iri(_text(keywords["@id"], "an id"), active, vocab=False)))

    def _property(
        self, subject: str, predicate: str, name: str, value: Any, active: Active, *, graph: str
    ) -> None:
        term = active.terms.get(name, _NO_TERM)
        part = self.resource(predicate)
        if predicate.startswith("_:"):
            raise Unsafe(f"{name} stands for a node without a name")
        if term.type == "@json":
            self.state(subject, part, of_json(value), graph)
        elif "@list" in term.container and not _is_list_object(value, active):
            self.state(subject, part, self._list(value, term, active, graph=graph), graph)
        else:
            for item in _flat(value):
                if "@graph" in term.container:
                    object_ = self._graph(item, term, active)
                else:
                    object_ = self._item(item, term, active, graph=graph)
                self.state(subject, part, object_, graph)

    def _graph(self, item: Any, term: Term, active: Active) -> str:
        if not isinstance(item, Mapping):
            raise Unsafe("what is to be a graph of its own is no object")
        name = self.fresh()
        self.node(item, self._next(item, term, active), graph=name)
        return name

    def _item(self, item: Any, term: Term, active: Active, *, graph: str) -> str:
        if not isinstance(item, Mapping):
            return self._scalar(item, term, context.of_property(active, term))
        within = self._next(item, term, active)
        known = context.process(within, item["@context"]) if "@context" in item else within
        meanings = {_keyword(name, known) for name in item}
        if "@value" in meanings:
            return self._value(item, known)
        if "@list" in meanings:
            return self._list_object(item, term, known, graph=graph)
        if "@set" in meanings:
            raise Unsafe("@set is not read here")
        return self.node(item, within, graph=graph)

    def _next(self, item: Mapping[str, Any], term: Term, active: Active) -> Active:
        """Return the words known in a value before its own: what came with a type ends here."""
        if active.previous is not None:
            meanings = [_keyword(name, active) for name in item]
            if "@value" not in meanings and meanings != ["@id"]:
                active = active.previous
        return context.of_property(active, term)

    def _list(self, value: Any, term: Term, active: Active, *, graph: str) -> str:
        head, items = _NIL, []
        for item in _as_list(value):
            if item is None or isinstance(item, list):
                raise Unsafe("a list holds null or another list")
            items.append(self._item(item, term, active, graph=graph))
        for object_ in reversed(items):
            cell = self.fresh()
            self.state(cell, _FIRST, object_, graph)
            self.state(cell, _REST, head, graph)
            head = cell
        return head

    def _list_object(
        self, item: Mapping[str, Any], term: Term, active: Active, *, graph: str
    ) -> str:
        keywords, properties = _entries(item, active)
        if properties or keywords.keys() != {"@list"}:
            raise Unsafe("a list has other members beside")
        return self._list(keywords["@list"], term, active, graph=graph)

    def _value(self, item: Mapping[str, Any], active: Active) -> str:
        entries, properties = _entries(item, active)
        if properties or entries.keys() - {"@value", "@type", "@language", "@direction"}:
            raise Unsafe("a value has other members beside")
        value, kind = entries["@value"], entries.get("@type")
        if kind is not None:
            if entries.keys() & {"@language", "@direction"}:
                raise Unsafe("a value has both a type and a language")
            meaning = iri(_text(kind, "a type"), active, vocab=True)
            if meaning == "@json":
                return of_json(value)
            return of_value(value, datatype=checked(meaning))
        return _spoken(value, entries.get("@language"), entries.get("@direction"))

    def _scalar(self, value: Any, term: Term, active: Active) -> str:
        if term.type in ("@id", "@vocab") and isinstance(value, str):
            is_word = term.type == "@vocab" and value in active.terms
            by_vocab = is_word or (term.type == "@vocab" and active.vocab is not None)
            return self.resource(_address(iri(value, active, vocab=by_vocab)))
        if term.type not in (None, "@id", "@vocab", "@none"):
            return of_value(value, datatype=term.type)
        if not isinstance(value, str):
            return of_value(value)
        language = active.language if term.language == "" else term.language
        direction = active.direction if term.direction == "" else term.direction
        return of_value(value, language=language, direction=direction)


def _spoken(value: Any, language: Any, direction: Any) -> str:
    """Return the literal of a value object without a type."""
    if language is None and direction is None:
        return of_value(value)
    if language is not None and not is_language(language):
        raise Unsafe(f"{language!r} is no language")
    if direction not in (None, "ltr", "rtl") or not isinstance(value, str):
        raise Unsafe("only a text has a language and a direction, and that is ltr or rtl")
    return of_value(value, language=language, direction=direction)


def _entries(
    element: Mapping[str, Any], active: Active
) -> tuple[dict[str, Any], list[tuple[str, str, Any]]]:
    """Return the members that are keywords, and the others with what each name means."""
    keywords: dict[str, Any] = {}
    properties = []
    for name, value in element.items():
        if name == "@context":
            continue
        meaning = iri(name, active, vocab=True)
        if meaning in keywords:
            raise Unsafe(f"{meaning} is said twice under different names")
        if meaning in KEYWORDS:
            keywords[meaning] = value
        else:
            properties.append((meaning, name, value))
    return keywords, properties


def _keyword(name: str, active: Active) -> str:
    """Return the keyword that a name stands for, or "": what else it means may only be known within."""
    term = active.terms.get(name)
    meaning = term.id if term is not None else name
    return meaning if meaning in KEYWORDS else ""


def _types(element: Mapping[str, Any], active: Active) -> list[str]:
    found: list[str] = []
    for name, value in element.items():
        term = active.terms.get(name)
        if name == "@type" or (term is not None and term.id == "@type"):
            found += [_text(kind, "a type") for kind in _as_list(value)]
    return found


def _flat(value: Any) -> Iterator[Any]:
    """Yield the values of a property; null says that there is none, which is what its absence says."""
    for item in _as_list(value):
        if isinstance(item, list):
            yield from _flat(item)
        elif item is not None:
            yield item


def _is_list_object(value: Any, active: Active) -> bool:
    return isinstance(value, Mapping) and any(_keyword(name, active) == "@list" for name in value)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise Unsafe(f"{what} is no text")
    return value


def _address(meaning: str) -> str:
    if meaning in KEYWORDS:
        raise Unsafe(f"{meaning} is no address")
    return meaning
