"""What may be done with nodes, their parcels, and at a site? One verb, one function."""

from kompeten.node.actions.copying import Copier
from kompeten.node.actions.packing import pack
from kompeten.node.actions.registering import end, register
from kompeten.node.actions.returning import give_back, give_back_to
from kompeten.node.actions.setting_up import make, new_pin, note, open_by_hand, take_in
from kompeten.node.actions.unpacking import unpack

__all__ = [
    "Copier",
    "end",
    "give_back",
    "give_back_to",
    "make",
    "new_pin",
    "note",
    "open_by_hand",
    "pack",
    "register",
    "take_in",
    "unpack",
]
