"""Which addresses lead from the application to the preparation session, and to what frames it all?"""

from django.urls import URLPattern, URLResolver, path

from kompeten.web.office import home

urlpatterns: list[URLPattern | URLResolver] = [path("", home.home, name="home")]
