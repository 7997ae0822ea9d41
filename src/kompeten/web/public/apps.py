"""Django's name for the face."""

from django.apps import AppConfig

from kompeten.web.ui import faces


class PublicConfig(AppConfig):
    """The face `public`."""

    name = "kompeten.web.public"
    label = "web_public"

    def ready(self) -> None:
        """Offer the navigation."""
        from kompeten.web.public import nav  # noqa: PLC0415 (needs loaded models)

        faces.offer_nav(faces.PUBLIC, nav.items)
