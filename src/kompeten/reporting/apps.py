"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class ReportingConfig(RoomConfig):
    """The room `reporting`."""

    name = "kompeten.reporting"
