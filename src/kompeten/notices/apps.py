"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class NoticesConfig(RoomConfig):
    """The room `notices`."""

    name = "kompeten.notices"
