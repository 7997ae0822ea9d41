"""Which addresses does the face `office` have? Each half of the lifecycle lists its own."""

from kompeten.web.office import urls_a, urls_b, urls_data
from kompeten.web.office.opened import traced

app_name = "office"
urlpatterns = traced([*urls_a.urlpatterns, *urls_b.urlpatterns, *urls_data.urlpatterns])
