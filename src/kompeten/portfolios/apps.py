"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class PortfoliosConfig(RoomConfig):
    """The room `portfolios`."""

    name = "kompeten.portfolios"
