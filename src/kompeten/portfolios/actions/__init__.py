"""What may be done with dossiers and readings? One verb, one function."""

from kompeten.portfolios.actions.assigning import assign, release
from kompeten.portfolios.actions.reading import hand_in_reading, keep, send_back
from kompeten.portfolios.actions.settling import accept_many, assess_many
from kompeten.portfolios.actions.writing import hand_in, open_many, save, save_cv

__all__ = [
    "accept_many",
    "assess_many",
    "assign",
    "hand_in",
    "hand_in_reading",
    "keep",
    "open_many",
    "release",
    "save",
    "save_cv",
    "send_back",
]
