"""Django's name for the face."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The face `office`."""

    name = "kompeten.web.office"
    label = "web_office"
