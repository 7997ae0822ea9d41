"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class RegionsConfig(RoomConfig):
    """The room `regions`."""

    name = "kompeten.regions"
