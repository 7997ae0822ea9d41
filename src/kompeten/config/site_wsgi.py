"""How does a web server call an exam site? As the house, with the site's own windows and way of keeping."""

import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 (they are known only now)

from kompeten.web.examroom import node_intake  # noqa: E402
from kompeten.web.examroom.intake import PREFIX  # noqa: E402

intake = node_intake.inside()
node_intake.watch(Path(settings.OPTIONS.site_copy) if settings.OPTIONS.site_copy else None)


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"].startswith(PREFIX):
        return intake(environ, start_response)
    return pages(environ, start_response)
