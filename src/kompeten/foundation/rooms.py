"""How does a room enter the house? Its followers and its words register when Django starts."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from kompeten.foundation import words


class RoomConfig(AppConfig):
    """A room: its label is its name; `tasks` and `labels.REASON` are read at the start."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the room's followers and the words of its reasons."""
        if find_spec(f"{self.name}.tasks") is not None:
            import_module(f"{self.name}.tasks")
        if find_spec(f"{self.name}.labels") is not None:
            words.learn(getattr(import_module(f"{self.name}.labels"), "REASON", {}))
