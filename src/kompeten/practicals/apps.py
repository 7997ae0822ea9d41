"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class PracticalsConfig(RoomConfig):
    """The room `practicals`."""

    name = "kompeten.practicals"
