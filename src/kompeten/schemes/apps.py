"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class SchemesConfig(RoomConfig):
    """The room `schemes`."""

    name = "kompeten.schemes"
