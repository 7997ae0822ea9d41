"""The addresses of the house with the gallery, and with views that refuse in every way."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kompeten.config import urls as house
from kompeten.foundation.ledger import StaleRecord, StepRefused

REFUSALS = {
    "role": StepRefused("role.not_held"),
    "guard": StepRefused("step.not_open", "unknown.code"),
    "stale": StaleRecord(),
    "denied": PermissionDenied(),
    "input": ValidationError(["Tanggal lahir belum diisi."]),
    "fault": ZeroDivisionError("by accident"),
}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    """Refuse in the way called `kind`."""
    raise REFUSALS[kind]


def welcome(request: HttpRequest) -> HttpResponse:
    """Say that the middleware has let somebody in."""
    return HttpResponse("welcome")


urlpatterns = [
    path("galeri/", include("kompeten.web.ui.gallery.urls")),
    path("refuse/<kind>/", refuse),
    path("kantor/uji/", welcome),
    path("kantor/tolak/<kind>/", refuse),
    path("saya/uji/", welcome),
    path("ujian/uji/", welcome),
    *house.urlpatterns,
]
handler400, handler403, handler404 = house.handler400, house.handler403, house.handler404
handler429, handler500 = house.handler429, house.handler500
