"""What does every request carry? One instant, one language, one actor, and the face it may see."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from kompeten.foundation import clock
from kompeten.kernel.actors import STRANGER
from kompeten.people import queries
from kompeten.web.ui import bounds, faces, labels, sessions
from kompeten.web.ui.helping.session import Request, actor_here
from kompeten.web.ui.http import go, page
from kompeten.web.ui.problems import answer_to, problem

Answer = Callable[[HttpRequest], HttpResponse]


def stamp(answer: Answer) -> Answer:
    """Give the request its instant, `request.at`: the only time this request knows."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        return answer(request)

    return middleware


def unvaried(answer: Answer) -> Answer:
    """Let what is the same for everybody be kept by anybody: it depends on no cookie, and it sets none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        kept = response.get("Cache-Control", "")
        if "public" in kept:
            varies = response.get("Vary", "") if "immutable" not in kept else ""
            del response["Vary"]
            if names := [name for name in varies.split(", ") if name not in ("", "Cookie")]:
                response["Vary"] = ", ".join(names)
            response.cookies.clear()
        return response

    return middleware


def unasked(answer: Answer) -> Answer:
    """Let what never changes not say by what a change could be seen: nobody asks.

    70 bytes of each script and sheet that a phone fetches. Stands in front of WhiteNoise.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if "immutable" in response.get("Cache-Control", ""):
            del response["ETag"]
            del response["Last-Modified"]
        return response

    return middleware


def speak(answer: Answer) -> Answer:
    """Speak Indonesian, or what somebody has chosen by hand.

    The browser's own list is not asked: many phones in the country are set to English by the shop,
    and their owners still want Indonesian.
    """
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = answer(request)
            response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def identify(answer: Answer) -> Answer:
    """Give the request its actor with the roles held at its instant; a lapsed role is no role.

    Where whoever has logged in helps somebody at this device, it is that person who acts.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        asked: Request = request  # type: ignore[assignment]  # it becomes one here
        account = queries.actor(user.pk, at=asked.at) if user.is_authenticated else STRANGER
        asked.actor = actor_here(asked, account)
        return answer(request)

    return middleware


def face(answer: Answer) -> Answer:
    """Keep the faces apart: each has its own sessions, the office asks for more (`_office_gate`)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = faces.of(request.path)
        if not wanted.welcomes:
            return answer(request)
        response = _stopped(request, wanted) or answer(request)
        # What is one person's is not for the next at this device, who presses "back".
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def bounded(answer: Answer) -> Answer:
    """Refuse a body above the option `upload_max_mb` before a byte of it is read.

    A few pages take more (`bounds.widen`). A phone hears at once that its photo is too large, and
    nobody fills the disk with nonsense. A body that does not say how long it is, is not taken at all.
    """
    most = settings.OPTIONS.upload_max_mb * bounds.MB

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            return _too_large(request, labels.PROBLEM[413])
        if int(length) > most and int(length) > (bound := bounds.of(request.path_info)).most:
            return _too_large(request, bound.said)
        return answer(request)

    return middleware


class Problems:
    """Turns refusals that reach the top into pages a person can act on."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for `error`; None where it is no refusal, so that it travels up."""
        return answer_to(request, error)


def _too_large(request: HttpRequest, said: labels.Words) -> HttpResponse:
    response = problem(request, 413, said=said)
    response["Connection"] = "close"
    return response


def _stopped(request: HttpRequest, wanted: faces.Face) -> HttpResponse | None:
    """Return what stands between this session and the face it asks for, or None."""
    if request.actor.helped_by is not None:  # type: ignore[attr-defined]
        return None  # `helping.gate` says what is open, and the helper's own session was asked
    if not request.user.is_authenticated:
        return _ask_log_in(request)
    is_shut = wanted == faces.OFFICE and not request.actor.is_staff  # type: ignore[attr-defined]
    if is_shut and not sessions.is_bound(request.session):
        # An office that stays shut must not take the session away from the pages it is meant for.
        return _no_office(request)
    entry = sessions.enter(request.session, wanted, at=request.at)  # type: ignore[attr-defined]
    if entry is sessions.Entry.OTHER_FACE:
        return _other_face(request, wanted)
    if entry is not sessions.Entry.OPEN:
        logout(request)
        messages.info(request, labels.SESSION_ENDED[entry])
        return _ask_log_in(request)
    return _office_gate(request) if wanted == faces.OFFICE else None


def _office_gate(request: HttpRequest) -> HttpResponse | None:
    """Return what stands between this person and the office, or None."""
    if not request.actor.is_staff:  # type: ignore[attr-defined]
        return _no_office(request)
    if not sessions.asks_second_factor() or sessions.proved_second_factor(request):
        return None
    if sessions.has_second_factor(request):
        # A session from before the factor was set up elsewhere: show it now.
        logout(request)
        return _ask_log_in(request)
    messages.info(request, labels.FACTOR_WANTED)
    return go(request, "mfa_index")


def _no_office(request: HttpRequest) -> HttpResponse:
    """Tell whoever worked here that their role has ended; for anybody else there is no such page."""
    account_id = request.actor.account_id  # type: ignore[attr-defined]
    left_at = queries.left_office_at(account_id, at=request.at) if account_id else None  # type: ignore[attr-defined]
    if left_at is None:
        raise Http404
    return problem(request, 403, said=labels.role_ended(timezone.localdate(left_at)))


def _ask_log_in(request: HttpRequest) -> HttpResponse:
    # What an htmx request or a form wanted is no page to come back to; its face is.
    wanted = request.get_full_path() if request.method == "GET" and not request.htmx else None  # type: ignore[attr-defined]
    query = urlencode({"next": wanted or faces.of(request.path).prefix})
    return go(request, f"{reverse('account_login')}?{query}")


def _other_face(request: HttpRequest, wanted: faces.Face) -> HttpResponse:
    held = request.session[sessions.FACE]
    context = {
        "held": labels.FACE[held],
        "wanted": labels.FACE[wanted.name],
        "next": request.get_full_path() if request.method == "GET" else wanted.prefix,
    }
    return page(request, "ui/other_face.html", context, status=403)
