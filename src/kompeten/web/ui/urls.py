"""Which addresses belong to no face in particular?"""

from django.urls import path

from kompeten.web.ui import views

app_name = "ui"
urlpatterns = [path("tema/", views.theme, name="theme")]
