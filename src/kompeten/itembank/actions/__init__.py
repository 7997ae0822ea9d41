"""What may be done with items and forms? One verb, one function."""

from kompeten.itembank.actions.demo import load_packaged
from kompeten.itembank.actions.forms import assemble
from kompeten.itembank.actions.importing import import_gift, import_sheet
from kompeten.itembank.actions.reviewing import approve, retire, send_back, submit

__all__ = [
    "approve",
    "assemble",
    "import_gift",
    "import_sheet",
    "load_packaged",
    "retire",
    "send_back",
    "submit",
]
