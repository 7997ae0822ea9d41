"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class ApplicationsConfig(RoomConfig):
    """The room `applications`."""

    name = "kompeten.applications"
