"""Django's name for the face."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The face `public`."""

    name = "kompeten.web.public"
    label = "web_public"
