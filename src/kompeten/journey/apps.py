"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class JourneyConfig(RoomConfig):
    """The room `journey`."""

    name = "kompeten.journey"
