"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class ResultsConfig(RoomConfig):
    """The room `results`."""

    name = "kompeten.results"
