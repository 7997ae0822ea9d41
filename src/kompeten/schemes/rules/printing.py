"""Does every word that a scheme lends to certificates have room on their sheet?

Asked when a file is taken in: an application is bound to a version, and a version never changes. What
was taken in before is read as it is.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce

from kompeten.kernel import lettering, widths
from kompeten.schemes.rules.tree import Node
from kompeten.schemes.terms.content import SchemeContent
from kompeten.schemes.terms.instruments import Bilingual
from kompeten.schemes.terms.problems import Problem

# Where a text stands: not as a dotted path, as the code of a unit may hold dots.
Steps = tuple[str, ...]
# A text that is printed: where it stands, the room for a word in em, the text.
Printed = tuple[Steps, float, str]
# The longest month in Roman numerals, and as many certificates as no series has had.
MONTH, SERIAL = date(2028, 8, 1), 999_999


def unprinted(tree: Node, content: SchemeContent) -> Iterator[Problem]:
    """Yield a problem for each text of `content`, written in `tree`, with a word that would run off the sheet."""
    for steps, room, text in _printed(content):
        if word := lettering.too_broad(text, room):
            node = reduce(lambda node, step: node.child(step) or node, steps, tree)
            message = (
                f"{word!r} is too long for one line of the certificate; write it with a blank or a hyphen "
                "where it may break"
            )
            yield Problem(node.file, node.line, ".".join(steps), "word.long", message)


def _printed(content: SchemeContent) -> Iterator[Printed]:
    yield ("short",), widths.SCHEME_CODE, content.short
    yield from _both(("title",), widths.LINE, content.title)
    for unit in content.units:
        yield ("units", unit.code, "code"), widths.UNIT_CODE, unit.code
        yield from _both(("units", unit.code, "title"), widths.UNIT, unit.title)
    for basis in content.legal_basis:
        yield ("legal_basis", basis.code, "code"), widths.LINE, basis.code
        yield ("legal_basis", basis.code, "subject", "id"), widths.LINE, basis.subject.id
    number = content.certificate.number(SERIAL, scheme=content.short, on=MONTH)
    yield ("certificate", "template"), widths.NUMBER, number


def _both(steps: Steps, room: float, words: Bilingual) -> Iterator[Printed]:
    yield (*steps, "id"), room, words.id
    yield (*steps, "en"), room, words.en
