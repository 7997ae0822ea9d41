"""Django's name for the face."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The face `office`."""

    name = "kompeten.web.office"
    label = "web_office"

    def ready(self) -> None:
        """Offer the menu of the office."""
        from kompeten.web.office import nav  # noqa: PLC0415 (needs loaded applications)
        from kompeten.web.ui import faces  # noqa: PLC0415 (as above)

        faces.offer_nav(faces.OFFICE, nav.items)
