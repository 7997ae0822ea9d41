"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class ExamsConfig(RoomConfig):
    """The room `exams`."""

    name = "kompeten.exams"
