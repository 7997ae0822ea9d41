"""Where does each address lead at an exam site? To the exam room alone."""

from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from kompeten.web.examroom import node, node_urls
from kompeten.web.ui import problems

urlpatterns = [
    path("ujian/", include((node_urls.shared, "examroom"))),
    path("ujian/", include(node_urls)),
    path("bahasa/", set_language, name="set_language"),
    path("", RedirectView.as_view(pattern_name="node_site:door")),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = node.not_found
handler500 = problems.broken
