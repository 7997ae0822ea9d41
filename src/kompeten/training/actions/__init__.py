"""What do coordinators and trainers do? They plan sessions, give places, and take attendance."""

from kompeten.training.actions.attending import close, record_attendance
from kompeten.training.actions.enrolling import enrol_many, withdraw
from kompeten.training.actions.planning import announce, cancel, plan, revise

__all__ = [
    "announce",
    "cancel",
    "close",
    "enrol_many",
    "plan",
    "record_attendance",
    "revise",
    "withdraw",
]
