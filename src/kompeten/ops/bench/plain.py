"""What is the intake measured against? A plain page of the framework, with one row for each answer.

Called by the server that `baseline` starts, with the house's own settings and middleware.
"""

import json
import os
from collections.abc import Iterable
from functools import cache
from wsgiref.types import StartResponse, WSGIEnvironment

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
if not settings.configured:
    django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from kompeten.ops.bench.baseline import PATH


class Answer(models.Model):
    """One answer of a bench; no migration knows this table."""

    attempt = models.CharField(max_length=10, db_index=True)
    item = models.PositiveIntegerField()
    choice = models.CharField(max_length=1)

    class Meta:
        app_label = "bench"
        db_table = "bench_answer"

    def __str__(self) -> str:
        return f"{self.attempt}:{self.item}"


@csrf_exempt
def save(request: HttpRequest) -> HttpResponse:
    """Keep one answer as most exam systems do."""
    if request.method != "POST":
        return JsonResponse({})
    said = json.loads(request.body)
    kept = Answer(**said)
    kept.save(force_insert=True)
    return JsonResponse({"saved": kept.pk})


urlpatterns = [path(PATH.removeprefix("/"), save)]


@cache
def _handler() -> WSGIHandler:
    settings.ROOT_URLCONF = __name__
    return get_wsgi_application()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request, by the house's middleware and this module's one page."""
    return _handler()(environ, start_response)
