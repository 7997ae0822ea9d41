"""Which addresses does the face `examroom` have?"""

from django.urls import URLPattern, URLResolver

app_name = "examroom"
urlpatterns: list[URLPattern | URLResolver] = []
