"""Where does the gallery hang?"""

from django.urls import path

from kompeten.web.ui.gallery import views

app_name = "gallery"
urlpatterns = [path("", views.gallery, name="gallery")]
