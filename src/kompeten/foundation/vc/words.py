"""What does a word of a document stand for, at one place of it?

What we sign must be carried over into statements whole, so whatever JSON-LD would drop in silence (a
word that nobody defined, a relative address) is an error here.

Source: JSON-LD 1.1 Processing Algorithms and API, section 5.2 (IRI expansion); RFC 3987; BCP 47.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# fmt: off
KEYWORDS = frozenset({
    "@base", "@container", "@context", "@default", "@direction", "@embed", "@explicit", "@graph", "@id",
    "@import", "@included", "@index", "@json", "@language", "@list", "@nest", "@none", "@omitDefault",
    "@prefix", "@preserve", "@propagate", "@protected", "@requireAll", "@reverse", "@set", "@type",
    "@value", "@version", "@vocab",
})
# fmt: on

_LIKE_KEYWORD = re.compile(r"@[A-Za-z]+")
# With a scheme, and without the characters that no IRI may hold.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


class Unsafe(ValueError):
    """A document would lose something on its way into statements, or says what we cannot read."""


class ContextUnknown(Unsafe):
    """A document names a context that is not held; nothing is fetched."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one word means. `id` is None where a context says that the word means nothing.

    `language` and `direction` are None where the word says that there is none, "" where it leaves
    that to the context. `has_context` tells a context of its own that is null from none at all.
    """

    id: str | None
    type: str | None = None
    container: frozenset[str] = frozenset()
    has_context: bool = False
    context: Any = None
    language: str | None = ""
    direction: str | None = ""
    is_prefix: bool = False
    is_protected: bool = False


@dataclass(slots=True)
class Active:
    """The words that are known at one place of a document; never changed once it is made.

    `previous` is what holds again inside the next node, where the words came with a type. `made`
    keeps what was made of it with held contexts, so that each is processed once a process.
    """

    terms: dict[str, Term] = field(default_factory=dict)
    vocab: str | None = None
    language: str | None = None
    direction: str | None = None
    previous: "Active | None" = None
    made: dict[object, tuple[object, "Active"]] = field(default_factory=dict, repr=False)


EMPTY = Active()


def is_iri(text: str) -> bool:
    """Say whether `text` is an absolute IRI.

    >>> is_iri("did:web:lsp.example"), is_iri("relative/path"), is_iri("http://a b")
    (True, False, False)
    """
    return _IRI.fullmatch(text) is not None


def is_language(text: object) -> bool:
    """Say whether `text` has the shape of a language tag."""
    return isinstance(text, str) and _LANGUAGE.fullmatch(text) is not None


def iri(
    value: str, active: Active, *, vocab: bool, define: Callable[[str], None] | None = None
) -> str:
    """Return the absolute IRI, blank node (`_:…`) or keyword that `value` stands for.

    `vocab` says that it may be a word, not an address only. `define` makes a word known that is
    still to come within the context being read.

    :raises Unsafe: it stands for nothing, or is relative to an address that nobody signs
    """
    if value in KEYWORDS:
        return value
    if _LIKE_KEYWORD.fullmatch(value):
        raise Unsafe(f"{value} is no keyword")
    if define is not None:
        define(value)
    term = active.terms.get(value)
    if term is not None and (vocab or term.id in KEYWORDS):
        if term.id is None:
            raise Unsafe(f"the word {value} is defined to mean nothing")
        return term.id
    if ":" in value[1:]:
        return _compact(value, active, define)
    if vocab and active.vocab is not None:
        return checked(active.vocab + value)
    raise Unsafe(f"the word {value!r} is not defined" if vocab else f"{value!r} is relative")


def checked(text: str) -> str:
    """Return `text` if it is an absolute IRI. :raises Unsafe: it is not"""
    if not is_iri(text):
        raise Unsafe(f"{text!r} is no absolute address")
    return text


def _compact(value: str, active: Active, define: Callable[[str], None] | None) -> str:
    prefix, suffix = value.split(":", 1)
    if prefix == "_":
        return value
    if not suffix.startswith("//"):
        if define is not None:
            define(prefix)
        term = active.terms.get(prefix)
        if term is not None and term.is_prefix and term.id is not None:
            return checked(term.id + suffix)
    return checked(value)
