"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class RegisterConfig(RoomConfig):
    """The room `register`."""

    name = "kompeten.register"
