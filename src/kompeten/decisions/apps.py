"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class DecisionsConfig(RoomConfig):
    """The room `decisions`."""

    name = "kompeten.decisions"
