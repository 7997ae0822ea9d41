"""How do forty style sheets reach a phone on a slow line? As one file, drawn together at collection.

The sheets are written apart, one a component, and imported into layers by `main.css`. Each import
would cost a round trip, so collecting the static files writes their text into `main.css` itself,
layer by layer, with the small pattern drawings inside. See docs/decisions/0007.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MAIN = "ui/css/main.css"
OWN_SCRIPTS = ("ui/js", "examroom", "candidate/js", "office/js")
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
DRAWING = re.compile(r'url\("(?P<path>[^"]+\.svg)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
Read = Callable[[str], str]


def one_sheet(name: str, *, read: Read) -> str:
    """Return the style sheet `name` with its imports and drawings written in; `read` gives a file's text.

    Comments and indentation go. Layers stay in the order in which `name` declares them.
    """
    here = posixpath.dirname(name)

    def written_in(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(here, match["path"]))
        return f"@layer {match['layer']} {{{_drawn(path, read=read)}}}"

    return _tight(IMPORT.sub(written_in, read(name)))


def bare_script(text: str) -> str:
    """Return a module of our own without the lines that are comments and without indentation.

    Nothing else is touched, so that what runs can still be read: a quarter of what a phone fetches
    was comments (2026-11: 26 kB of the exam's modules came to 20 kB). Texts over several lines in
    back quotes are not for these folders.

    >>> bare_script("// Why.\\nexport const a = 1;\\n  // How.\\n  b();\\n")
    'export const a = 1;\\nb();\\n'
    """
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _drawn(name: str, *, read: Read) -> str:
    here = posixpath.dirname(name)

    def inside(match: re.Match[str]) -> str:
        svg = read(posixpath.normpath(posixpath.join(here, match["path"]))).strip()
        return f'url("data:image/svg+xml,{quote(svg.replace(chr(34), chr(39)), safe=SVG_SAFE)}")'

    return DRAWING.sub(inside, read(name))


# All that may stand unescaped within a double-quoted url(); `#`, `%`, `<` and `>` may not.
SVG_SAFE = " =:/,;'()-.+~!*$&?@"


def _tight(css: str) -> str:
    css = COMMENT.sub("", css)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()


IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """Collects, draws `main.css` together, then hashes and compresses all."""

    # Our modules name each other by relative address; the hashed names are written in. Only for our
    # own folders: scripts of libraries name files that they do not ship.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{folder}/*.js", IMPORTS[1]) for folder in OWN_SCRIPTS),
    )

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Put the drawn-together sheet in the place of the one that imports, and spare the line comments."""
        made: dict[str, str] = {}
        if MAIN in paths:
            made[MAIN] = one_sheet(MAIN, read=lambda name: _text(paths, name))
        for name in paths:
            if name.endswith(".js") and posixpath.dirname(name) in OWN_SCRIPTS:
                made[name] = bare_script(_text(paths, name))
        if not dry_run:
            memory = InMemoryStorage()
            for name, text in made.items():
                memory.save(name, ContentFile(text.encode()))
            paths = paths | {name: (memory, name) for name in made}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _text(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        content: bytes = file.read()
    return content.decode()
