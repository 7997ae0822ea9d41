"""How does a web server call the house? What devices in the exam room send goes before the pages."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
pages = get_wsgi_application()

from kompeten.foundation import parent  # noqa: E402 (the settings come first)
from kompeten.web.examroom.intake import PREFIX  # noqa: E402 (the settings come first)
from kompeten.web.examroom.intake_threads import Inside  # noqa: E402

intake = Inside()
parent.follow()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"].startswith(PREFIX):
        return intake(environ, start_response)
    return pages(environ, start_response)
