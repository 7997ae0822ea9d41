"""What does every page know about the house?"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kompeten.kernel.actors import STRANGER, Actor
from kompeten.kernel.roles import Role
from kompeten.people.labels import ROLE
from kompeten.web.ui import faces, labels

THEMES = frozenset({"light", "dark"})
THEME_COOKIE = "tema"


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the body's name, the theme, who is here, and where the face leads."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    actor: Actor = getattr(request, "actor", STRANGER)
    return {
        "body_name": settings.OPTIONS.body_name,
        "is_demo": settings.OPTIONS.demo,
        "demonstration": _demonstration,
        "theme": theme if theme in THEMES else "",
        "account_name": actor.label,
        "helped": actor.helped_by,
        "helped_idle": settings.OPTIONS.help_idle_minutes * 60,
        "device": _device(actor),
        "nav": faces.nav(request),
    }


def _device(actor: Actor) -> str:
    """Return the name under which a device keeps what it has of whoever acts: phones are shared."""
    if actor.helped_by is not None:
        return f"bantuan-{actor.helped_by.about}"
    return "" if actor.account_id is None else str(actor.account_id)


def _demonstration() -> dict[str, Any] | None:
    """Return the accounts that the demonstration left, for its own log-in page; None elsewhere."""
    file = Path(settings.DATA_DIR) / "peragaan.json"
    if not settings.OPTIONS.demo or not file.exists():
        return None
    left = json.loads(file.read_text(encoding="utf-8"))
    return {
        "password": left["password"],
        "accounts": [
            (_called(account["email"], account["role"]), account["email"])
            for account in left["accounts"]
        ],
    }


def _called(email: str, role: str) -> Any:
    return labels.PLAYED.get(email.partition("@")[0], ROLE[Role(role)])
