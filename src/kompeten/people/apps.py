"""Django's name for the room."""

from kompeten.foundation.rooms import RoomConfig


class PeopleConfig(RoomConfig):
    """The room `people`."""

    name = "kompeten.people"
