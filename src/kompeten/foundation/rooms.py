"""How does a room enter the house? Its followers register when Django starts."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """A room: its label is its name, and `tasks` is read at the start so that followers follow."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the room's followers."""
        if find_spec(f"{self.name}.tasks") is not None:
            import_module(f"{self.name}.tasks")
