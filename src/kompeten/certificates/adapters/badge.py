"""How does a credential travel inside a picture? As an Open Badge, baked into PNG or SVG."""

from datetime import datetime
from pathlib import Path

from kompeten.certificates.terms import Content
from kompeten.foundation import typeset
from kompeten.kernel import baking

TEMPLATE = Path(__file__).parent / "sheet" / "badge.typ"
PIXELS_PER_INCH = 127  # 600 pixels a side


def render(content: Content, *, credential: bytes, kind: typeset.Picture, at: datetime) -> bytes:
    """Return the badge with the credential in it; the credential's bytes are those that were signed.

    Source: Open Badges 3.0, 5.3 (document formats, baked badge).
    """
    facts = {
        "title": [content.profession.title, *([content.level.title] if content.level else [])],
        "scheme": f"{content.scheme.code} · {content.valid_from.year}–{content.valid_until.year}",
        "body": content.body.name,
        "demonstration": content.is_demonstration,
    }
    picture = typeset.picture(TEMPLATE, facts, kind=kind, ppi=PIXELS_PER_INCH, at=at)
    bake = baking.bake_png if kind == "png" else baking.bake_svg
    return bake(picture, credential.decode())
