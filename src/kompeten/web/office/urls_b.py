"""Which addresses lead from the portfolio to the certificate?"""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
