"""Does every code of a verdict have a sentence, and every sentence a code?"""

import ast
import re
from pathlib import Path

from kompeten.register import adapters, labels, rules
from kompeten.register.terms import Kind, Part, Status

CODE = re.compile(
    r"^(?:signature|issuer|agreement|validity|status|countersignature|file|attachment|qr|paper|time"
    r"|holder|log|witnesses)\.[a-z_]+$"
)


def written() -> set[str]:
    """Return every code that the verifier can give."""
    places = [Path(str(rules.__file__)), *Path(str(adapters.__file__)).parent.glob("*.py")]
    found = {
        node.value
        for place in places
        for node in ast.walk(ast.parse(place.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    }
    return found | {f"{part}.not_reached" for part in rules.REQUIRED}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert written() == labels.FINDING.keys() | labels.NOT_CHECKED.keys()


def test_every_word_of_the_terms_has_a_word_on_the_page() -> None:
    assert (set(labels.KIND), set(labels.PART), set(labels.STATUS)) == (
        set(Kind),
        set(Part),
        set(Status),
    )
