"""How is a value of a document written in a statement? Literals in canonical N-Quads.

Source: RDF Dataset Canonicalization 1.0, section 5 (canonical form); JSON-LD 1.1 API, sections 8.2
(object to RDF), 8.6 (data round tripping); RFC 8785 for literals that are JSON.
"""

import re
from typing import Any

import rfc8785

from kompeten.foundation.vc.words import Unsafe

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_I18N = "https://www.w3.org/ns/i18n#"
_ESCAPED = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
# What is no character of XML 1.1, the control characters, and the two that would end the literal.
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WHOLE = 10**21  # from here on a number without a fraction is written with an exponent
_EXACT = (
    2**53 - 1
)  # beyond it readers whose numbers are doubles read another number (RFC 7493, 2.2)


def literal(text: str, *, datatype: str = "", language: str = "") -> str:
    """Return a literal; without a type and a language it is a plain string."""
    quoted = f'"{_TO_ESCAPE.sub(_escape, _whole(text))}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype in ("", XSD + "string") else f"{quoted}^^<{datatype}>"


def of_value(
    value: Any, *, datatype: str = "", language: str | None = None, direction: str | None = None
) -> str:
    """Return the literal of a JSON string, number or boolean.

    A direction makes it one of the types `i18n#language_direction`. Languages become lower case, as
    other implementations write them.

    :raises Unsafe: it is none of these, or holds half of a character
    """
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype=datatype or XSD + "boolean")
    if isinstance(value, int | float):
        return _number(value, datatype)
    if not isinstance(value, str):
        raise Unsafe("a value is neither text nor number")
    if datatype:
        return literal(value, datatype=datatype)
    spoken = (language or "").lower()
    if direction:
        return literal(value, datatype=f"{_I18N}{spoken}_{direction}")
    return literal(value, language=spoken)


def of_json(value: Any) -> str:
    """Return the literal that carries a JSON value whole, in its canonical form."""
    try:
        text = rfc8785.dumps(value).decode()
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise Unsafe("a JSON value has no canonical form") from error
    return literal(text, datatype=RDF + "JSON")


def _number(value: float, datatype: str) -> str:
    if isinstance(value, int) and abs(value) > _EXACT:
        raise Unsafe(f"the number {value} is not read alike by everybody")
    is_whole = float(value).is_integer() and abs(value) < _WHOLE
    if is_whole and datatype != XSD + "double":
        return literal(str(int(value)), datatype=datatype or XSD + "integer")
    mantissa, exponent = f"{value:.15E}".split("E")
    digits = mantissa.rstrip("0")
    digits += "0" if digits.endswith(".") else ""
    return literal(f"{digits}E{int(exponent)}", datatype=datatype or XSD + "double")


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _whole(text: str) -> str:
    if _SURROGATE.search(text):
        raise Unsafe("a text holds half of a character")
    return text
