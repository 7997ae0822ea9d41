"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class CertificatesConfig(RoomConfig):
    """The room `certificates`."""

    name = "kompeten.certificates"
