"""Which addresses does the face `office` have? Each half of the lifecycle lists its own."""

from kompeten.web.office import urls_a, urls_b

app_name = "office"
urlpatterns = [*urls_a.urlpatterns, *urls_b.urlpatterns]
