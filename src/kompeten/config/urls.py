"""Where does each address lead? One include per face."""

from django.urls import include, path

urlpatterns = [
    path("akun/", include("allauth.urls")),
]
