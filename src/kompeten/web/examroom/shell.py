"""Which pages of the exam room are the same for everybody, so that a device may keep them?

They hold nothing of a person and need no log-in: whose paper it is stands in the address, and all
else is on the device. They are drawn without the request, so that no token or cookie gets in.
"""

from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import etag, require_safe

SHEET, PRACTICE = "examroom/sheet.html", "examroom/practice.html"


# Drawn once a language: at the bell everybody asks for it within a minute.
@lru_cache(maxsize=8)
def drawn(template: str, language: str) -> str:
    """Return the page `template`; `language` must be the one that is active."""
    return render_to_string(template, {"LANGUAGE_CODE": language})


def digest(*texts: str) -> str:
    """Return a short name for texts that changes when they do."""
    return sha256("\0".join(texts).encode()).hexdigest()[:16]


def language() -> str:
    """Return the language that this request is answered in."""
    return get_language() or ""


def _mark(template: str) -> str:
    return f'"{digest(drawn(template, language()))}"'


@require_safe
@etag(lambda request, ref: _mark(SHEET))
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the page of a sitting, from the ticket to the receipt; which one, its modules find out."""
    return _page(SHEET)


@require_safe
@etag(lambda request: _mark(PRACTICE))
def practice(request: HttpRequest) -> HttpResponse:
    """Show five questions that test the device and nobody; anybody may."""
    return _page(PRACTICE)


def _page(template: str) -> HttpResponse:
    response = HttpResponse(drawn(template, language()))
    response["Cache-Control"] = "no-cache"
    return response
