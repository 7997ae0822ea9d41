"""What does every page know about the house?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the body's name and whether this is a demonstration."""
    return {"body_name": settings.OPTIONS.body_name, "is_demo": settings.OPTIONS.demo}
