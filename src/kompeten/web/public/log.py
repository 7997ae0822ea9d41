"""Where does anybody see and fetch the log? One page for people, and its files for programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.kernel.tlog import tiles
from kompeten.register import labels
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from kompeten.register.terms.log import ALARMS, Answer, Witnessed
from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Column, Tone

FOR_EVER = "public, max-age=31536000, immutable"
COLUMNS = (Column(_("Witness")), Column(_("This head")), Column(_("Last answer")))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Say how large the log is, what its head is, and who has witnessed it."""
    state = queries.state()
    context = {
        "log": state,
        "columns": COLUMNS,
        "witnesses": [
            (w, _tone(w), labels.WITNESS[w.answer] if w.answer else "") for w in state.witnesses
        ],
        "counts": {"cosigned": state.cosigned, "known": len(state.witnesses)},
    }
    return page(request, "public/log.html", context)


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """Send the newest signed head; nobody may keep it without asking again."""
    return _file("checkpoint", "text/plain; charset=utf-8", cache="no-cache")


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Send our public key, our witnesses and their keys, as other programs read them."""
    content = logkeys.policy().text.encode()
    return _open(HttpResponse(content, content_type="text/plain; charset=utf-8"), "no-cache")


@require_safe
def tile(request: HttpRequest, name: str) -> HttpResponse:
    """Send a tile or a bundle of entries, which never changes."""
    try:
        tiles.parse(f"tile/{name}")
    except tiles.TileInvalid as error:
        raise Http404 from error
    return _file(f"tile/{name}", "application/octet-stream", cache=FOR_EVER)


def _file(name: str, media_type: str, *, cache: str) -> HttpResponse:
    try:
        content = queries.read(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return _open(HttpResponse(content, content_type=media_type), cache)


def _open(response: HttpResponse, cache: str) -> HttpResponse:
    """Let anybody's page fetch it: whoever checks us shall not have to ask us."""
    response["Cache-Control"] = cache
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _tone(witness: Witnessed) -> Tone:
    if witness.answer in ALARMS:
        return Tone.BAD
    return Tone.GOOD if witness.cosigned_at and witness.answer is Answer.COSIGNED else Tone.WAIT
