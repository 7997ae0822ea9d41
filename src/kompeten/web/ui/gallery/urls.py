"""Where does the gallery hang?"""

from django.urls import path

from kompeten.web.ui.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("saya/", views.candidate, name="candidate"),
    path("kantor/", views.office, name="office"),
    path("ujian/", views.exam, name="exam"),
    path("galat/<int:status>/", views.problem, name="problem"),
]
