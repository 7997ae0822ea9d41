"""Django's name for the ground floor."""

from django.apps import AppConfig

from kompeten.foundation import labels, words


class FoundationConfig(AppConfig):
    """The tables under every room: the ledger's and the number series."""

    name = "kompeten.foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the words of the ledger's own refusals."""
        words.learn(labels.REASON)
