"""What may be done with sittings and entries? One verb, one function; answers come in by `intake`."""

from kompeten.exams.actions.attempt import hand_in, start
from kompeten.exams.actions.incidents import give_time, interrupt, reseat
from kompeten.exams.actions.intake import save
from kompeten.exams.actions.planning import close_sitting, open_sitting, plan
from kompeten.exams.actions.seating import seat

__all__ = [
    "close_sitting",
    "give_time",
    "hand_in",
    "interrupt",
    "open_sitting",
    "plan",
    "reseat",
    "save",
    "seat",
    "start",
]
