"""Which addresses does the face `public` have?"""

from django.urls import path

from kompeten.web.public import home

app_name = "public"
urlpatterns = [path("", home.home, name="home")]
