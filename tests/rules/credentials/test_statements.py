"""Does a document say in statements all that it says in JSON, or is it refused?"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.vc import held, linked, statements
from kompeten.foundation.vc.words import ContextUnknown, Unsafe
from tests.make.linked import by_pyld

WORDS: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "ex": "http://example.org/",
    "T": "ex:T",
    "text": "ex:text",
    "link": {"@id": "ex:link", "@type": "@id"},
    "kind": {"@id": "ex:kind", "@type": "@vocab"},
    "day": {"@id": "ex:day", "@type": "http://www.w3.org/2001/XMLSchema#date"},
    "list": {"@id": "ex:list", "@container": "@list"},
    "set": {"@id": "ex:set", "@container": "@set"},
    "graph": {"@id": "ex:graph", "@type": "@id", "@container": "@graph"},
    "json": {"@id": "ex:json", "@type": "@json"},
    "bahasa": {"@id": "ex:text", "@language": "id"},
    "Typed": {"@id": "ex:Typed", "@context": {"within": "ex:within"}},
    "scoped": {"@id": "ex:scoped", "@context": {"inner": "ex:inner"}},
    "nothing": None,
}


def document(**members: Any) -> dict[str, Any]:
    """Return a document in these words."""
    return {"@context": WORDS, **members}


SAID = [
    document(text="a"),
    document(id="urn:a", type=["T", "Typed"], within="a"),
    document(text=[1, 2.5, 1e21, -0.0, True, False, 0.1, 2**53 - 1, 1e20]),
    document(text=["a", ["b", ["c"]]], set=["a", "a"]),
    document(link=["urn:b", {"id": "urn:c", "text": "x"}, {"text": "without a name"}]),
    document(kind=["T", "urn:other"], day="2026-11-29"),
    document(list=[1, "a", {"id": "urn:x"}], text=None),
    document(list=[]),
    document(text={"@list": ["a", "a"]}),
    document(graph=[{"text": "a"}, {"id": "urn:g", "text": "b"}]),
    document(json={"b": [None, 1.0, "é\u2028"], "a": None}),
    document(json=None),
    document(bahasa="selamat", text={"@value": "hello", "@language": "en-GB"}),
    document(text={"@value": "1", "@type": "ex:odd"}),
    document(scoped={"inner": {"text": "a"}}),
    document(type="Typed", within={"text": "a"}),
    document(id="_:a", link=["_:b", "_:a"]),
    document(**{"ex:written": "out", "http://example.org/whole": "too"}),
    {"@context": [WORDS, {"@vocab": "http://vocab.example/"}], "new": {"deep": "a"}, "type": "New"},
    {"@context": [WORDS, {"@language": "id"}], "text": ["halo", 1]},
    {"@context": [WORDS, {"sub": "ex:sub#", "sub2": "sub:b"}], "sub2": "a", "sub:c": "b"},
    document(link={"@context": {"own": "ex:own"}, "own": "a"}),
    # Definitions within an object as in a context file.
    {"@context": [WORDS, {"@context": {"own": "ex:own"}}], "own": "a", "text": "b"},
]


@pytest.mark.parametrize("said", SAID)
def test_it_says_what_another_implementation_reads(said: dict[str, Any]) -> None:
    assert linked.canonical(said) == by_pyld(said)


# PyLD writes control characters as they are; canonical N-Quads escapes them (tried further below).
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(
    PLAIN | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "set", "ex:a", "scoped", "Typed"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["text", "set", "json", "ex:b", "scoped"]), VALUES))
def test_any_document_is_read_alike_or_refused(members: dict[str, Any]) -> None:
    said = document(id="urn:a", type="T", **members)

    try:
        ours = linked.canonical(said)
    except Unsafe:
        return
    assert ours == by_pyld(json.loads(json.dumps(said)))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (document(unknown="a"), "'unknown' is not defined"),
        (document(text={"unknown": "a"}), "'unknown' is not defined"),
        (document(type="Unknown"), "'Unknown' is not defined"),
        (document(nothing="a"), "nothing is defined to mean nothing"),
        (document(link="relative/path"), "is relative"),
        (document(link=""), "is relative"),
        (document(link="#part"), "is relative"),
        (document(id="name", text="a"), "is relative"),
        (document(link="http://a b/"), "no absolute address"),
        (document(link="http://a/<b>"), "no absolute address"),
        (document(id=None, text="a"), "an id is no text"),
        (document(id=["urn:a", "urn:b"], text="a"), "an id is no text"),
        (document(type=[1]), "a type is no text"),
        (document(type="id"), "id is no type"),
        (document(text={"@value": None}), "neither text nor number"),
        (document(text={"@value": "a", "@index": "1"}), "other members beside"),
        (document(text={"@value": "a", "@type": "T", "@language": "id"}), "both a type and"),
        (document(text={"@value": "a", "@language": "no_language"}), "is no language"),
        (document(text={"@value": 1, "@language": "id"}), "only a text has a language"),
        (document(text={"@value": "a", "@direction": "up"}), "ltr or rtl"),
        (document(text={"@set": ["a"]}), "@set is not read here"),
        (document(text={"@list": ["a"], "id": "urn:a"}), "other members beside"),
        (document(list=[["a"]]), "another list"),
        (document(list=[None]), "holds null"),
        (document(graph=["urn:a"]), "graph of its own"),
        (document(text="\ud800"), "half of a character"),
        (document(text=2**53), "not read alike by everybody"),
        (document(json={"a": 2**60}), "no canonical form"),
        (document(**{"@index": "a", "text": "a"}), "@index is not read here"),
        (document(**{"@reverse": {"text": "a"}}), "@reverse is not read here"),
        (document(**{"@foo": "a"}), "@foo is no keyword"),
        (document(**{"_:a": "a"}), "node without a name"),
        (document(id="urn:a", **{"@id": "urn:b"}), "said twice"),
        (document(text=[]), "states nothing"),
        ({"text": "a"}, "'text' is not defined"),
        ({"@context": "https://example.org/v1", "text": "a"}, "nothing is fetched"),
        ({"@context": [WORDS, 1], "text": "a"}, "an address, an object"),
    ],
)
def test_what_would_be_lost_is_refused_and_named(said: dict[str, Any], why: str) -> None:
    with pytest.raises(Unsafe, match=why):
        linked.canonical(said)


@pytest.mark.parametrize(
    ("local", "why"),
    [
        ({"@import": held.CREDENTIALS}, "@import"),
        ({"@base": "urn:a"}, "@base"),
        ({"@propagate": False}, "@propagate"),
        ({"@version": 1.0}, "another version"),
        ({"@vocab": "relative"}, "@vocab"),
        ({"@language": "no_language"}, "is no language"),
        ({"@direction": "up"}, "is no direction"),
        ({"@protected": 1}, "neither true nor false"),
        ({"a": {"@reverse": "urn:a"}}, "do not read"),
        ({"a": {"@id": "urn:a", "@nest": "b"}}, "do not read"),
        ({"a": {"@id": "urn:a", "@container": "@index"}}, "not read here"),
        ({"a": {"@id": "urn:a", "@container": "@language"}}, "not read here"),
        ({"a": {"@id": "urn:a", "@type": "_:t"}}, "cannot be of type"),
        ({"a": {"@id": "_:a"}}, "node without a name"),
        ({"a": "relative"}, "not defined"),
        ({"a": {}}, "without a meaning"),
        ({"a": "b", "b": "a"}, "defined by itself"),
        ({"": "urn:a"}, "can be no word"),
        ({"@type": "urn:a"}, "@type may not"),
        ({"a": 1}, "do not read"),
        ({"http://a/": "urn:b"}, "looks like another address"),
        ({"a:b": {"@id": "urn:a", "@prefix": True}}, "looks like|cannot be a prefix"),
        # Of definitions within an object nothing may be lost.
        ({"@context": {"a": "urn:a"}, "b": "urn:b"}, "@context"),
        ({"@context": {"@context": {"a": "urn:a"}}}, "@context"),
        ({"@context": [{"a": "urn:a"}]}, "@context"),
        ({"@context": held.CREDENTIALS}, "@context"),
        ({"@context": None}, "@context"),
    ],
)
def test_a_context_that_we_do_not_read_is_refused(local: dict[str, Any], why: str) -> None:
    with pytest.raises(Unsafe, match=why):
        linked.canonical({"@context": local, "@id": "urn:x", "@type": "urn:T"})


PROTECTED = {"@protected": True, "safe": "urn:safe"}


@pytest.mark.parametrize("local", [{"safe": "urn:other"}, None, {"safe": None}])
def test_a_protected_word_keeps_its_meaning(local: Any) -> None:
    with pytest.raises(Unsafe, match="protected"):
        linked.canonical({"@context": [PROTECTED, local], "@id": "urn:x", "safe": "a"})


def test_a_protected_word_may_be_said_again() -> None:
    said = {"@context": [PROTECTED, {"safe": "urn:safe"}], "@id": "urn:x", "safe": "a"}

    assert linked.canonical(said) == b'<urn:x> <urn:safe> "a" .\n'


def test_the_direction_of_a_text_is_part_of_what_is_signed() -> None:
    values = [{"@value": "a", "@language": "AR", "@direction": d} for d in ("ltr", "rtl")]

    said = [linked.canonical(document(id="urn:a", text=value)) for value in values]

    assert b'"a"^^<https://www.w3.org/ns/i18n#ar_rtl>' in said[1]
    assert said[0] != said[1]


def test_control_characters_are_escaped_in_their_canonical_way() -> None:
    # RDF Dataset Canonicalization 1.0, section 5.
    said = linked.canonical(document(id="urn:a", text='\b\t\n\f\r"\\\x00\x1f\x7f\x80'))

    literal = rb'"\b\t\n\f\r\"\\\u0000\u001F\u007F' + "\x80".encode() + b'"'
    assert said == b"<urn:a> <http://example.org/text> " + literal + b" .\n"


def test_an_unknown_context_has_its_own_name() -> None:
    with pytest.raises(ContextUnknown):
        linked.canonical({"@context": "https://www.w3.org/2018/credentials/v1", "@id": "urn:a"})


def test_a_document_that_is_nested_without_end_is_refused() -> None:
    deep: Any = "a"
    for _ in range(2_000):
        deep = {"text": deep}

    with pytest.raises(Unsafe, match="nested too deeply"):
        linked.canonical(document(text=deep))


def test_a_document_that_states_too_much_is_refused() -> None:
    many = document(id="urn:a", text=list(range(statements.MOST_STATEMENTS + 1)))

    with pytest.raises(Unsafe, match="too much"):
        linked.canonical(many)
