"""Django's name for the face."""

from django.apps import AppConfig

from kompeten.web.ui import faces


class CandidateConfig(AppConfig):
    """The face `candidate`."""

    name = "kompeten.web.candidate"
    label = "web_candidate"

    def ready(self) -> None:
        """Offer the navigation."""
        from kompeten.web.candidate import nav  # noqa: PLC0415 (needs loaded models)

        faces.offer_nav(faces.CANDIDATE, nav.items)
