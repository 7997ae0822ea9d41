"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class NodeConfig(RoomConfig):
    """The room `node`."""

    name = "kompeten.node"
