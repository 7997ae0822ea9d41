"""Which files does a device keep, so that a sitting works without a line?

The service worker is a file of its own under the exam room's address, since its reach is that of its
folder. It names every file by its hashed name: one that changed is another file, and makes another
version of the whole.
"""

import json
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from kompeten.web.examroom import shell

HERE = Path(__file__).parent / "static" / "examroom"
OF_THE_HOUSE = ("ui/css/main.css", "ui/img/mark.svg")
ANY = "0000000000"  # the page is the same for every attempt


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; browsers look for a new one at each visit."""
    response = HttpResponse(_script(shell.language()), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def kept() -> list[str]:
    """Return the addresses of modules and style sheets."""
    own = sorted(
        f"examroom/{path.name}" for path in HERE.iterdir() if path.suffix in (".js", ".css")
    )
    return [static(name) for name in (*OF_THE_HOUSE, *own)]


@lru_cache(maxsize=8)
def _script(language: str) -> str:
    pages = {
        "sheet": reverse("examroom:sheet", args=(ANY,)),
        "practice": reverse("examroom:practice"),
    }
    texts = [shell.drawn(template, language) for template in (shell.SHEET, shell.PRACTICE)]
    files = kept()
    context = {
        "kept": mark_safe(json.dumps(files)),  # noqa: S308 (addresses of our own files)
        "pages": mark_safe(json.dumps(pages)),  # noqa: S308 (addresses of our own pages)
        "version": shell.digest(*texts, *files),
    }
    return render_to_string("examroom/worker.js", context)
