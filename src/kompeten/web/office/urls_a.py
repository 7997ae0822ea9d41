"""Which addresses lead from the application to the preparation session, and to what frames it all?"""

from django.urls import URLPattern, URLResolver, path

from kompeten.web.office import applications, home, reviewing, verification

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("permohonan/", applications.index, name="applications"),
    path("permohonan/<slug:ref>/", applications.detail, name="application"),
    path("permohonan/<slug:ref>/dokumen/<slug:code>/", applications.document, name="document"),
    path("permohonan/<slug:ref>/dokumen/<slug:code>/gambar/", applications.picture, name="picture"),
    path("verifikasi/", verification.inbox, name="verification"),
    path("verifikasi/hasil/", verification.reviews, name="reviews"),
    path("verifikasi/ambil/", verification.take, name="take"),
    path("verifikasi/ambil/<slug:ref>/", verification.take_one, name="take_one"),
    path("verifikasi/<slug:ref>/", reviewing.review, name="review"),
]
