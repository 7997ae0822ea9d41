"""Which sentences need a translation, and where do translations come from?

Sentences are found without GNU gettext, which a fresh machine does not have: Babel reads the Python
files, and Django's own `templatize` turns a template into calls that are read the same way. The
`.po` file is committed, the `.mo` beside it is made by `compile_all` and never committed.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALES = PACKAGE / "locale"
FIRST = "id"
LAZY = {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
KEYWORDS = DEFAULT_KEYWORDS | LAZY
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")

# Written by hand: Babel's header carries the hour of each run, which would stir every commit. It
# also knows two plural forms for Indonesian, where Django and gettext know one.
HEADER = """\
# The words of the house in the language named below; msgids are the English sentences of the code.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Key = tuple[Any, str | None]  # a sentence, or its singular and plural, and the context it stands in
Found = tuple[str, int, str | tuple[str, ...], str | None]


def found() -> Catalog:
    """Return every sentence of the code and the templates, by where it stands; nothing translated."""
    catalog = _empty(FIRST)
    for path in sorted(PACKAGE.rglob("*.py")):
        for place, line, text, context in _in_python(path):
            catalog.add(text, locations=[(place, line)], context=context)
    for path in sorted(
        [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    ):
        for place, line, text, context in _in_template(path):
            catalog.add(text, locations=[(place, line)], context=context)
    return catalog


def known(language: str = FIRST) -> Catalog:
    """Return the translations kept for `language`; an empty catalog if there are none yet."""
    path = _po(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def refresh(language: str = FIRST, *, fragments: Iterable[Path] = ()) -> list[str]:
    """Bring the `.po` file in step with the code; return the sentences that still lack words.

    What is translated stays. `fragments` are `.po` files with further translations, which are
    taken where the house has none; a sentence no longer used is kept as obsolete.
    """
    catalog, kept = found(), _translated(known(language))
    for fragment in fragments:
        with fragment.open("rb") as stream:
            kept = _translated(read_po(stream, locale=language)) | kept
    for message in catalog:
        string = kept.pop(_key(message), None) if message.id else None
        if string:
            message.string = string
    for (text, context), string in sorted(kept.items(), key=str):
        catalog.obsolete[text] = Message(text, string, context=context)
    _write(catalog, language)
    return missing(language)


def missing(language: str = FIRST) -> list[str]:
    """Return the sentences in use that have no translation, or only a doubtful one."""
    there = _translated(known(language))
    return [str(m.id) for m in found() if m.id and _key(m) not in there]


def compile_all() -> int:
    """Write each `.mo` that is older than its `.po`; return how many were written."""
    written = 0
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        # Written beside and moved: a server that starts meanwhile never reads half a file.
        half = mo.with_suffix(".mo.new")
        with half.open("wb") as target:
            write_mo(target, catalog)
        half.replace(mo)
        written += 1
    return written


def _in_python(path: Path) -> Iterator[Found]:
    place = path.relative_to(PACKAGE).as_posix()
    with path.open("rb") as stream:
        for line, text, _, context in extract("python", stream, KEYWORDS):
            yield place, line, text, context


def _in_template(path: Path) -> Iterator[Found]:
    """Read the calls that `templatize` writes; its output as a whole is no Python."""
    place = path.relative_to(PACKAGE).as_posix()
    source = templatize(path.read_text(encoding="utf-8"), origin=place)
    for match in CALL.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        words = [ast.literal_eval(a) for a in _call(source, match).args[:3] if _is_text(a)]
        match match[1], words:
            case "ngettext", [one, many]:
                yield place, line, (one, many), None
            case "pgettext", [context, text]:
                yield place, line, text, context
            case "npgettext", [context, one, many]:
                yield place, line, (one, many), context
            case _, [text]:
                yield place, line, text, None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _call(source: str, match: re.Match[str]) -> ast.Call:
    """Return the call that begins at `match`: up to the first bracket that closes it."""
    end = match.end()
    while True:
        end = source.index(")", end) + 1
        try:
            node = ast.parse(source[match.start() : end], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(node, ast.Call):
            return node


def _key(message: Message) -> Key:
    return message.id, message.context


def _translated(catalog: Catalog) -> dict[Key, Any]:
    there = [*catalog, *catalog.obsolete.values()]
    return {_key(m): m.string for m in there if m.id and m.string and all(m.string) and not m.fuzzy}


def _empty(language: str) -> Catalog:
    catalog = Catalog(locale=language)
    catalog.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return catalog


def _po(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def _write(catalog: Catalog, language: str) -> None:
    path = _po(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(HEADER.format(language=language).encode())
        write_po(
            stream, catalog, width=100, include_lineno=False, omit_header=True, sort_output=True
        )


def main(arguments: list[str]) -> int:
    """Refresh the first language, with the fragments named, and compile; say what lacks words."""
    lacking = refresh(fragments=[Path(a) for a in arguments])
    compile_all()
    for text in lacking:
        print(f"no translation: {text}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
