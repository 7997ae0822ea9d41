"""Where does each address lead? One include per face."""

from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from kompeten.api.v1.house import api
from kompeten.web.examroom import byhand
from kompeten.web.ui import problems

urlpatterns = [
    path("akun/", include("kompeten.web.ui.entrance.urls")),
    path("bahasa/", set_language, name="set_language"),
    path("tampilan/", include("kompeten.web.ui.urls")),
    path("saya/", include("kompeten.web.candidate.urls")),
    path("cek-syarat/", include("kompeten.web.candidate.open_urls")),
    path("kantor/", include("kompeten.web.office.urls")),
    path("api/v1/", api.urls),
    path("serah", byhand.bring, name="hand_in_by_hand"),
    path("ujian/", include("kompeten.web.examroom.urls")),
    path("", include("kompeten.web.public.urls")),
]
if settings.OPTIONS.demo:
    urlpatterns.append(path("galeri/", include("kompeten.web.ui.gallery.urls")))
if settings.OPTIONS.vc_api:
    # First, for the public face takes every address that is left.
    urlpatterns.insert(0, path("", include("kompeten.api.vc.urls")))

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler429 = problems.too_many  # the login library's; Django has no such name
handler500 = problems.broken
