"""Django's name for the ground floor."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The tables under every room: the ledger's and the number series."""

    name = "kompeten.foundation"
    default_auto_field = "django.db.models.BigAutoField"
