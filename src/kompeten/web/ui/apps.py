"""Django's name for the face."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The face `ui`."""

    name = "kompeten.web.ui"
    label = "web_ui"
