"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class ImpartialityConfig(RoomConfig):
    """The room `impartiality`."""

    name = "kompeten.impartiality"
