"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class ItembankConfig(RoomConfig):
    """The room `itembank`."""

    name = "kompeten.itembank"
