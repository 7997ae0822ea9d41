"""How far is an application? Told to whoever has its code: without an account, on the poorest line."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from kompeten.applications import queries as applications
from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import lookups, shortlinks
from kompeten.journey import queries
from kompeten.journey.labels import HINT, STATUS, STEP
from kompeten.journey.terms import Appointment, Glance
from kompeten.web.public import looking
from kompeten.web.public.check import Request

LONGEST = 40


@require_safe
@looking.limited
def progress(request: Request) -> HttpResponse:
    """Ask for the code, or say where its application stands."""
    code = request.GET.get("kode", "").strip()[:LONGEST]
    context: dict[str, Any] = {"code": code}
    status = 200
    if code:
        glance = _glance(request, code)
        if glance is None:
            lookups.missed(request)
            status = 404
        else:
            context |= _shown(glance)
    answer = render(request, "public/progress.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _glance(request: Request, code: str) -> Glance | None:
    link = shortlinks.find(code, at=request.at)
    if link is None or link.kind != LinkKind.STATUS:
        return None
    application = applications.by_ref(link.ref)
    return None if application is None else queries.glance(application, at=request.at)


def _shown(glance: Glance) -> dict[str, Any]:
    first = glance.foremost
    held = first.appointment
    return {
        "glance": glance,
        "appointment": _when(held) if held else "",
        "hint": HINT[first.hint],
        "steps": [(STEP[m.step], m.status, STATUS[m.status]) for m in glance.milestones],
    }


def _when(held: Appointment) -> str:
    local = held.starts_at.astimezone(ZoneInfo(held.zone))
    return f"{date_format(local, 'l, j F Y H.i')} {local.strftime('%Z')}"
