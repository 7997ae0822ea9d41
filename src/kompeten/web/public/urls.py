"""Which addresses does the face `public` have?"""

from django.urls import path

from kompeten.web.public import check, home

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("periksa/", check.check, name="check"),
    path("s/<str:ref>", check.sheet, name="sheet"),
    path("penerbit", check.trust, name="trust"),
    path("konteks/sertifikat-v1", check.vocabulary, name="vocabulary"),
]
