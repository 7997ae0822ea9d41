"""Which words does a context bring? JSON-LD contexts, read strictly.

Refused besides what is malformed: features that no credential needs and that lose or move words
(`@import`, `@base`, `@propagate`, `@reverse`, `@nest`, `@index`, maps by id, type, index, language).

Source: JSON-LD 1.1 Processing Algorithms and API, sections 4.1 (contexts) and 4.2 (terms).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kompeten.foundation.vc import held
from kompeten.foundation.vc.words import (
    EMPTY,
    KEYWORDS,
    Active,
    ContextUnknown,
    Term,
    Unsafe,
    iri,
    is_iri,
    is_language,
)

_OF_CONTEXTS = frozenset(["@version", "@vocab", "@language", "@direction", "@protected"])
_OF_TERMS = frozenset(
    ["@id", "@type", "@container", "@context", "@language", "@direction", "@protected", "@prefix"]
)
_CONTAINERS = frozenset(
    frozenset(words.split()) for words in ("", "@set", "@list", "@graph", "@graph @set")
)
_DIRECTIONS = ("ltr", "rtl", None)
_DELIMITERS = ":/?#[]@"


def process(active: Active, local: Any, *, override: bool = False) -> Active:
    """Return the words known after `local`: an address, an object, null, or a list of these.

    `override` lets it change protected words, as the context that belongs to a property may.

    :raises ContextUnknown: it names one that is not held
    :raises Unsafe: it is malformed, changes a protected word, or uses what we refuse
    """
    for one in local if isinstance(local, list) else [local]:
        active = _one(active, one, override=override)
    return active


def of_property(active: Active, term: Term) -> Active:
    """Return the words known inside the values of a property, whose term may bring some."""
    if not term.has_context:
        return active
    return _kept(
        active, ("property", id(term)), term, lambda: process(active, term.context, override=True)
    )


def of_type(active: Active, term: Term) -> Active:
    """Return the words known inside a node of a type, up to the next node."""

    def made() -> Active:
        after = process(active, term.context)
        return replace(after, previous=active.previous or active, made={})

    return _kept(active, ("type", id(term)), term, made) if term.has_context else active


def _kept(active: Active, key: object, of: object, make: Any) -> Active:
    # `of` is kept beside, so that its identity is not given to another object meanwhile.
    if key not in active.made:
        active.made[key] = (of, make())
    return active.made[key][1]


def _one(active: Active, local: Any, *, override: bool) -> Active:
    if local is None:
        if not override and any(term.is_protected for term in active.terms.values()):
            raise Unsafe("a context takes protected words away")
        return EMPTY
    if isinstance(local, str):
        stated = held.document(local)
        if stated is None:
            raise ContextUnknown(f"the context {local} is not held here, and nothing is fetched")
        key = ("held", local, override)
        return _kept(active, key, stated, lambda: _object(active, stated, override=override))
    if not isinstance(local, Mapping):
        raise Unsafe("a context is an address, an object, or a list of these")
    return _object(active, _unwrapped(local), override=override)


def _unwrapped(local: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the definitions in an object that holds them as a context file does, and nothing else.

    The grammar of JSON-LD (section 9.15) has no such form. The processors in use read it, each in
    this sense, and signed documents bear it.
    """
    within = local.get("@context")
    return within if len(local) == 1 and isinstance(within, Mapping) else local


def _object(active: Active, local: Mapping[str, Any], *, override: bool) -> Active:
    for name in local:
        if name.startswith("@") and name in KEYWORDS and name not in _OF_CONTEXTS | {"@type"}:
            raise Unsafe(f"a context uses {name}")
    if local.get("@version", 1.1) != 1.1:
        raise Unsafe("a context is of another version")
    if not isinstance(local.get("@protected", False), bool):
        raise Unsafe("@protected is neither true nor false")
    made = replace(active, terms=dict(active.terms), made={})
    if "@vocab" in local:
        made.vocab = _vocab(local["@vocab"], active)
    if "@language" in local:
        made.language = _language(local["@language"])
    if "@direction" in local:
        made.direction = _direction(local["@direction"])
    definitions = _Definitions(active, made, local, override=override)
    for name in local:
        if name not in _OF_CONTEXTS:
            definitions.define(name)
    return made


def _vocab(value: Any, active: Active) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not is_iri(value):
        raise Unsafe("@vocab is no absolute address")
    return iri(value, active, vocab=True)


def _language(value: Any) -> str | None:
    if value is not None and not is_language(value):
        raise Unsafe(f"{value!r} is no language")
    return None if value is None else str(value)


def _direction(value: Any) -> str | None:
    if value not in _DIRECTIONS:
        raise Unsafe(f"{value!r} is no direction")
    return None if value is None else str(value)


class _Definitions:
    """The words that one context defines, each in its turn; `before` is what was known until here."""

    def __init__(
        self, before: Active, made: Active, local: Mapping[str, Any], *, override: bool
    ) -> None:
        self.before = before
        self.made = made
        self.local = local
        self.override = override
        self.done: dict[str, bool] = {}

    def define(self, name: str) -> None:
        """Define the word `name`, and before it those it builds on; nothing if it is not in here."""
        if name not in self.local or name in _OF_CONTEXTS:
            return
        if name in self.done:
            if not self.done[name]:
                raise Unsafe(f"the word {name} is defined by itself")
            return
        self.done[name] = False
        term = self._term(name, self.local[name])
        known = self.before.terms.get(name)
        if known is not None and known.is_protected and not self.override:
            if replace(known, is_protected=term.is_protected) != term:
                raise Unsafe(f"the word {name} is protected and may not get another meaning")
            term = known
        self.made.terms[name] = term
        self.done[name] = True

    def _term(self, name: str, value: Any) -> Term:
        if not name or (name.startswith("@") and name != "@type"):
            raise Unsafe(f"{name!r} can be no word")
        is_simple = isinstance(value, str)
        stated = {"@id": value} if is_simple or value is None else value
        if not isinstance(stated, Mapping) or stated.keys() - _OF_TERMS:
            raise Unsafe(f"the word {name} is defined in a way that we do not read")
        # It is unknown while it is being defined, so that it cannot build on its old meaning.
        self.made.terms.pop(name, None)
        meaning = self._id(name, stated)
        is_protected = stated.get("@protected", self.local.get("@protected", False))
        if name == "@type" and (meaning != "@type" or stated.keys() - {"@container", "@protected"}):
            raise Unsafe("@type may not get another meaning")
        return Term(
            id=meaning,
            type=self._type(stated.get("@type")),
            container=_container(stated.get("@container", [])),
            has_context="@context" in stated,
            context=stated.get("@context"),
            language=_language(stated["@language"]) if "@language" in stated else "",
            direction=_direction(stated["@direction"]) if "@direction" in stated else "",
            is_prefix=_is_prefix(name, meaning, stated, is_simple=is_simple),
            is_protected=bool(is_protected),
        )

    def _id(self, name: str, stated: Mapping[str, Any]) -> str | None:
        if stated.get("@id", name) != name or ("@id" in stated and stated["@id"] is None):
            return self._stated_id(name, stated["@id"])
        if name == "@type":
            return "@type"
        if ":" in name[1:]:
            return _no_blank(self._as_address(name))
        if self.made.vocab is not None and "/" not in name:
            return self.made.vocab + name
        raise Unsafe(f"the word {name} is defined without a meaning")

    def _stated_id(self, name: str, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or value == "@context":
            raise Unsafe(f"the word {name} stands for what is no address")
        meaning = _no_blank(iri(value, self.made, vocab=True, define=self.define))
        if (":" in name[1:-1] or "/" in name) and self._as_address(name) != meaning:
            raise Unsafe(f"the word {name} looks like another address than it stands for")
        return meaning

    def _as_address(self, name: str) -> str:
        return iri(name, self.made, vocab=True, define=self._define_prefix(name))

    def _define_prefix(self, name: str) -> Any:
        return lambda word: None if word == name else self.define(word)

    def _type(self, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise Unsafe("the type of a word is no address")
        meaning = iri(value, self.made, vocab=True, define=self.define)
        if meaning in {"@id", "@vocab", "@json", "@none"} or (
            is_iri(meaning) and meaning[0] != "_"
        ):
            return meaning
        raise Unsafe(f"a word cannot be of type {value}")


def _container(value: Any) -> frozenset[str]:
    stated = [value] if isinstance(value, str) else value
    if not isinstance(stated, list) or not all(isinstance(one, str) for one in stated):
        raise Unsafe("a container is named by a keyword")
    if frozenset(stated) not in _CONTAINERS:
        raise Unsafe(f"the container {' '.join(stated)} is not read here")
    return frozenset(stated)


def _is_prefix(
    name: str, meaning: str | None, stated: Mapping[str, Any], *, is_simple: bool
) -> bool:
    if "@prefix" in stated:
        if not isinstance(stated["@prefix"], bool) or ":" in name or "/" in name:
            raise Unsafe(f"the word {name} cannot be a prefix")
        return bool(stated["@prefix"])
    plain = ":" not in name[1:] and "/" not in name
    return bool(is_simple and plain and meaning and meaning[-1] in _DELIMITERS)


def _no_blank(meaning: str) -> str:
    if meaning.startswith("_:"):
        raise Unsafe("a word stands for a node without a name")
    return meaning
