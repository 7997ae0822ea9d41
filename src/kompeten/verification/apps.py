"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class VerificationConfig(RoomConfig):
    """The room `verification`."""

    name = "kompeten.verification"
