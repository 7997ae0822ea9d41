"""Django's name for the face."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The face `ui`."""

    name = "kompeten.web.ui"
    label = "web_ui"

    def ready(self) -> None:
        """Hear of second factors that are set up."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 (needs loaded models)

        from kompeten.web.ui.sessions import note_factor  # noqa: PLC0415 (needs loaded models)

        authenticator_added.connect(note_factor, dispatch_uid="kompeten.web.ui.note_factor")
