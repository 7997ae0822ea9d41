"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class TrainingConfig(RoomConfig):
    """The room `training`."""

    name = "kompeten.training"
